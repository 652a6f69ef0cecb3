"""Finds the filter's numbers: penalised likelihood of each answer given those before it.

A step along every coordinate is one more set of numbers in the same run of the filter, so that a
gradient costs one pass over the log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from quizapp.fitting import numbers
from quizapp.fitting.answer_log import AnswerLog, Floats, Integers
from quizapp.fitting.encoding import GROUP, Encoded, encode, of_learners
from quizapp.fitting.filtering import Difficulties, run
from quizapp.fitting.numbers import Numbers
from quizapp.fitting.predicting import expected, in_order, log_loss

MOST_ANSWERS = 40_000
MOST_OF_A_LEARNER = 1_000
STEP = 1e-3


@dataclass(frozen=True)
class Sample:
    """Whole learners, enough to tune by; ``rows`` of the log they were taken from."""

    rows: Integers
    encoded: Encoded


@dataclass(frozen=True)
class Caution:
    """What the numbers are held to: the middle of each, and how far it may go, in coordinates."""

    middle: Floats
    spread: Floats


def sample(
    log: AnswerLog, requires: Mapping[str, tuple[str, ...]], random: np.random.Generator
) -> Sample:
    """Learners drawn until their answers suffice."""
    learners = random.permutation(int(log.learner.max()) + 1).astype(np.int32)
    sizes = np.minimum(np.bincount(log.learner), MOST_OF_A_LEARNER)[learners]
    wanted = learners[: int(np.searchsorted(np.cumsum(sizes), MOST_ANSWERS)) + 1]
    numbered = replace(log, item=np.arange(len(log), dtype=np.int32))
    rows = of_learners(numbered, wanted, MOST_OF_A_LEARNER).item
    return Sample(rows, encode(of_learners(log, wanted, MOST_OF_A_LEARNER), requires))


def tuned(
    of: Sample, items: Difficulties, guess: Floats, start: Floats, caution: Caution, rounds: int
) -> Floats:
    """Better numbers than ``start``, after so many steps of the optimiser.

    ``items`` and ``guess`` are in the order of the log that was sampled.
    """
    rows = of.rows[of.encoded.row]
    tuning = _Tuning(of.encoded, in_order(items, rows), guess[rows], start, caution)
    return tuning.best(rounds)


def untold(encoded: Encoded) -> tuple[str, ...]:
    """Numbers on which the log says nothing: of days without times, of groups without a tree."""
    has_groups = bool(((encoded.level == GROUP) & (encoded.share > 0)).any())
    is_timed = bool(encoded.root_days.any())
    return (
        *(() if is_timed else numbers.TIMED),
        *(() if has_groups else ("group_variance", "group_drift")),
    )


class _Tuning:
    def __init__(
        self,
        encoded: Encoded,
        items: Difficulties,
        guess: Floats,
        start: Floats,
        caution: Caution,
    ) -> None:
        self._encoded, self._items, self._guess = encoded, items, guess
        self._base = numbers.coordinates(start)
        fixed = untold(encoded)
        self._still = [name for name in numbers.TIMED if name in fixed]
        self._free = _places([name for name in numbers.NAMES if name not in fixed])
        self._middle, self._spread = caution.middle[self._free], caution.spread[self._free]

    def best(self, rounds: int) -> Floats:
        reach = numbers.FARTHEST_SPREADS * self._spread
        found = minimize(
            self._objective,
            self._base[self._free],
            jac=True,
            method="L-BFGS-B",
            bounds=list(zip(self._middle - reach, self._middle + reach, strict=True)),
            options={"maxiter": rounds, "ftol": 1e-7},
        )
        self._base[self._free] = found.x
        return np.array(self._numbers(self._base[None]).table[0])

    def _objective(self, point: Floats) -> tuple[float, Floats]:
        """The penalised loss and its gradient."""
        count = len(point)
        points = np.tile(self._base, (count + 1, 1))
        points[:, self._free] = point
        points[np.arange(count) + 1, self._free] += STEP
        losses = self._losses(points)
        return float(losses[0]), (losses[1:] - losses[0]) / STEP

    def _losses(self, points: Floats) -> Floats:
        score = self._encoded.score
        margins = run(self._encoded, self._items, self._guess, self._numbers(points)).margin
        away = (points[:, self._free] - self._middle) / self._spread
        losses = np.array([log_loss(score, expected(each, self._guess)) for each in margins])
        found: Floats = losses + 0.5 / len(score) * (away**2).sum(axis=1)
        return found

    def _numbers(self, points: Floats) -> Numbers:
        return Numbers(numbers.from_coordinates(points)).without(*self._still)


def _places(names: Sequence[str]) -> Integers:
    return np.array([numbers.NAMES.index(name) for name in names], dtype=np.int32)
