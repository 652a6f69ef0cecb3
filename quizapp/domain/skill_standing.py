"""Where a learner stands on one skill: the facts from which a recommendation is made."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from quizapp.domain.items import Level
from quizapp.domain.mastery import Estimate

RECENT = 5
"""So many of the last answers count as recent."""

_MISSED_BELOW = 0.5
_RIGHT_FROM = 1.0 - 1e-9
_SLOW_FROM = 1.5
_TIMED_ANSWERS_TO_JUDGE = 3


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """One graded answer: ``score`` 0..1 and the seconds it took, None where they are not known."""

    score: float
    answered_at: datetime
    seconds: float | None
    expected_seconds: float

    @property
    def is_missed(self) -> bool:
        return self.score < _MISSED_BELOW

    @property
    def is_right(self) -> bool:
        return self.score >= _RIGHT_FROM


class Prerequisite(NamedTuple):
    """A skill that comes first, and how well it is known."""

    skill: str
    name: str
    estimate: Estimate


class Pace(NamedTuple):
    """What an answer took, and what was expected."""

    seconds: float
    expected_seconds: float

    @property
    def ratio(self) -> float:
        """1 as expected, 2 twice as long."""
        return self.seconds / self.expected_seconds


@dataclass(frozen=True, slots=True)
class SkillStanding:
    """One skill that might be practised. ``weight`` is its importance in the role's interviews.

    Weights run from 0, not asked, to 3, asked nearly always. ``responses`` are up to 10 past
    answers, newest first; ``items_available`` counts what can be practised, each item taking
    about ``seconds_per_item``.
    """

    skill: str
    name: str
    weight: float
    level: Level
    estimate: Estimate
    prerequisites: tuple[Prerequisite, ...]
    responses: tuple[PastAnswer, ...]
    items_available: int
    seconds_per_item: float

    @property
    def recent(self) -> tuple[PastAnswer, ...]:
        return self.responses[:RECENT]

    @property
    def recent_misses(self) -> int:
        return sum(answer.is_missed for answer in self.recent)

    @property
    def missed_last_at(self) -> datetime | None:
        """When a recent answer was last missed."""
        return next((answer.answered_at for answer in self.recent if answer.is_missed), None)

    @property
    def slow_pace(self) -> Pace | None:
        """The median pace of recent right answers where it is slow: 1.5 times the expected or more.

        None as well with fewer than 3 such answers timed: one of them may have been a pause.
        """
        paces = sorted(
            (
                Pace(answer.seconds, answer.expected_seconds)
                for answer in self.recent
                if answer.is_right and answer.seconds is not None and answer.expected_seconds > 0
            ),
            key=lambda pace: (pace.ratio, pace),
        )
        if len(paces) < _TIMED_ANSWERS_TO_JUDGE:
            return None
        median = paces[(len(paces) - 1) // 2]
        return median if median.ratio >= _SLOW_FROM else None
