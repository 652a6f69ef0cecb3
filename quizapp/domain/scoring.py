"""From grades to the score of an attempt."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Outcome: TypeAlias = Literal["right", "partly", "missed", "unanswered"]

_SLACK = 1e-9


@dataclass(frozen=True)
class ScoredResponse:
    """One response: its score 0..1, the points it was worth, and whether anything was given.

    ``points`` are what it counts for, which may be below 0.
    """

    score: float
    max_points: float
    is_answered: bool
    points: float


@dataclass(frozen=True)
class AttemptScore:
    """Points reached out of points possible, and how many responses came out how."""

    points: float
    max_points: float
    right: int
    partly: int
    missed: int
    unanswered: int

    @property
    def percent(self) -> int:
        """Whole percent of the points possible; 99.9 % is not 100 %."""
        return percent(self.points, self.max_points)

    @property
    def count(self) -> int:
        return self.right + self.partly + self.missed + self.unanswered


def percent(points: float, max_points: float) -> int:
    """Share of ``max_points`` in whole percent: the nearest, but 100 only when full."""
    if max_points <= 0:
        return 0
    share = points / max_points
    return 100 if share >= 1 - _SLACK else min(99, int(100 * share + 0.5))


def outcome(score: float, *, is_answered: bool) -> Outcome:
    """What to call a score."""
    if score >= 1 - _SLACK:
        return "right"
    if score > _SLACK:
        return "partly"
    return "missed" if is_answered else "unanswered"


def total(responses: Iterable[ScoredResponse]) -> AttemptScore:
    """The score of an attempt: points are summed unrounded and rounded once, to hundredths.

    Where wrong answers cost points, the sum is not below 0.
    """
    counts: dict[Outcome, int] = {"right": 0, "partly": 0, "missed": 0, "unanswered": 0}
    points = max_points = 0.0
    for each in responses:
        counts[outcome(each.score, is_answered=each.is_answered)] += 1
        points += each.points
        max_points += each.max_points
    return AttemptScore(round(max(0.0, points), 2), round(max_points, 2), **counts)
