"""The filter of ``domain.skill_model`` over whole logs, for several sets of numbers at once."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from quizapp.domain.mastery import LEARNER_MEMORY, SKILL_MEMORY
from quizapp.domain.skill_model import MOST_DOUBT
from quizapp.fitting.answer_log import Floats
from quizapp.fitting.encoding import Encoded
from quizapp.fitting.numbers import Numbers


class Difficulties(NamedTuple):
    """Of the item of every answer: difficulty b, its variance, and the slope a."""

    mean: Floats
    variance: Floats
    slope: Floats


@dataclass(frozen=True)
class Filtered:
    """What the filter expected before every answer, one row for each set of numbers.

    ``margin`` z in logits, already smoothed; ``ability`` A without the level, ``doubt`` V.
    """

    margin: Floats
    ability: Floats
    doubt: Floats


def run(encoded: Encoded, items: Difficulties, guess: Floats, numbers: Numbers) -> Filtered:
    """Works through all answers; the arithmetic is that of ``domain.mastery``."""
    work = _Work(encoded, items, guess, numbers)
    for step in encoded.steps:
        work.advance(*step)
    return Filtered(work.margin, work.ability, work.doubt)


class _Work:
    """The beliefs of all learners, for each set of numbers, as they move."""

    def __init__(
        self, encoded: Encoded, items: Difficulties, guess: Floats, numbers: Numbers
    ) -> None:
        self._at, self._items, self._guess, self._numbers = encoded, items, guess, numbers
        sets, answers = numbers.sets, len(encoded.score)
        self._kept = np.exp(
            -numbers.fading_by_day[:, None, None] * encoded.days
            - numbers.fading_by_response[:, None, None] * encoded.lags
        )
        self._root_kept = np.exp(-numbers.root_fading_by_day[:, None] * encoded.root_days)
        self._prior = numbers.variances[:, encoded.level]
        self._drift = numbers.drifts[:, encoded.level]
        self._mean = np.zeros((sets, encoded.pairs + 1))
        self._variance = np.zeros((sets, encoded.pairs + 1))
        self._variance[:, encoded.slot] = self._prior
        self._root_mean = np.zeros((sets, encoded.learners))
        self._root_variance = np.repeat(numbers.root_variance[:, None], encoded.learners, axis=1)
        self.margin, self.ability, self.doubt = (np.empty((sets, answers)) for _ in range(3))

    def advance(self, start: int, end: int) -> None:
        """One answer of every learner who has one left: the rows ``start`` to ``end``."""
        now, numbers = slice(start, end), self._numbers
        who, slot = self._at.learner[now], self._at.slot[now]
        share, prior = self._at.share[now], self._prior[:, now]
        root_kept, kept = self._root_kept[:, now], self._kept[:, now]
        root_prior = numbers.root_variance[:, None]
        root_mean = self._root_mean[:, who] * root_kept
        root_variance = root_prior - (root_prior - self._root_variance[:, who]) * root_kept**2
        mean = self._mean[:, slot] * kept
        variance = prior - (prior - self._variance[:, slot]) * kept**2
        ability = root_mean + (share * mean).sum(axis=2)
        doubt = root_variance + (share**2 * variance).sum(axis=2)
        self.ability[:, now], self.doubt[:, now] = ability, doubt
        gain, certainty = self._correction(now, ability, doubt)
        root_narrowed = root_variance - root_variance**2 * certainty + numbers.root_drift[:, None]
        self._root_mean[:, who] = root_mean + root_variance * gain
        self._root_variance[:, who] = np.minimum(root_narrowed, MOST_DOUBT * root_prior)
        moved = share * variance
        narrowed = variance - moved**2 * certainty[:, :, None] + self._drift[:, now]
        self._mean[:, slot] = mean + moved * gain[:, :, None] + self._learnt(now)
        self._variance[:, slot] = np.minimum(narrowed, MOST_DOUBT * prior)

    def _correction(self, now: slice, ability: Floats, doubt: Floats) -> tuple[Floats, Floats]:
        """a r and a^2 c of ``domain.skill_model``: what moves the means, and the variances."""
        slope, guess = self._items.slope[now], self._guess[now]
        level = self._numbers.level[:, None]
        margin = slope * (level + ability) - self._items.mean[now]
        doubt = slope**2 * doubt + self._items.variance[now]
        self.margin[:, now] = margin / smoothing(doubt)
        known = logistic(margin)
        right = guess + (1.0 - guess) * known
        surprise = (self._at.score[now] - right) * known / right
        information = (1.0 - guess) * known**2 * (1.0 - known) / right
        damping = 1.0 + information * doubt
        return slope * surprise / damping, slope**2 * information / damping

    def _learnt(self, now: slice) -> Floats:
        """Logits gained by an answer beyond what it tells, on the skills that it is counted on."""
        score = self._at.score[now]
        gained = self._numbers.learning[:, None] * score + self._numbers.correcting[:, None] * (
            1.0 - score
        )
        own = self._at.is_counted[now] * (self._at.level[now] == 0)
        learnt: Floats = gained[:, :, None] * own
        return learnt


class Trends(NamedTuple):
    """Running means of surprises before every answer: of its slots, and of its learner."""

    slots: Floats
    learner: Floats


def trends(encoded: Encoded, surprise: Floats) -> Trends:
    """The trends of ``domain.mastery`` from the surprise of each answer."""
    pair = np.zeros(encoded.pairs + 1)
    root = np.zeros(encoded.learners)
    found = Trends(np.empty(encoded.slot.shape), np.empty(len(surprise)))
    for start, end in encoded.steps:
        now = slice(start, end)
        who, slot = encoded.learner[now], encoded.slot[now]
        found.slots[now], found.learner[now] = pair[slot], root[who]
        new = SKILL_MEMORY * pair[slot] + (1.0 - SKILL_MEMORY) * surprise[now, None]
        pair[slot] = np.where(encoded.is_counted[now] > 0, new, pair[slot])
        root[who] = LEARNER_MEMORY * root[who] + (1.0 - LEARNER_MEMORY) * surprise[now]
    return found


def smoothing(variance: Floats) -> Floats:
    """K of ``domain.skill_model``."""
    found: Floats = np.sqrt(1.0 + np.pi / 8.0 * variance)
    return found


def logistic(logit: Floats) -> Floats:
    """As in ``domain.skill_model``."""
    found: Floats = 1.0 / (1.0 + np.exp(-np.clip(logit, -30.0, 30.0)))
    return found
