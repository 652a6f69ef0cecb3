"""The smallest fit: how hard each item is."""

import numpy as np
import pytest

from quizapp.domain.skill_parameters import COLD
from quizapp.fitting import fit
from quizapp.fitting.answer_log import AnswerLog, LoggedItem

LEARNERS = 50


def log_of(*shares_right: float) -> AnswerLog:
    """Each learner answers each item once; of each item that share of learners is right."""
    items = len(shares_right)
    learner = np.repeat(np.arange(LEARNERS, dtype=np.int32), items)
    item = np.tile(np.arange(items, dtype=np.int32), LEARNERS)
    share = np.array(shares_right)[item]
    return AnswerLog(
        learner=learner,
        item=item,
        skills=np.zeros_like(item),
        seconds=np.zeros(len(item)),
        score=np.where((learner * 7) % LEARNERS < share * LEARNERS, 1.0, 0.0),
        items=tuple(LoggedItem(str(number), 4, 0.0) for number in range(items)),
        skill_sets=(("ml.models.trees",),),
    )


def test_an_item_that_few_get_right_is_hard() -> None:
    found = fit(log_of(0.9, 0.1), COLD, lambda _: None)

    easy, hard = (found.parameters.items[key].difficulty for key in "01")
    assert easy < -1
    assert hard > 1
    assert found.challenger_loss < found.champion_loss


def test_what_is_live_already_is_no_worse() -> None:
    log = log_of(0.9, 0.1)
    live = fit(log, COLD, lambda _: None).parameters

    again = fit(log, live, lambda _: None)

    assert again.champion_loss <= again.challenger_loss


def test_the_same_seed_holds_out_the_same_learners() -> None:
    log = log_of(0.8, 0.4)
    losses = [fit(log, COLD, lambda _: None, seed).champion_loss for seed in (1, 1, 2)]

    assert losses[0] == losses[1]
    assert losses[2] != pytest.approx(losses[0], abs=1e-12)
