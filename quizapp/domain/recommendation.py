"""What to practise next: first find out where the learner stands, then improve what pays most.

The gain of a minute on a skill is what readiness for the role rises by until the interview:

    share * preparedness * (d * learnt + (1 - d) * found out) / sqrt(minutes of a question)

share is the skill's part of the role's interviews. learnt is P (1 - P)^2 / n^(1/4): a question
teaches in proportion to what is not known yet, 1 - P, and a logit of ability moves mastery by
P (1 - P) (derivative of the logistic function). P is mastery on the day of the interview without
practice, so what fades until then counts, but never more than now: what is weak does not mend by
waiting. What is learnt today fades alike for all skills, so it is left out. n is 1 and the recent
answers on the skill: else few skills would be drilled, and nothing seen of all others. found out is
what the best question could teach, times how little is known and how likely it is missed; d grows
from 0 to 1 over the learner's first answers. Preparedness is small while a prerequisite is weak.

With minutes in place of their square root nobody would be led to programs, which take ten minutes
and teach more than a choice in one; how much more is not known.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from typing import NamedTuple

from quizapp.domain.items import Level
from quizapp.domain.mastery import Estimate, label
from quizapp.domain.practice_reasons import MANY_ANSWERS, Kind, Reason, reason_to_practise
from quizapp.domain.practice_sets import SetLength, length
from quizapp.domain.preparedness import preparedness
from quizapp.domain.skill_standing import SkillStanding

ANSWERS_TO_FIND_OUT = 40
"""After so many answers the ranges are narrow enough to rank by what is weak."""

OPENNESS: Mapping[Level, float] = {"entry": 1.0, "mid": 0.75, "senior": 0.5}
"""How much sooner a level is tried: what everyone is asked comes first."""

SLOW_COUNTS = 0.75
"""Mastery shown by slow answers counts so much of what the same answers in good time would."""

MOST_LEARNT = 4 / 27
"""P (1 - P)^2 where it is largest, at P = 1/3."""

STEEPNESS = 10.0
"""Of preparedness. Simulated learners learn more than by the plan's softer step."""

SPREADING = 0.25
"""Power of the recent answers on a skill by which one more is worth less."""

_MISSED: tuple[Kind, ...] = ("weak", "prerequisite")
_LITTLE_KNOWN: tuple[Kind, ...] = ("unknown",)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Practise a set of that length on a skill. Ranked by ``gain``."""

    skill: str
    name: str
    reason: Reason
    estimate: Estimate
    length: SetLength
    gain: float


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for all skills: the time, the role, and a question on any other skill."""

    now: datetime
    role_name: str | None = None
    seconds_elsewhere: float = 90.0


class _Option(NamedTuple):
    """A skill that might be recommended, its gain not yet divided by all weights."""

    gain: float
    standing: SkillStanding
    follower: SkillStanding | None
    """A missed skill that it comes before."""

    @property
    def rank(self) -> tuple[float, str]:
        return (-self.gain, self.standing.skill)

    @property
    def bank(self) -> str:
        return self.standing.skill.partition(".")[0]


def recommend(
    candidates: Sequence[SkillStanding], setting: Setting, limit: int = 4
) -> tuple[Recommendation, ...]:
    """At most ``limit`` skills to practise, best first; equal gains by skill id.

    Only skills that have items, matter for the role and give a reason. While little is known the
    banks take turns. Of two or more, one is weak or holds up what was missed, and one is hardly
    tried, where there are such.
    """
    found_out = _found_out(candidates)
    reasons = _Reasons(setting)
    options = _options(candidates, found_out)
    chosen = _spread(options, reasons, 1.0 - found_out, limit)
    little_known = [each for each in options if each.standing.estimate.answers < MANY_ANSWERS]
    for kinds, where in ((_MISSED, options), (_LITTLE_KNOWN, little_known)):
        chosen = _with_one_of(kinds, chosen, where, reasons)
    total = sum(standing.weight for standing in candidates)
    return tuple(
        _recommendation(option, reason, total, setting.seconds_elsewhere)
        for option in chosen
        if (reason := reasons.of(option))
    )


class _Reasons:
    """The reason for each option, found when it is asked for: few of a hundred are."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._found: dict[str, Reason | None] = {}

    def of(self, option: _Option) -> Reason | None:
        """None where nothing speaks for it."""
        skill = option.standing.skill
        if skill not in self._found:
            now, role_name = self._setting.now, self._setting.role_name
            self._found[skill] = reason_to_practise(
                option.standing, option.follower, now, role_name
            )
        return self._found[skill]

    def is_one_of(self, kinds: Sequence[Kind], option: _Option) -> bool:
        reason = self.of(option)
        return reason is not None and reason.kind in kinds


def _found_out(candidates: Sequence[SkillStanding]) -> float:
    """d: 0 before any answer, 1 from ``ANSWERS_TO_FIND_OUT`` on."""
    answers = sum(standing.estimate.answers for standing in candidates)
    return min(1.0, answers / ANSWERS_TO_FIND_OUT)


def _held_up(candidates: Sequence[SkillStanding]) -> dict[str, SkillStanding]:
    """By prerequisite that is not yet strong: the weightiest skill it precedes, mostly missed."""
    missed = [each for each in candidates if each.recent_misses * 2 >= max(1, len(each.recent))]
    found: dict[str, SkillStanding] = {}
    for standing in sorted(missed, key=lambda each: (-each.weight, each.skill)):
        for first in standing.prerequisites:
            if label(first.estimate) != "strong":
                found.setdefault(first.skill, standing)
    return found


def _options(candidates: Sequence[SkillStanding], found_out: float) -> list[_Option]:
    """What can be practised and brings a gain, the best first."""
    held_up = _held_up(candidates)
    found = (
        _option(standing, held_up.get(standing.skill), found_out)
        for standing in candidates
        if standing.items_available > 0
    )
    return sorted((option for option in found if option.gain > 0), key=lambda each: each.rank)


def _option(standing: SkillStanding, follower: SkillStanding | None, found_out: float) -> _Option:
    weight = max(standing.weight, follower.weight if follower else 0.0)
    minutes = max(1.0, standing.seconds_per_item) / 60
    prepared = preparedness((first.estimate.value for first in standing.prerequisites), STEEPNESS)
    gain = weight * prepared * _need(standing, found_out) / sqrt(minutes)
    return _Option(gain, standing, follower)


def _recommendation(
    option: _Option, reason: Reason, total_weight: float, seconds_elsewhere: float
) -> Recommendation:
    standing = option.standing
    items, seconds = standing.items_available, standing.seconds_per_item
    return Recommendation(
        skill=standing.skill,
        name=standing.name,
        reason=reason,
        estimate=standing.estimate,
        length=length(standing.estimate.value, items, seconds, seconds_elsewhere),
        gain=option.gain / total_weight,
    )


def _need(standing: SkillStanding, found_out: float) -> float:
    """0..``MOST_LEARNT``: what is left to learn and to find out."""
    return found_out * _learnt(standing) + (1.0 - found_out) * MOST_LEARNT * to_find_out(standing)


def to_find_out(standing: SkillStanding) -> float:
    """0..1: how little is known of the skill, and how likely its questions are missed."""
    known = standing.estimate
    width = known.high - known.low
    return OPENNESS[standing.level] * (1.0 - known.value) * width / (1 + known.answers)


def _learnt(standing: SkillStanding) -> float:
    """What one more question teaches; slow answers count for less."""
    mastery = min(standing.estimate.value, standing.value_on_the_day)
    mastery *= SLOW_COUNTS if standing.slow_answers else 1.0
    practised: float = (1 + len(standing.recent)) ** SPREADING
    return mastery * (1.0 - mastery) ** 2 / practised


def _spread(
    options: Sequence[_Option], reasons: _Reasons, crowding: float, limit: int
) -> tuple[_Option, ...]:
    """The best ``limit`` with a reason; each chosen divides the gain of others from its bank.

    The divisor is 1 + ``crowding`` per one chosen: 0 lets a bank take every place.
    """
    chosen: list[_Option] = []
    taken: Counter[str] = Counter()
    left = list(options)
    while left and len(chosen) < limit:
        best = min(left, key=lambda option: _crowded(option, crowding * taken[option.bank]).rank)
        left.remove(best)
        if reasons.of(best) is not None:
            chosen.append(_crowded(best, crowding * taken[best.bank]))
            taken[best.bank] += 1
    return tuple(chosen)


def _crowded(option: _Option, others: float) -> _Option:
    return option._replace(gain=option.gain / (1.0 + others)) if others else option


def _with_one_of(
    kinds: Sequence[Kind],
    chosen: tuple[_Option, ...],
    options: Sequence[_Option],
    reasons: _Reasons,
) -> tuple[_Option, ...]:
    """``chosen``, the last place given to the best of ``kinds`` if there is one and none of it is.

    Whoever missed answers expects to see them; practising only the weakest, on the other hand,
    spoils the estimate of all else. A single place is left to the best.
    """
    if len(chosen) < 2 or any(reasons.is_one_of(kinds, option) for option in chosen):
        return chosen
    best = next((option for option in options if reasons.is_one_of(kinds, option)), None)
    if best is None:
        return chosen
    return tuple(sorted((*chosen[:-1], best), key=lambda option: option.rank))
