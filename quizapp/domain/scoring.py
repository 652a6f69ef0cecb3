"""From grades to the score of an attempt."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Outcome: TypeAlias = Literal["right", "partly", "missed", "unmarked", "unanswered"]

_SLACK = 1e-9
FULL = 100


@dataclass(frozen=True)
class ScoredResponse:
    """One response: its score 0..1, what its question is worth, whether anything was given.

    ``points`` are what it counts for, which may be below 0. The score is None, and the points are
    0, while it awaits a mark, by a person or by a machine that takes its time. Where nothing is
    asked, ``max_points`` are 0.
    """

    score: float | None
    max_points: float
    is_answered: bool
    points: float

    @property
    def is_scored(self) -> bool:
        """False where nothing was asked: then it counts nowhere."""
        return self.max_points > 0

    @property
    def outcome(self) -> Outcome | None:
        """What to call it; None where nothing was asked."""
        return outcome(self.score, is_answered=self.is_answered) if self.is_scored else None


@dataclass(frozen=True)
class AttemptScore:
    """Points reached out of points possible, and how many responses came out how.

    ``awaiting_points`` is what the unmarked ones may still earn.
    """

    points: float
    max_points: float
    right: int
    partly: int
    missed: int
    unanswered: int
    unmarked: int = 0
    awaiting_points: float = 0.0

    @property
    def is_final(self) -> bool:
        """Nothing awaits a mark."""
        return self.unmarked == 0

    @property
    def is_full(self) -> bool:
        """All points, and none to come."""
        return self.is_final and self.percent == FULL

    @property
    def marked_points(self) -> float:
        """The points possible on what is marked."""
        return round(self.max_points - self.awaiting_points, 2)

    @property
    def percent(self) -> int:
        """Whole percent of the points possible on what is marked; 99.9 % is not 100 %."""
        return percent(self.points, self.marked_points)

    @property
    def count(self) -> int:
        return self.marked_count + self.unmarked

    @property
    def marked_count(self) -> int:
        return self.right + self.partly + self.missed + self.unanswered


def percent(points: float, max_points: float) -> int:
    """Share of ``max_points`` in whole percent: the nearest, but 100 only when full."""
    if max_points <= 0:
        return 0
    share = points / max_points
    return 100 if share >= 1 - _SLACK else min(99, int(100 * share + 0.5))


def outcome(score: float | None, *, is_answered: bool) -> Outcome:
    """What to call a score; None is one that is still to come."""
    if score is None:
        return "unmarked"
    if score >= 1 - _SLACK:
        return "right"
    if score > _SLACK:
        return "partly"
    return "missed" if is_answered else "unanswered"


def total(responses: Iterable[ScoredResponse]) -> AttemptScore:
    """The score of an attempt: points are summed unrounded and rounded once, to hundredths.

    Where wrong answers cost points, the sum is not below 0. What asks nothing is left out.
    """
    counts: dict[Outcome, int] = dict.fromkeys(get_args(Outcome), 0)
    points = max_points = awaiting = 0.0
    for each in responses:
        if each.outcome is None:
            continue
        counts[each.outcome] += 1
        points += each.points
        max_points += each.max_points
        awaiting += each.max_points if each.score is None else 0.0
    return AttemptScore(
        round(max(0.0, points), 2),
        round(max_points, 2),
        **counts,
        awaiting_points=round(awaiting, 2),
    )
