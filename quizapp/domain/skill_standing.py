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


class AnswerPlace(NamedTuple):
    """Where an answer stands: its attempt, and its position in it."""

    attempt_id: int
    position: int


class PastAnswer(NamedTuple):
    """One graded answer: ``score`` 0..1 and the seconds it took, None where they are not known.

    A page makes hundreds of them, so they are tuples.
    """

    score: float
    answered_at: datetime
    seconds: float | None
    expected_seconds: float
    attempt_id: int
    position: int

    @property
    def place(self) -> AnswerPlace:
        return AnswerPlace(self.attempt_id, self.position)

    @property
    def is_missed(self) -> bool:
        return self.score < _MISSED_BELOW

    @property
    def is_right(self) -> bool:
        return self.score >= _RIGHT_FROM

    @property
    def pace(self) -> float | None:
        """1 as expected, 2 twice as long; None where it was not timed."""
        if self.seconds is None or self.expected_seconds <= 0:
            return None
        return self.seconds / self.expected_seconds


class Prerequisite(NamedTuple):
    """A skill that comes first, and how well it is known."""

    skill: str
    name: str
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class SkillStanding:
    """One skill that might be practised. ``weight`` is its importance in the role's interviews.

    Weights run from 0, not asked, to 3, asked nearly always. ``estimate`` is of now,
    ``value_on_the_day`` what mastery will have become by the interview without practice.
    ``responses`` are the latest past answers, newest first; ``items_available`` counts what can be
    practised, each item taking about ``seconds_per_item``.
    """

    skill: str
    name: str
    weight: float
    level: Level
    estimate: Estimate
    value_on_the_day: float
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
    def missed_last(self) -> PastAnswer | None:
        """The recent answer that was missed last."""
        return next((answer for answer in self.recent if answer.is_missed), None)

    @property
    def slow_answers(self) -> tuple[PastAnswer, ...]:
        """The recent right answers that were timed, slowest first, where their median is slow:
        1.5 times the expected time or more.

        Empty as well with fewer than 3 of them: one may have been a pause.
        """
        timed = [each for each in self.recent if each.is_right and each.pace is not None]
        timed.sort(key=lambda each: each.pace or 0.0, reverse=True)
        if len(timed) < _TIMED_ANSWERS_TO_JUDGE:
            return ()
        median = timed[len(timed) // 2].pace or 0.0
        return tuple(timed) if median >= _SLOW_FROM else ()
