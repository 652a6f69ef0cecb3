"""Graded answers of many learners, as columns."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Integers: TypeAlias = NDArray[np.int32]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class LoggedItem:
    """What is known of an item without any answer: ``key`` tells it from all others.

    ``difficulty`` is as authored, 1..5, None where nobody judged it; ``guess`` is the expected
    score of someone who knows nothing, 0..1.
    """

    key: str
    difficulty: int | None
    guess: float


@dataclass(frozen=True)
class AnswerLog:
    """One row an answer; a learner's rows stand together, in the order in which they were learnt.

    ``learner``, ``item`` and ``skills`` are indices: into nothing, ``items`` and ``skill_sets``.
    ``seconds`` counts from any moment common to all; ``score`` is 0..1.
    """

    learner: Integers
    item: Integers
    skills: Integers
    seconds: Floats
    score: Floats
    items: tuple[LoggedItem, ...]
    skill_sets: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        return len(self.score)
