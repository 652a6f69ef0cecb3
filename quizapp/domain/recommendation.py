"""What to practise next: first find out where the learner stands, then improve what is weak.

The gain of a question is taken to be

    weight * preparedness * (d * (1 - mastery) + (1 - d) * openness * width / (1 + answers))

where d grows from 0 to 1 over the learner's first answers: at first it counts how wide the range
and how seldom the skill was asked, which leads across the whole tree; later what is left to learn.
Preparedness is small while a prerequisite is weak.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil

from quizapp.domain.items import Level
from quizapp.domain.mastery import Estimate, label
from quizapp.domain.practice_reasons import Kind, reason_to_practise
from quizapp.domain.skill_model import logistic
from quizapp.domain.skill_standing import SkillStanding

ANSWERS_TO_FIND_OUT = 40
"""After so many answers the ranges are narrow enough to rank by what is weak."""

OPENNESS: Mapping[Level, float] = {"entry": 1.0, "mid": 0.75, "senior": 0.5}
"""How much sooner a level is tried: what everyone is asked comes first."""

SLOW_COUNTS = 0.75
"""Mastery shown by slow answers counts so much of what the same answers in good time would."""

FEWEST_QUESTIONS = 3
MOST_QUESTIONS = 8

_MISSED: tuple[Kind, ...] = ("missed", "prerequisite")
_LITTLE_KNOWN: tuple[Kind, ...] = ("new", "few-answers")


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Practise ``questions`` items of a skill, about ``minutes`` long. Ranked by ``gain``."""

    skill: str
    name: str
    kind: Kind
    reason: str
    estimate: Estimate
    questions: int
    minutes: int
    gain: float


def recommend(
    candidates: Sequence[SkillStanding],
    now: datetime,
    limit: int = 4,
    *,
    role_name: str | None = None,
) -> tuple[Recommendation, ...]:
    """At most ``limit`` skills to practise, best first; equal gains by skill id.

    Only skills that have items, matter for the role and give a reason. Each has 3 to 8 questions,
    or all there are. While little is known the banks take turns. Of two or more, one was missed
    or holds up what was, and one is hardly tried, where there are such.
    """
    found_out = _found_out(candidates)
    held_up = _held_up(candidates)
    ranked = [
        recommendation
        for standing in candidates
        if standing.items_available > 0
        and (recommendation := _option(standing, held_up, found_out, now, role_name))
    ]
    chosen = _spread(ranked, 1.0 - found_out, limit)
    for kinds in (_MISSED, _LITTLE_KNOWN):
        chosen = _with_one_of(kinds, chosen, ranked)
    return chosen


def preparedness(standing: SkillStanding) -> float:
    """0.1..1: how far the weakest prerequisite lets this skill be learnt now."""
    weakest = min((first.estimate.value for first in standing.prerequisites), default=None)
    return 1.0 if weakest is None else 0.1 + 0.9 * logistic(6.0 * (weakest - 0.5))


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


def _option(
    standing: SkillStanding,
    held_up: Mapping[str, SkillStanding],
    found_out: float,
    now: datetime,
    role_name: str | None,
) -> Recommendation | None:
    """The recommendation of one skill; None without a reason or a gain."""
    follower = held_up.get(standing.skill)
    reason = reason_to_practise(standing, follower, now, role_name)
    weight = max(standing.weight, follower.weight if follower else 0.0)
    gain = weight * preparedness(standing) * _need(standing, found_out)
    if reason is None or gain <= 0:
        return None
    questions = _questions(standing)
    return Recommendation(
        skill=standing.skill,
        name=standing.name,
        kind=reason.kind,
        reason=reason.sentence,
        estimate=standing.estimate,
        questions=questions,
        minutes=max(1, ceil(questions * standing.seconds_per_item / 60)),
        gain=gain,
    )


def _need(standing: SkillStanding, found_out: float) -> float:
    """0..1: what is left to learn and to find out."""
    to_learn = 1.0 - standing.estimate.value * (SLOW_COUNTS if standing.slow_pace else 1.0)
    width = standing.estimate.high - standing.estimate.low
    to_find_out = OPENNESS[standing.level] * width / (1 + standing.estimate.answers)
    return found_out * to_learn + (1.0 - found_out) * to_find_out


def _questions(standing: SkillStanding) -> int:
    """The weaker the skill the more, within bounds and what there is."""
    wanted = round(MOST_QUESTIONS * (1.0 - standing.estimate.value))
    return min(standing.items_available, max(FEWEST_QUESTIONS, wanted))


def _spread(
    ranked: Sequence[Recommendation], crowding: float, limit: int
) -> tuple[Recommendation, ...]:
    """The best ``limit``; each one chosen divides the gain of others from its bank.

    The divisor is 1 + ``crowding`` per one chosen: 0 lets a bank take every place.
    """
    chosen: list[Recommendation] = []
    taken: Counter[str] = Counter()
    left = {each.skill: each for each in ranked}
    while left and len(chosen) < limit:
        gains = {
            skill: each.gain / (1.0 + crowding * taken[_bank(each)]) for skill, each in left.items()
        }
        best = min(gains, key=lambda skill: (-gains[skill], skill))
        chosen.append(replace(left.pop(best), gain=gains[best]))
        taken[_bank(chosen[-1])] += 1
    return tuple(chosen)


def _with_one_of(
    kinds: Sequence[Kind], chosen: tuple[Recommendation, ...], ranked: Sequence[Recommendation]
) -> tuple[Recommendation, ...]:
    """``chosen``, the last place given to the best of ``kinds`` if there is one and none of it is.

    Whoever missed answers expects to see them; practising only the weakest, on the other hand,
    spoils the estimate of all else. A single place is left to the best.
    """
    wanted = [each for each in ranked if each.kind in kinds]
    if len(chosen) < 2 or not wanted or any(each.kind in kinds for each in chosen):
        return chosen
    return tuple(sorted((*chosen[:-1], min(wanted, key=_rank)), key=_rank))


def _rank(recommendation: Recommendation) -> tuple[float, str]:
    return (-recommendation.gain, recommendation.skill)


def _bank(recommendation: Recommendation) -> str:
    return recommendation.skill.partition(".")[0]
