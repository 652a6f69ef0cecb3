"""Fitting: what is found again, how far answers carry, and what stays as it was."""

from dataclasses import replace

import numpy as np
import pytest

from quizapp.domain.read_out import PLAIN
from quizapp.domain.skill_parameters import COLD
from quizapp.fitting.encoding import of_learners
from quizapp.fitting.fit import fit, rung
from quizapp.fitting.predicting import log_loss, predictions
from quizapp.fitting.trial import try_challenger
from tests.unit.fitting.logs import make_log


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (0, "item difficulties"),
        (499, "item difficulties"),
        (500, "cautious numbers"),
        (9_999, "cautious numbers"),
        (10_000, "everything"),
    ],
)
def test_the_more_answers_the_more_is_fitted(answers: int, expected: str) -> None:
    assert rung(answers) == expected


def test_few_answers_change_items_only() -> None:
    found = fit(make_log(400), {}, COLD)

    assert found.rung == "item difficulties"
    assert replace(found.parameters, items={}, skills={}, skill_sets={}, item_variance=0.5) == COLD


def test_the_middle_rung_takes_the_filter_at_its_word() -> None:
    found = fit(make_log(1_500, learners=40), {}, COLD)

    assert found.rung == "cautious numbers"
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


def test_a_challenger_that_foretells_better_is_fitted_to_all() -> None:
    log = make_log(1_500, learners=40)

    tried = try_challenger(log, {}, COLD, lambda _: None, 0)

    assert tried.challenger_loss < tried.champion_loss
    assert tried.challenger == fit(log, {}, COLD)


def test_a_challenger_that_is_no_better_is_told_so() -> None:
    log = make_log(1_500, learners=40)
    champion = fit(log, {}, COLD).parameters  # it has seen those who are held out

    tried = try_challenger(log, {}, champion, lambda _: None, 0)

    assert tried.champion_loss < tried.challenger_loss
    assert tried.challenger.parameters != champion


def test_a_challenger_is_published_as_far_as_it_was_judged() -> None:
    log = make_log(600, learners=30)  # without the held-out fifth, below 500 answers

    tried = try_challenger(log, {}, COLD, lambda _: None, 0)

    assert tried.challenger.rung == "item difficulties"
