"""A challenger for the parameters in force, fitted and tried on learners held out."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from quizapp.domain.skill_model import difficulty_prior
from quizapp.domain.skill_parameters import ItemParameters, SkillParameters
from quizapp.fitting.answer_log import AnswerLog

HELD_OUT_SHARE = 0.2
PRIOR_ANSWERS = 10.0

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """The challenger, how much of the model was fitted, and log losses per held-out answer."""

    parameters: SkillParameters
    rung: str
    champion_loss: float
    challenger_loss: float


def fit(
    log: AnswerLog, current: SkillParameters, progress: Callable[[str], None], seed: int = 0
) -> Fitted:
    """What the answers of ``log`` make of the parameters, tried against ``current``."""
    rng = np.random.default_rng(seed)
    is_held_out = (rng.random(int(log.learner.max()) + 1) < HELD_OUT_SHARE)[log.learner]
    prior = np.array([difficulty_prior(each.difficulty or 3) for each in log.items])
    known = current.items
    champion = np.array(
        [
            known[each.key].difficulty if each.key in known else prior[n]
            for n, each in enumerate(log.items)
        ]
    )
    progress("item difficulties on all but the held-out learners")
    challenger = _difficulties(log, prior, ~is_held_out)
    losses = [_loss(log, each, is_held_out) for each in (champion, challenger)]
    final = _difficulties(log, prior, np.ones(len(log), dtype=bool))
    found = {
        each.key: ItemParameters(float(final[n]), current.item_variance)
        for n, each in enumerate(log.items)
    }
    return Fitted(replace(current, items=found), "item difficulties only", *losses)


def _difficulties(log: AnswerLog, prior: Floats, rows: Bools) -> Floats:
    """Each item's prior, drawn to the logit of its share of wrong answers among ``rows``."""
    count = np.bincount(log.item[rows], minlength=len(prior))
    right = np.bincount(log.item[rows], weights=log.score[rows], minlength=len(prior))
    wrong: Floats = np.log((count - right + 1) / (right + 1))
    weight = count / (count + PRIOR_ANSWERS)
    return weight * wrong + (1 - weight) * prior


def _loss(log: AnswerLog, difficulties: Floats, rows: Bools) -> float:
    right = 1 / (1 + np.exp(difficulties[log.item[rows]]))
    score = log.score[rows]
    return float(-np.mean(score * np.log(right) + (1 - score) * np.log(1 - right)))
