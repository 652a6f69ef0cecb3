"""How well somebody knows what they know."""

from math import sqrt

import pytest

from quizapp.domain.calibration import NORMAL_QUANTILE_90, STATED, Step, Tally, calibrate
from quizapp.domain.scoring_rules import CONFIDENCES, confident_share


def test_each_step_stands_for_what_it_is_the_best_to_say_at() -> None:
    for percent in range(1, 100):
        chance = percent / 100
        best = max(CONFIDENCES, key=lambda level: confident_share(chance, level))
        assert STATED[best].low <= chance <= STATED[best].high


def test_answers_are_counted_by_what_was_said_the_surest_first() -> None:
    found = calibrate([Tally(1, 0.0, 2), Tally(3, 1.0, 14), Tally(3, 0.0, 5), Tally(3, 0.5, 1)])

    assert [(step.name, step.answers, step.right) for step in found.steps] == [
        ("Sure", 20, 14.5),
        ("Guessing", 2, 0.0),
    ]
    assert found.answers == 22


def test_the_range_of_a_share_holds_what_does_not_make_it_a_surprise() -> None:
    """By definition of Wilson's interval: at its ends the share is z standard errors away."""
    share = Step(3, 10, 7.0).share

    for end in (share.low, share.high):
        standard_error = sqrt(end * (1 - end) / 10)
        assert abs(share.value - end) == pytest.approx(NORMAL_QUANTILE_90 * standard_error)


@pytest.mark.parametrize(("answers", "right"), [(1, 0.0), (1, 1.0), (3, 0.5), (400, 400.0)])
def test_a_share_lies_in_its_range(answers: int, right: float) -> None:
    share = Step(2, answers, right).share

    assert 0.0 <= share.low <= share.value <= share.high <= 1.0
    assert share.low < share.high


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        (Step(3, 20, 10.0), "too sure"),
        (Step(3, 20, 14.0), "well judged"),
        (Step(3, 20, 20.0), "well judged"),
        (Step(2, 30, 30.0), "not sure enough"),
        (Step(1, 20, 18.0), "not sure enough"),
        (Step(3, 4, 0.0), "too few"),
    ],
)
def test_a_verdict_needs_the_whole_range(step: Step, verdict: str) -> None:
    assert step.verdict == verdict


def test_the_score_is_the_mean_squared_distance() -> None:
    found = calibrate([Tally(3, 1.0, 9), Tally(3, 0.0, 1)])

    assert found.brier is not None
    assert found.brier.value == pytest.approx((9 * 0.1**2 + 0.9**2) / 10)
    assert found.brier.low < found.brier.value < found.brier.high


def test_few_answers_have_no_score() -> None:
    assert calibrate([Tally(3, 1.0, 9)]).brier is None
    assert calibrate([]).steps == []
