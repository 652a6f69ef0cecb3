"""Fitting: what is found again, how far answers carry, and what stays as it was."""

from dataclasses import replace

import numpy as np
import pytest

from quizapp.domain.read_out import PLAIN
from quizapp.domain.skill_parameters import COLD
from quizapp.fitting.encoding import of_learners
from quizapp.fitting.fit import fit, log_loss, predictions, rung
from tests.fitting.logs import make_log


@pytest.mark.parametrize(
    ("answers", "expected"),
    [(0, "items"), (499, "items"), (500, "cautious"), (9_999, "cautious"), (10_000, "all")],
)
def test_the_more_answers_the_more_is_fitted(answers: int, expected: str) -> None:
    assert rung(answers) == expected


def test_few_answers_change_items_only() -> None:
    found = fit(make_log(400), {}, COLD)

    assert found.rung == "items"
    assert replace(found.parameters, items={}, skills={}, skill_sets={}, item_variance=0.5) == COLD


def test_the_middle_rung_takes_the_filter_at_its_word() -> None:
    found = fit(make_log(1_500, learners=40), {}, COLD)

    assert found.rung == "cautious"
    assert found.parameters.read_out == PLAIN
    assert found.parameters.skill != COLD.skill


def test_difficulties_are_found_again() -> None:
    log = make_log(12_000, learners=300, items=40)

    found = fit(log, {}, COLD).parameters.items

    difficulty = [found[item.key].difficulty for item in log.items]
    assert np.corrcoef(difficulty, np.arange(40))[0, 1] > 0.97


def test_a_fit_expects_learners_that_it_never_saw_better_than_the_cold_start() -> None:
    log = make_log(12_000, learners=300, items=40)
    seen, unseen = (
        of_learners(log, np.arange(*ends, dtype=np.int32)) for ends in ((0, 240), (240, 300))
    )

    found = fit(seen, {}, COLD)

    fitted, cold = (
        log_loss(unseen.score, predictions(unseen, {}, each)) for each in (found.parameters, COLD)
    )
    assert fitted < cold - 0.02


def test_the_same_log_gives_the_same_parameters() -> None:
    log = make_log(1_000, learners=20)

    assert fit(log, {}, COLD, seed=1) == fit(log, {}, COLD, seed=1)


def test_one_learner_is_too_few() -> None:
    with pytest.raises(ValueError, match="at least two"):
        fit(make_log(50, learners=1), {}, COLD)
