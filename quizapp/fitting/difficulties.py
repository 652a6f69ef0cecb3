"""How hard items are, and how sharply they tell: maximum a posteriori, given abilities.

    P(right) = g + (1 - g) s((a (mu + A) - b) / sqrt(1 + pi/8 V))

A and V are the abilities and their variances, smoothed over all other answers of the learner. The
priors: b ~ N(as authored, or the mean of its skills' effects plus its set's, spread^2), effects of
skills and of sets of skills ~ N(0, .), a ~ N(1, .). Each is found by Newton steps, as in Mislevy,
"Bayes modal estimation in item response models", Psychometrika 51, 1986.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from quizapp.domain.skill_model import difficulty_prior
from quizapp.fitting.answer_log import AnswerLog, Floats, Integers
from quizapp.fitting.filtering import Difficulties, logistic, smoothing

EFFECT_ROUNDS = 8
ITEM_ROUNDS = 10
SKILL_SPREAD = 1.0
LARGEST_STEP = 1.0
LARGEST_SLOPE_STEP = 0.3
SLOPE_RANGE = (0.2, 3.0)


class Spreads(NamedTuple):
    """Standard deviations of the priors; 0 for sets or slopes leaves them out."""

    item: float
    skill_set: float
    slope: float


class Abilities(NamedTuple):
    """Of the learner at every answer, with the level: mean and variance, logits."""

    mean: Floats
    variance: Floats


@dataclass(frozen=True)
class Calibration:
    """Difficulty, variance and slope of every item, and the effects behind the priors."""

    difficulty: Floats
    variance: Floats
    slope: Floats
    skills: Floats
    skill_sets: Floats
    """With the effects of their skills."""

    def of_rows(self, item: Integers) -> Difficulties:
        return Difficulties(self.difficulty[item], self.variance[item], self.slope[item])


class SkillTable:
    """Which skills each set has, as columns."""

    def __init__(self, log: AnswerLog) -> None:
        self.names = sorted({skill for skills in log.skill_sets for skill in skills})
        number = {name: place for place, name in enumerate(self.names)}
        pairs = [
            (place, number[skill], 1.0 / len(skills))
            for place, skills in enumerate(log.skill_sets)
            for skill in skills
        ]
        self._of_set, self._skill = (np.array(each) for each in list(zip(*pairs, strict=True))[:2])
        self._share = np.array([share for _, _, share in pairs])
        self._sets = len(log.skill_sets)

    def by_set(self, effects: Floats) -> Floats:
        """The mean of the skills' effects for each set."""
        return sums_of(self._of_set, self._share * effects[self._skill], self._sets)

    def by_skill(self, sums: Floats) -> Floats:
        """Sums over sets, dealt to their skills."""
        return sums_of(self._skill, self._share * sums[self._of_set], len(self.names))


def calibrate(
    log: AnswerLog,
    guess: Floats,
    abilities: Abilities,
    spreads: Spreads,
    is_used: Floats,
) -> Calibration:
    """What the answers with ``is_used`` 1 say of the items; those with 0 are left out."""
    return _Calibrating(log, guess, abilities, spreads, is_used).done()


class _Calibrating:
    def __init__(
        self,
        log: AnswerLog,
        guess: Floats,
        abilities: Abilities,
        spreads: Spreads,
        is_used: Floats,
    ) -> None:
        self._log, self._guess, self._spreads, self._is_used = log, guess, spreads, is_used
        self._table = SkillTable(log)
        self._ability = abilities.mean
        self._scale = 1.0 / smoothing(abilities.variance)

    def done(self) -> Calibration:
        skills, sets = self._effects()
        prior = self._prior(sets)
        difficulty, slope = prior.copy(), np.ones(len(prior))
        for _ in range(ITEM_ROUNDS):
            difficulty, variance = self._difficulties(difficulty, slope, prior)
            if self._spreads.slope:
                slope = self._slopes(difficulty, slope)
        return Calibration(difficulty, variance, slope, skills, sets)

    def _effects(self) -> tuple[Floats, Floats]:
        """Of skills, and of sets with their skills': what items have in common."""
        count = len(self._log.skill_sets)
        skills, own = np.zeros(len(self._table.names)), np.zeros(count)
        for _ in range(EFFECT_ROUNDS):
            gradient, curvature = self._by_set(self._table.by_set(skills) + own)
            wanted = self._table.by_skill(gradient) + skills / SKILL_SPREAD**2
            against = self._table.by_skill(curvature) + 1.0 / SKILL_SPREAD**2
            skills = skills - _bounded(wanted / against)
            if self._spreads.skill_set:
                precision = 1.0 / self._spreads.skill_set**2
                gradient, curvature = self._by_set(self._table.by_set(skills) + own)
                own = own - _bounded((gradient + own * precision) / (curvature + precision))
        return skills, self._table.by_set(skills) + own

    def _by_set(self, effects: Floats) -> tuple[Floats, Floats]:
        gradient, curvature = self._steepness(self._ability - effects[self._log.skills])
        return self._summed(self._log.skills, gradient, curvature, len(self._log.skill_sets))

    def _prior(self, sets: Floats) -> Floats:
        """The expected difficulty of every item without answers."""
        expected = np.zeros(len(self._log.items))
        expected[self._log.item] = sets[self._log.skills]
        for place, item in enumerate(self._log.items):
            if item.difficulty is not None:
                expected[place] = difficulty_prior(item.difficulty)
        return expected

    def _difficulties(
        self, difficulty: Floats, slope: Floats, prior: Floats
    ) -> tuple[Floats, Floats]:
        item, precision = self._log.item, 1.0 / self._spreads.item**2
        gradient, curvature = self._summed(
            item, *self._steepness(slope[item] * self._ability - difficulty[item]), len(prior)
        )
        curvature = curvature + precision
        step = (gradient + (difficulty - prior) * precision) / curvature
        return difficulty - _bounded(step), 1.0 / curvature

    def _slopes(self, difficulty: Floats, slope: Floats) -> Floats:
        item, precision = self._log.item, 1.0 / self._spreads.slope**2
        gradient, curvature = self._steepness(slope[item] * self._ability - difficulty[item])
        gradient, curvature = self._summed(
            item, gradient * self._ability, curvature * self._ability**2, len(slope)
        )
        step = (gradient - (slope - 1.0) * precision) / (curvature + precision)
        step = np.clip(step, -LARGEST_SLOPE_STEP, LARGEST_SLOPE_STEP)
        found: Floats = np.clip(slope + step, *SLOPE_RANGE)
        return found

    def _steepness(self, margin: Floats) -> tuple[Floats, Floats]:
        """First derivative of the log likelihood by the margin, and the expected second one."""
        known = logistic(margin * self._scale)
        right = np.clip(self._guess + (1.0 - self._guess) * known, 1e-9, 1.0 - 1e-9)
        slope = (1.0 - self._guess) * known * (1.0 - known) * self._scale
        spread = right * (1.0 - right)
        gradient = self._is_used * (self._log.score - right) / spread * slope
        return gradient, self._is_used * slope**2 / spread

    @staticmethod
    def _summed(
        by: Integers, gradient: Floats, curvature: Floats, count: int
    ) -> tuple[Floats, Floats]:
        return sums_of(by, gradient, count), sums_of(by, curvature, count)


def _bounded(step: Floats) -> Floats:
    found: Floats = np.clip(step, -LARGEST_STEP, LARGEST_STEP)
    return found


def sums_of(by: Integers, amounts: Floats, count: int) -> Floats:
    """The sums of ``amounts`` for each of ``count`` numbers in ``by``."""
    return np.bincount(by, amounts, count).astype(np.float64)
