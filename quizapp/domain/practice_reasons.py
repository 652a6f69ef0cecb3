"""Why to practise a skill, in one sentence made of the learner's own numbers."""

from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from quizapp.domain.mastery import label
from quizapp.domain.skill_standing import SkillStanding

Kind: TypeAlias = Literal["missed", "fading", "few-answers", "slow", "prerequisite", "new"]

FADING_DAYS = 14
"""A skill not practised for so many days is called fading."""

_FEW_ANSWERS = 3  # fewer are few whatever they say
_MANY_ANSWERS = 10  # from here on, doubt has another cause than too few answers


class Reason(NamedTuple):
    """Why to practise: the kind, and a sentence to the learner."""

    kind: Kind
    sentence: str


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
        or _new(standing, role_name)
        or _slow(standing)
        or _fading(standing, now)
        or _partly_right(standing)
        or _few_answers(standing)
    )


def _missed(standing: SkillStanding, now: datetime) -> Reason | None:
    if standing.missed_last_at is None:
        return None
    when = _days_ago(standing.missed_last_at, now)
    last = "most recently " if standing.recent_misses > 1 else ""
    return Reason("missed", f"Missed {_share(standing, standing.recent_misses)}, {last}{when}.")


def _prerequisite(held_up: SkillStanding | None) -> Reason | None:
    if held_up is None:
        return None
    missed = _share(held_up, held_up.recent_misses)
    return Reason("prerequisite", f"Comes before {held_up.name}, where you missed {missed}.")


def _new(standing: SkillStanding, role_name: str | None) -> Reason | None:
    if standing.estimate.answers or standing.responses:
        return None
    if role_name is None:
        return Reason("new", "Not tried yet.")
    asked = f"asked in {_frequency(standing.weight)} {_within_sentence(role_name)} interviews"
    return Reason("new", f"Not tried yet, and {asked}.")


def _slow(standing: SkillStanding) -> Reason | None:
    pace = standing.slow_pace
    if pace is None:
        return None
    taken, expected = _clock(pace.seconds), _clock(pace.expected_seconds)
    return Reason("slow", f"Right, but slow: {taken} against {expected} expected.")


def _fading(standing: SkillStanding, now: datetime) -> Reason | None:
    last = standing.estimate.last_answered_at
    if last is None or _calendar_days(last, now) < FADING_DAYS:
        return None
    return Reason("fading", f"Last practised {_days_ago(last, now)}, likely fading.")


def _partly_right(standing: SkillStanding) -> Reason | None:
    """Points were lost in at least half of the recent answers, though none was missed."""
    partly = sum(not answer.is_right for answer in standing.recent)
    if len(standing.recent) < _FEW_ANSWERS or 2 * partly < len(standing.recent):
        return None
    return Reason("missed", f"Only partly right in {_share(standing, partly)}.")


def _few_answers(standing: SkillStanding) -> Reason | None:
    count = standing.estimate.answers
    is_unsure = label(standing.estimate) == "unknown" and count < _MANY_ANSWERS
    if count >= _FEW_ANSWERS and not is_unsure:
        return None
    answers = "1 answer" if count == 1 else f"{count} answers"
    return Reason("few-answers", f"Only {answers} so far, so we are not sure yet.")


def _share(standing: SkillStanding, count: int) -> str:
    """``count`` recent answers out of how many: "2 of 3", or "2 of the last 5" of more."""
    seen = len(standing.recent)
    if max(standing.estimate.answers, len(standing.responses)) > seen:
        return f"{count} of the last {seen}"
    return f"{count} of {seen}" if seen > 1 else "the only answer so far"


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
