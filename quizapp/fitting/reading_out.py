"""Fits the read-out: a logistic regression that is pulled to the filter's own word."""

from dataclasses import dataclass

import numpy as np

from quizapp.domain.read_out import PLAIN, ReadOut
from quizapp.fitting.answer_log import Flags, Floats, Integers
from quizapp.fitting.filtering import logistic

PULLS = (3.0, 30.0, 300.0)
"""Strengths of the ridge to choose from: as so many answers that say the filter is right."""
ROUNDS = 25
CLOSE_ENOUGH = 1e-6


def fit_read_out(
    margin: Floats, facts: Floats, score: Floats, guess: Floats, fold: Integers
) -> ReadOut:
    """The weights with the highest likelihood less the pull times their squared distance.

    The pull is the one under which each ``fold`` is expected best from the others; answers in fold
    -1 have no part in choosing it. Facts are standardised first; one that never varies has no
    weight. Fisher scoring.
    """
    columns = np.column_stack([np.ones(len(margin)), margin, facts])
    middle, spread = columns.mean(axis=0), columns.std(axis=0)
    is_used = spread > 1e-9
    middle[:2], spread[:2], is_used[:2] = 0.0, 1.0, True
    spread[~is_used] = 1.0
    standard = _Standard((columns - middle) / spread * is_used, score, guess)
    pull = min(PULLS, key=lambda each: standard.loss_across(fold, each))
    weights = standard.fitted(pull) / spread
    weights[~is_used] = 0.0
    weights[0] -= float((weights[2:] * middle[2:]).sum())
    return ReadOut(tuple(map(float, weights)))


def read(read_out: ReadOut, margin: Floats, facts: Floats, guess: Floats) -> Floats:
    """P(right) of every answer."""
    weights = np.array(read_out.weights)
    logit = weights[0] + weights[1] * margin + facts @ weights[2:]
    return guess + (1.0 - guess) * logistic(logit)


@dataclass(frozen=True)
class _Standard:
    """Standardised columns with the answers that they are to foretell."""

    columns: Floats
    score: Floats
    guess: Floats

    def rows(self, wanted: Flags) -> "_Standard":
        return _Standard(self.columns[wanted], self.score[wanted], self.guess[wanted])

    def loss_across(self, fold: Integers, pull: float) -> float:
        """Log loss of all answers, each expected by weights of the other folds."""
        total = 0.0
        for each in range(fold.max() + 1):
            held_out = self.rows(fold == each)
            weights = self.rows((fold != each) & (fold >= 0)).fitted(pull)
            right = held_out.expected(weights)
            score = held_out.score
            total -= float((score * np.log(right) + (1.0 - score) * np.log(1.0 - right)).sum())
        return total

    def expected(self, weights: Floats) -> Floats:
        known = logistic(self.columns @ weights)
        right: Floats = np.clip(self.guess + (1.0 - self.guess) * known, 1e-9, 1.0 - 1e-9)
        return right

    def fitted(self, pull: float) -> Floats:
        plain = np.array(PLAIN.weights)
        weights, ridge = plain.copy(), 2.0 * pull * np.eye(len(plain))
        for _ in range(ROUNDS):
            right = self.expected(weights)
            slope = (right - self.guess) * (1.0 - right) / (1.0 - self.guess)
            spread = right * (1.0 - right)
            gradient = self.columns.T @ ((self.score - right) / spread * slope)
            information = (self.columns * (slope**2 / spread)[:, None]).T @ self.columns + ridge
            step = np.linalg.solve(information, gradient - ridge @ (weights - plain))
            weights = weights + step
            if np.abs(step).max() < CLOSE_ENOUGH:
                break
        return weights
