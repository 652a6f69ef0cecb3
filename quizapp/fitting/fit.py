"""Fits the skill model to a log: rung by rung of a ladder, as far as the answers carry.

Hyperparameters by penalised likelihood of each answer given those before it, with item difficulties
cross-fitted over folds of learners, so that no answer judges itself; then the read-out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from scipy.optimize import minimize

from quizapp.domain.read_out import PLAIN, ReadOut
from quizapp.domain.skill_model import SkillModel
from quizapp.domain.skill_parameters import ItemParameters, SkillParameters
from quizapp.fitting import numbers
from quizapp.fitting.answer_log import AnswerLog, Flags, Floats, Integers
from quizapp.fitting.difficulties import Abilities, Calibration, SkillTable, Spreads, calibrate
from quizapp.fitting.encoding import Encoded, backwards, encode, of_learners
from quizapp.fitting.facts import facts_before
from quizapp.fitting.filtering import Difficulties, Filtered, run
from quizapp.fitting.numbers import Numbers
from quizapp.fitting.reading_out import fit_read_out, read

Rung: TypeAlias = Literal["items", "cautious", "all"]

FEWEST_FOR_NUMBERS = 500
"""Below so many answers only items are fitted: refitting more made predictions worse."""
FEWEST_FOR_READ_OUT = 10_000
CAUTION = 0.4
"""On the middle rung the numbers may move so much of what they may on the highest."""
FOLDS = 5
ROUNDS = (8, 25)
"""Steps of the optimiser: first roughly, with rough difficulties, then to the end."""
MOST_ANSWERS_TO_TUNE = 40_000
MOST_OF_A_LEARNER = 1_000
MOST_ANSWERS_TO_CHOOSE = 100_000
ITEM_SPREADS = (0.5, 0.7, 0.9, 1.2, 1.5)
SET_SPREADS = (0.0, 0.6)
SLOPE_SPREADS = (0.0, 0.2, 0.35)
STEP = 1e-3

Progress: TypeAlias = Callable[[str], None]


def rung(answers: int) -> Rung:
    """How far so many answers carry."""
    if answers < FEWEST_FOR_NUMBERS:
        return "items"
    return "cautious" if answers < FEWEST_FOR_READ_OUT else "all"


@dataclass(frozen=True)
class Fitted:
    """Parameters, how far the answers carried, and the log loss, items cross-fitted."""

    parameters: SkillParameters
    rung: Rung
    loss: float


def fit(
    log: AnswerLog,
    requires: Mapping[str, tuple[str, ...]],
    start: SkillParameters,
    progress: Progress = lambda _: None,
    seed: int = 0,
) -> Fitted:
    """The parameters that fit ``log``, which has answers of at least two learners.

    Raises ValueError for fewer. On the lowest rung all but the items is as in ``start``.
    """
    return _Fitting(log, requires, start, progress, seed).fitted()


@dataclass(frozen=True)
class _Found:
    """A state of the fit: numbers, spreads, and abilities smoothed with them."""

    numbers: Floats
    spreads: Spreads
    abilities: Abilities


class _Fitting:
    def __init__(
        self,
        log: AnswerLog,
        requires: Mapping[str, tuple[str, ...]],
        start: SkillParameters,
        progress: Progress,
        seed: int,
    ) -> None:
        learners = int(log.learner.max()) + 1 if len(log) else 0
        if learners < 2:
            raise ValueError("Fitting needs answers of at least two learners.")
        self._log, self._requires, self._start = log, requires, start
        self._progress, self._rung = progress, rung(len(log))
        self._random = np.random.default_rng(seed)
        folds = min(FOLDS, learners)
        self._fold = (self._random.permutation(learners) % folds)[log.learner]
        self._folds = folds
        self._guess = _guesses(log)
        self._encoded = encode(log, requires)
        self._is_timed = bool(self._encoded.root_days.any())

    def fitted(self) -> Fitted:
        found = self._begun()
        if self._rung != "items":
            for number, rounds in enumerate(ROUNDS, 1):
                self._progress(f"numbers of the filter, round {number} of {len(ROUNDS)}")
                found = self._tuned(found, rounds)
                found = replace(found, spreads=self._spreads(found, is_last=number == len(ROUNDS)))
        self._progress("difficulties of the items")
        calibration = self._calibrated(found, np.ones(len(self._log)))
        read_out, loss = self._read(found)
        parameters = numbers.into_parameters(found.numbers, self._start)
        parameters = _with_items(parameters, self._log, calibration, found.spreads)
        return Fitted(replace(parameters, read_out=read_out), self._rung, loss)

    def _begun(self) -> _Found:
        """The numbers of ``start``, or those of public logs, and what follows from them."""
        if self._rung == "items":
            values = numbers.of_parameters(self._start)
        else:
            values = numbers.START.copy()
            share = float(np.clip(self._log.score.mean(), 0.05, 0.95))
            guess = float(self._guess.mean())
            values[-1] = np.log(max(share - guess, 0.03) / (1.0 - share))
        untold = Abilities(np.full(len(self._log), values[-1]), np.full(len(self._log), values[0]))
        begun = _Found(values, Spreads(0.9, 0.0, 0.0), untold)
        if self._rung == "items":
            return replace(begun, abilities=self._smoothed(begun))
        return begun

    # --- items ------------------------------------------------------------------------------------

    def _calibrated(self, found: _Found, is_used: Floats) -> Calibration:
        return calibrate(self._log, self._guess, found.abilities, found.spreads, is_used)

    def _cross_fitted(self, found: _Found) -> Difficulties:
        """Of every answer's item, as the other folds' learners found it; in the log's order."""
        columns = [np.empty(len(self._log)) for _ in range(3)]
        for fold in range(self._folds):
            is_here = self._fold == fold
            others = self._calibrated(found, (~is_here).astype(float))
            for column, values in zip(
                columns, others.of_rows(self._log.item[is_here]), strict=True
            ):
                column[is_here] = values
        return Difficulties(*columns)

    def _spreads(self, found: _Found, *, is_last: bool) -> Spreads:
        """The priors of items under which the answers are expected best."""
        spreads = found.spreads
        for name, choices in (
            ("item", ITEM_SPREADS),
            *((("skill_set", SET_SPREADS), ("slope", SLOPE_SPREADS)) if is_last else ()),
        ):
            tried = [replace(found, spreads=spreads._replace(**{name: each})) for each in choices]
            spreads = min(tried, key=self._loss).spreads
        return spreads

    def _loss(self, found: _Found) -> float:
        """Mean log loss of the filter at its word, items cross-fitted."""
        filtered = self._run(found)
        guess = self._guess[self._encoded.row]
        return log_loss(self._encoded.score, _expected(filtered.margin[0], guess))

    def _run(self, found: _Found) -> Filtered:
        items = _in_order(self._cross_fitted(found), self._encoded.row)
        guess = self._guess[self._encoded.row]
        return run(self._encoded, items, guess, Numbers(found.numbers[None]))

    # --- numbers ----------------------------------------------------------------------------------

    def _tuned(self, found: _Found, rounds: int) -> _Found:
        """``found`` with better numbers, and abilities smoothed by them."""
        sample, encoded = self._sample()
        items = _in_order(self._cross_fitted(found), sample[encoded.row])
        guess = self._guess[sample][encoded.row]
        free = self._free()
        middle = numbers.coordinates(numbers.START)
        spread = numbers.SPREAD * (1.0 if self._rung == "all" else CAUTION)
        if self._rung != "all":
            middle[-1] = numbers.coordinates(found.numbers)[-1]
        base = numbers.coordinates(found.numbers)

        def objective(point: Floats) -> tuple[float, Floats]:
            """Loss and gradient, by one run for the point and a step along every coordinate."""
            points = np.tile(base, (len(free) + 1, 1))
            points[:, free] = point
            points[np.arange(len(free)) + 1, free] += STEP
            trial = Numbers(numbers.from_coordinates(points)).without(*self._untimed())
            margin = run(encoded, items, guess, trial).margin
            losses = np.array([log_loss(encoded.score, _expected(z, guess)) for z in margin])
            away = ((points[:, free] - middle[free]) / spread[free]) ** 2
            losses += 0.5 / len(encoded.score) * away.sum(axis=1)
            return float(losses[0]), (losses[1:] - losses[0]) / STEP

        reach = numbers.FARTHEST_SPREADS * spread[free]
        bounds = list(zip(middle[free] - reach, middle[free] + reach, strict=True))
        result = minimize(
            objective, base[free], jac=True, method="L-BFGS-B", bounds=bounds,
            options={"maxiter": rounds, "ftol": 1e-7},
        )  # fmt: skip
        base[free] = result.x
        values = Numbers(numbers.from_coordinates(base)[None]).without(*self._untimed()).table[0]
        tuned = replace(found, numbers=values)
        return replace(tuned, abilities=self._smoothed(tuned))

    def _sample(self) -> tuple[Integers, Encoded]:
        """Rows of whole learners, enough to tune by, and their log."""
        log = self._log
        learners = self._random.permutation(int(log.learner.max()) + 1)
        sizes = np.minimum(np.bincount(log.learner), MOST_OF_A_LEARNER)[learners]
        count = int(np.searchsorted(np.cumsum(sizes), MOST_ANSWERS_TO_TUNE)) + 1
        wanted = learners[:count].astype(np.int32)
        sampled = of_learners(log, wanted, MOST_OF_A_LEARNER)
        rows = of_learners(
            replace(log, item=np.arange(len(log), dtype=np.int32)), wanted, MOST_OF_A_LEARNER
        ).item
        return rows, encode(sampled, self._requires)

    def _free(self) -> Integers:
        """The numbers to fit: of groups only where there are groups, of days only with times."""
        has_groups = bool(((self._encoded.level == 1) & (self._encoded.share > 0)).any())
        fixed = {*self._untimed(), *(() if has_groups else ("group_variance", "group_drift"))}
        free = [place for place, name in enumerate(numbers.NAMES) if name not in fixed]
        return np.array(free, dtype=np.int32)

    def _untimed(self) -> tuple[str, ...]:
        return () if self._is_timed else numbers.TIMED

    # --- abilities --------------------------------------------------------------------------------

    def _smoothed(self, found: _Found) -> Abilities:
        """Ability at every answer from all other answers of the learner.

        The filter forwards and backwards, joined as two measurements that share a prior (the
        two-filter smoother of Fraser and Potter, IEEE Transactions on Automatic Control 14, 1969).
        """
        items = self._cross_fitted(found)
        encoded, values = self._encoded, Numbers(found.numbers[None])
        forth = run(encoded, _in_order(items, encoded.row), self._guess[encoded.row], values)
        log, rows = backwards(self._log)
        reverse = encode(log, self._requires)
        place = rows[reverse.row]
        plain = values.without("learning", "correcting")
        back = run(reverse, _in_order(items, place), self._guess[place], plain)
        mean, doubt = (_scattered(each[0], encoded.row) for each in (forth.ability, forth.doubt))
        mean_back, doubt_back = (_scattered(each[0], place) for each in (back.ability, back.doubt))
        prior = _scattered(_prior_doubt(encoded, values), encoded.row)
        precision = np.maximum(1.0 / doubt + 1.0 / doubt_back - 1.0 / prior, 1.0 / prior)
        joined = (mean / doubt + mean_back / doubt_back) / precision
        return Abilities(joined + float(found.numbers[-1]), 1.0 / precision)

    # --- read-out ---------------------------------------------------------------------------------

    def _read(self, found: _Found) -> tuple[ReadOut, float]:
        """The read-out, on the highest rung a fitted one, and its log loss."""
        items = _in_order(self._cross_fitted(found), self._encoded.row)
        guess, score = self._guess[self._encoded.row], self._encoded.score
        filtered = run(self._encoded, items, guess, Numbers(found.numbers[None]))
        margin = filtered.margin[0]
        if self._rung != "all":
            return PLAIN, log_loss(score, _expected(margin, guess))
        self._progress("the read-out")
        facts = facts_before(self._encoded, items, filtered, guess)
        fold = np.where(self._is_few(), self._fold, -1)[self._encoded.row].astype(np.int32)
        read_out = fit_read_out(margin, facts, score, guess, fold)
        return read_out, log_loss(score, read(read_out, margin, facts, guess))

    def _is_few(self) -> Flags:
        """True for the answers of so many learners as choosing needs."""
        every = len(self._log) // MOST_ANSWERS_TO_CHOOSE + 1
        found: Flags = self._log.learner % every == 0
        return found


def log_loss(score: Floats, expected: Floats) -> float:
    """Mean log loss of fractions, in nats."""
    sure = np.clip(expected, 1e-6, 1.0 - 1e-6)
    return float(-np.mean(score * np.log(sure) + (1.0 - score) * np.log(1.0 - sure)))


def predictions(
    log: AnswerLog, requires: Mapping[str, tuple[str, ...]], parameters: SkillParameters
) -> Floats:
    """P(right) of every answer before it was given, in the log's order."""
    encoded = encode(log, requires)
    items = _in_order(_as_fitted(log, parameters), encoded.row)
    guess = _guesses(log)[encoded.row]
    values = Numbers(numbers.of_parameters(parameters)[None])
    filtered = run(encoded, items, guess, values)
    facts = facts_before(encoded, items, filtered, guess)
    return _scattered(read(parameters.read_out, filtered.margin[0], facts, guess), encoded.row)


def _as_fitted(log: AnswerLog, parameters: SkillParameters) -> Difficulties:
    model = SkillModel(parameters)
    by_pair: dict[tuple[int, int], ItemParameters] = {}
    for item, skills in set(zip(log.item.tolist(), log.skills.tolist(), strict=True)):
        known = log.items[item]
        by_pair[item, skills] = model.item(known.key, log.skill_sets[skills], known.difficulty)
    rows = [by_pair[pair] for pair in zip(log.item.tolist(), log.skills.tolist(), strict=True)]
    columns = np.array(rows)
    return Difficulties(columns[:, 0], columns[:, 1], columns[:, 2])


def _with_items(
    parameters: SkillParameters, log: AnswerLog, found: Calibration, spreads: Spreads
) -> SkillParameters:
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


def _prior_doubt(encoded: Encoded, values: Numbers) -> Floats:
    """V before any answer."""
    found: Floats = values.root_variance[0] + (
        encoded.share**2 * values.variances[0][encoded.level]
    ).sum(axis=1)
    return found


def _guesses(log: AnswerLog) -> Floats:
    return np.array([item.guess for item in log.items])[log.item]


def _expected(margin: Floats, guess: Floats) -> Floats:
    found: Floats = guess + (1.0 - guess) / (1.0 + np.exp(-margin))
    return found


def _in_order(items: Difficulties, rows: Integers) -> Difficulties:
    return Difficulties(*(column[rows] for column in items))


def _scattered(values: Floats, rows: Integers) -> Floats:
    found = np.empty(len(values))
    found[rows] = values
    return found
