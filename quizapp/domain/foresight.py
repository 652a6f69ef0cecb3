"""What FSRS foretells about an item, coarsely, and fast enough to be asked ten thousand times.

A plan weighs many days for many items. Stability is kept in steps of an eighth of its logarithm,
difficulty in whole points and pauses in sixteen lengths, so that answers are found again: recall
differs from the exact one by less than 0.03.
"""

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import exp, log
from typing import NamedTuple

from quizapp.domain.scheduling import Memory, recall, reviewed

_STEPS = 8
_PAUSES = (1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 18, 23, 30, 39, 51, 66)
_ORIGIN = datetime(2000, 1, 1, tzinfo=UTC)


class Trace(NamedTuple):
    """A memory in steps: of the logarithm of its stability, and of its difficulty."""

    stability: int
    difficulty: int


def trace(memory: Memory) -> Trace:
    """The steps that are nearest to ``memory``."""
    return Trace(round(log(memory.stability) * _STEPS), round(memory.difficulty))


@lru_cache(maxsize=65_536)
def recalled(held: Trace, days: int) -> float:
    """How likely (0..1) the item is recalled so many days after its last review."""
    return recall(_memory(held), _ORIGIN + timedelta(days=days))


def revisited(held: Trace | None, days: int, *, is_right: bool) -> Trace:
    """The memory after an answer so many days after the last one; without a memory the first."""
    pause = _PAUSES[max(0, bisect_right(_PAUSES, days) - 1)] if held else 0
    return _revisited(held, pause, float(is_right))


@lru_cache(maxsize=65_536)
def _revisited(held: Trace | None, days: int, score: float) -> Trace:
    memory = _memory(held) if held else None
    return trace(reviewed(memory, score, _ORIGIN + timedelta(days=days)))


def _memory(held: Trace) -> Memory:
    return Memory(exp(held.stability / _STEPS), float(held.difficulty), _ORIGIN, _ORIGIN)
