"""Why to practise a skill: one sentence whose every number says which answers it counts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from quizapp.domain.mastery import TARGET, label
from quizapp.domain.skill_standing import AnswerPlace, PastAnswer, SkillStanding

Kind: TypeAlias = Literal["weak", "fading", "unknown", "slow", "prerequisite"]

FADING_DAYS = 14
"""A skill not practised for so many days is called fading."""

MANY_ANSWERS = 10
"""From here on, doubt has another cause than too few answers."""

_FEW_ANSWERS = 3  # fewer are few whatever they say


class Evidence(NamedTuple):
    """The answers on a skill that a number counts; none named: all that its estimate is made of."""

    skill: str
    answers: tuple[AnswerPlace, ...] = ()


class Part(NamedTuple):
    """A piece of a sentence; where it is a number, with the evidence behind it."""

    text: str
    evidence: Evidence | None = None


class Reason(NamedTuple):
    """Why to practise: the kind, and a sentence to the learner in parts."""

    kind: Kind
    parts: tuple[Part, ...]

    @property
    def sentence(self) -> str:
        """The same as plain text."""
        return "".join(part.text for part in self.parts)


def reason_to_practise(
    standing: SkillStanding, held_up: SkillStanding | None, now: datetime, role_name: str | None
) -> Reason | None:
    """The strongest reason for practising this skill; None when nothing speaks for it.

    ``held_up`` is a missed skill that this one comes before. Days are calendar days in the time
    zone of ``now``.
    """
    return (
        _missed(standing, now)
        or _prerequisite(held_up)
        or _untried(standing, role_name)
        or _slow(standing)
        or _fading(standing, now)
        or _partly_right(standing)
        or _weak(standing)
        or _few_answers(standing)
    )


def _reason(kind: Kind, *parts: str | Part) -> Reason:
    return Reason(kind, tuple(Part(each) if isinstance(each, str) else each for each in parts))


def _missed(standing: SkillStanding, now: datetime) -> Reason | None:
    last = standing.missed_last
    if last is None:
        return None
    when = Part(_days_ago(last.answered_at, now), _evidence(standing, [last]))
    recently = "most recently " if standing.recent_misses > 1 else ""
    share = _share(standing, standing.recent_misses)
    return _reason("weak", "Missed ", share, f", {recently}", when, ".")


def _prerequisite(held_up: SkillStanding | None) -> Reason | None:
    if held_up is None:
        return None
    missed = _share(held_up, held_up.recent_misses)
    return _reason("prerequisite", f"Comes before {held_up.name}, where you missed ", missed, ".")


def _untried(standing: SkillStanding, role_name: str | None) -> Reason | None:
    """Without a link: no answer is behind it."""
    if standing.estimate.answers or standing.responses:
        return None
    if role_name is None:
        return _reason("unknown", "Not tried yet.")
    asked = f"asked in {_frequency(standing.weight)} {_within_sentence(role_name)} interviews"
    return _reason("unknown", f"Not tried yet, and {asked}.")


def _slow(standing: SkillStanding) -> Reason | None:
    answers = standing.slow_answers
    if not answers:
        return None
    median = answers[len(answers) // 2]
    times = f"{_clock(median.seconds or 0.0)} against {_clock(median.expected_seconds)}"
    numbers = Part(times, _evidence(standing, answers))
    return _reason("slow", "Right, but slow: ", numbers, " expected.")


def _fading(standing: SkillStanding, now: datetime) -> Reason | None:
    last = standing.estimate.last_answered_at
    if last is None or _calendar_days(last, now) < FADING_DAYS:
        return None
    when = Part(_days_ago(last, now), _evidence(standing, standing.responses[:1]))
    return _reason("fading", "Last practised ", when, ", likely fading.")


def _partly_right(standing: SkillStanding) -> Reason | None:
    """Points were lost in at least half of the recent answers, though none was missed."""
    partly = sum(not answer.is_right for answer in standing.recent)
    if len(standing.recent) < _FEW_ANSWERS or 2 * partly < len(standing.recent):
        return None
    return _reason("weak", "Only partly right in ", _share(standing, partly), ".")


def _weak(standing: SkillStanding) -> Reason | None:
    """Right of late, but with so little before that even the range's end is below the target."""
    if not standing.estimate.answers or label(standing.estimate) != "weak":
        return None
    value, low, high = standing.estimate.percents
    numbers = Part(f"{value} %, likely {low} to {high}", Evidence(standing.skill))
    return _reason("weak", "Estimated at ", numbers, f", still below {round(TARGET * 100)}.")


def _few_answers(standing: SkillStanding) -> Reason | None:
    count = standing.estimate.answers
    is_unsure = label(standing.estimate) == "unknown" and count < MANY_ANSWERS
    if count >= _FEW_ANSWERS and not is_unsure:
        return None
    answers = Part("1 answer" if count == 1 else f"{count} answers", Evidence(standing.skill))
    return _reason("unknown", "Only ", answers, " so far, so we are not sure yet.")


def _share(standing: SkillStanding, count: int) -> Part:
    """``count`` recent answers out of how many: "2 of 3", or "2 of the last 5" of more."""
    return Part(_share_in_words(standing, count), _evidence(standing, standing.recent))


def _share_in_words(standing: SkillStanding, count: int) -> str:
    seen = len(standing.recent)
    if max(standing.estimate.answers, len(standing.responses)) > seen:
        return f"{count} of the last {seen}"
    return f"{count} of {seen}" if seen > 1 else "the only answer so far"


def _evidence(standing: SkillStanding, answers: Sequence[PastAnswer]) -> Evidence:
    return Evidence(standing.skill, tuple(answer.place for answer in answers))


def _frequency(weight: float) -> str:
    """A role's weight in words; 3 stands for asked nearly always."""
    if weight >= 2.5:
        return "most"
    return "many" if weight >= 1.5 else "some"


def _within_sentence(name: str) -> str:
    """``name`` with a small first letter, unless its first word is an abbreviation such as ML."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _clock(seconds: float) -> str:
    """Minutes and seconds: 2:40."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _days_ago(at: datetime, now: datetime) -> str:
    days = _calendar_days(at, now)
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def _calendar_days(at: datetime, now: datetime) -> int:
    """Midnights between the two in the time zone of ``now``; never below 0."""
    return max(0, (now.date() - at.astimezone(now.tzinfo).date()).days)
