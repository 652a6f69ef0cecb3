"""Fits the skill model to a log: rung by rung of a ladder, as far as the answers carry.

First the filter's numbers and the items' difficulties in turn, the latter cross-fitted over folds
of learners, so that no answer judges itself; then the read-out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from quizapp.domain.read_out import PLAIN, ReadOut
from quizapp.domain.skill_parameters import ItemParameters, SkillParameters
from quizapp.fitting import numbers, tuning
from quizapp.fitting.answer_log import AnswerLog, Floats
from quizapp.fitting.difficulties import Abilities, Calibration, SkillTable, Spreads, calibrate
from quizapp.fitting.encoding import encode
from quizapp.fitting.facts import facts_before
from quizapp.fitting.filtering import Difficulties, run
from quizapp.fitting.numbers import Numbers
from quizapp.fitting.predicting import expected, guesses, in_order, log_loss
from quizapp.fitting.reading_out import fit_read_out, read
from quizapp.fitting.smoothing import Smoother
from quizapp.fitting.tuning import Caution

Rung: TypeAlias = Literal["item difficulties", "cautious numbers", "everything"]
Progress: TypeAlias = Callable[[str], None]
Requires: TypeAlias = Mapping[str, tuple[str, ...]]

FEWEST_FOR_NUMBERS = 500
"""Below so many answers only items are fitted: refitting more made predictions worse."""
FEWEST_FOR_READ_OUT = 10_000
CAUTION = 0.4
"""On the middle rung the numbers may go so far of what they may on the highest."""
FOLDS = 5
ROUNDS = (8, 25)
"""Steps of the optimiser: first roughly, with rough difficulties, then to the end."""
MOST_ANSWERS_TO_CHOOSE = 100_000
FIRST_SPREADS = Spreads(item=0.9, skill_set=0.0, slope=0.0)
CHOICES = {
    "item": (0.5, 0.7, 0.9, 1.2, 1.5),
    "skill_set": (0.0, 0.6),
    "slope": (0.0, 0.2, 0.35),
}


@dataclass(frozen=True)
class Fitted:
    """Parameters, how far the answers carried, and the log loss, items cross-fitted."""

    parameters: SkillParameters
    rung: Rung
    loss: float


def rung(answers: int) -> Rung:
    """How far so many answers carry."""
    if answers < FEWEST_FOR_NUMBERS:
        return "item difficulties"
    return "cautious numbers" if answers < FEWEST_FOR_READ_OUT else "everything"


def fit(
    log: AnswerLog,
    requires: Requires,
    start: SkillParameters,
    progress: Progress = lambda _: None,
    seed: int = 0,
    wanted: Rung | None = None,
) -> Fitted:
    """The parameters that fit ``log``, which has answers of at least two learners.

    Raises ValueError for fewer. As far as ``wanted``, or as the answers carry. On the lowest rung
    all but items and read-out is as in ``start``.
    """
    if len(np.unique(log.learner)) < 2:
        raise ValueError("Fitting needs answers of at least two learners.")
    return _Fitting(log, requires, start, progress, seed, wanted or rung(len(log))).fitted()


@dataclass(frozen=True)
class _Found:
    """A state of the fit: numbers, spreads, and abilities smoothed with them."""

    numbers: Floats
    spreads: Spreads
    abilities: Abilities

    @property
    def values(self) -> Numbers:
        return Numbers(self.numbers[None])


class _Fitting:
    def __init__(
        self,
        log: AnswerLog,
        requires: Requires,
        start: SkillParameters,
        progress: Progress,
        seed: int,
        wanted: Rung,
    ) -> None:
        self._log, self._requires, self._start = log, requires, start
        self._progress, self._rung = progress, wanted
        self._random = np.random.default_rng(seed)
        learners = int(log.learner.max()) + 1
        self._folds = min(FOLDS, learners)
        self._fold = (self._random.permutation(learners) % self._folds)[log.learner]
        self._guess = guesses(log)
        self._encoded = encode(log, requires)
        self._smoother = Smoother(log, self._encoded, requires)

    def fitted(self) -> Fitted:
        found = self._begun()
        if self._rung != "item difficulties":
            for number, rounds in enumerate(ROUNDS, 1):
                self._progress(f"numbers of the filter, round {number} of {len(ROUNDS)}")
                found = self._tuned(found, rounds)
                chosen = ("item",) if number < len(ROUNDS) else tuple(CHOICES)
                found = replace(found, spreads=self._best_spreads(found, chosen))
        self._progress("difficulties of the items")
        calibration = self._calibrated(found, np.ones(len(self._log)))
        read_out, loss = self._read_out(found)
        parameters = numbers.into_parameters(found.numbers, self._start)
        parameters = _with_items(parameters, self._log, calibration, found.spreads)
        return Fitted(replace(parameters, read_out=read_out), self._rung, loss)

    def _begun(self) -> _Found:
        """The numbers of ``start`` where only items are fitted, else those of public logs."""
        if self._rung == "item difficulties":
            values = numbers.of_parameters(self._start)
        else:
            values = numbers.START.copy()
            values[-1] = self._rough_level()
        everyone = np.full(len(self._log), values[-1]), np.full(len(self._log), values[0])
        begun = _Found(values, FIRST_SPREADS, Abilities(*everyone))
        if self._rung == "item difficulties":
            return replace(begun, abilities=self._smoothed(begun))
        return begun

    def _rough_level(self) -> float:
        share = float(np.clip(self._log.score.mean(), 0.05, 0.95))
        return float(np.log(max(share - float(self._guess.mean()), 0.03) / (1.0 - share)))

    # --- items ------------------------------------------------------------------------------------

    def _calibrated(self, found: _Found, is_used: Floats) -> Calibration:
        return calibrate(self._log, self._guess, found.abilities, found.spreads, is_used)

    def _cross_fitted(self, found: _Found) -> Difficulties:
        """Of every answer's item, as the other folds' learners found it; in the log's order."""
        columns = [np.empty(len(self._log)) for _ in Difficulties._fields]
        for fold in range(self._folds):
            is_here = self._fold == fold
            others = self._calibrated(found, (~is_here).astype(float))
            own = others.of_rows(self._log.item[is_here])
            for column, values in zip(columns, own, strict=True):
                column[is_here] = values
        return Difficulties(*columns)

    def _best_spreads(self, found: _Found, names: tuple[str, ...]) -> Spreads:
        """Each of ``names`` in turn as the answers are expected best, the filter at its word."""
        for name in names:
            tried = [
                replace(found, spreads=found.spreads._replace(**{name: each}))
                for each in CHOICES[name]
            ]
            found = min(tried, key=self._loss)
        return found.spreads

    def _loss(self, found: _Found) -> float:
        items, guess = self._in_steps(found)
        margin = run(self._encoded, items, guess, found.values).margin[0]
        return log_loss(self._encoded.score, expected(margin, guess))

    def _in_steps(self, found: _Found) -> tuple[Difficulties, Floats]:
        """Items and guess floors in the order in which the filter takes the answers."""
        row = self._encoded.row
        return in_order(self._cross_fitted(found), row), self._guess[row]

    # --- numbers and abilities --------------------------------------------------------------------

    def _tuned(self, found: _Found, rounds: int) -> _Found:
        """``found`` with better numbers, and abilities smoothed by them."""
        few = tuning.sample(self._log, self._requires, self._random)
        items = self._cross_fitted(found)
        values = tuning.tuned(few, items, self._guess, found.numbers, self._caution(), rounds)
        better = replace(found, numbers=values)
        return replace(better, abilities=self._smoothed(better))

    def _caution(self) -> Caution:
        middle = numbers.coordinates(numbers.START)
        if self._rung == "everything":
            return Caution(middle, numbers.SPREAD)
        middle[-1] = self._rough_level()
        return Caution(middle, numbers.SPREAD * CAUTION)

    def _smoothed(self, found: _Found) -> Abilities:
        return self._smoother.smoothed(self._cross_fitted(found), self._guess, found.values)

    # --- read-out ---------------------------------------------------------------------------------

    def _read_out(self, found: _Found) -> tuple[ReadOut, float]:
        """The read-out, on the highest rung a fitted one, and its log loss."""
        score = self._encoded.score
        items, guess = self._in_steps(found)
        filtered = run(self._encoded, items, guess, found.values)
        margin = filtered.margin[0]
        if self._rung != "everything":
            return PLAIN, log_loss(score, expected(margin, guess))
        self._progress("the read-out")
        facts = facts_before(self._encoded, items, filtered, guess)
        every = len(score) // MOST_ANSWERS_TO_CHOOSE + 1
        fold = np.where(self._log.learner % every == 0, self._fold, -1)[self._encoded.row]
        read_out = fit_read_out(margin, facts, score, guess, fold.astype(np.int32))
        return read_out, log_loss(score, read(read_out, margin, facts, guess))


def _with_items(
    parameters: SkillParameters, log: AnswerLog, found: Calibration, spreads: Spreads
) -> SkillParameters:
    """``parameters`` with what was found of items that have answers, of skills and their sets."""
    columns = zip(
        found.difficulty.tolist(), found.variance.tolist(), found.slope.tolist(), strict=True
    )
    has_answers = np.bincount(log.item, minlength=len(log.items)) > 0
    items = {
        item.key: ItemParameters(*each)
        for item, each, is_known in zip(log.items, columns, has_answers, strict=True)
        if is_known
    }
    names = SkillTable(log).names
    sets = (";".join(sorted(skills)) for skills in log.skill_sets)
    return replace(
        parameters,
        items=items,
        skills=dict(zip(names, found.skills.tolist(), strict=True)),
        skill_sets=dict(zip(sets, found.skill_sets.tolist(), strict=True)),
        item_variance=spreads.item**2,
    )
