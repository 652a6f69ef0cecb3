"""What is believed at one moment: estimates of skills and groups, and how sure they are."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain import mastery
from quizapp.domain.outlook import Outlook
from tests.unit.domain.answering import (
    BAYES,
    COUNTING,
    HISTORY,
    START,
    TREES,
    Answer,
    after,
    answers_on,
    histories,
)

# --- estimate ---------------------------------------------------------------------------------


def test_an_untried_skill_is_a_coin_toss_with_a_wide_range() -> None:
    estimate = Outlook({}, START).estimate(BAYES)

    assert estimate.value == 0.5
    assert estimate.high - estimate.low > 0.7
    assert (estimate.answers, estimate.wins, estimate.last_answered_at) == (0, 0.0, None)


@pytest.mark.parametrize(
    ("skill", "value", "low", "high"),
    [
        (BAYES, 0.557014, 0.171252, 0.895864),
        (COUNTING, 0.589735, 0.193791, 0.912160),
        (TREES, 0.647870, 0.246317, 0.934421),
    ],
)
def test_estimates_a_month_on_are_those_of_the_research_prototype(
    skill: str, value: float, low: float, high: float
) -> None:
    """Numbers: the NumPy prototype of this model, 30 days after the start, range 1.2 times 80 %."""
    estimate = Outlook(after(HISTORY), START + timedelta(days=30)).estimate(skill)

    found = (estimate.value, estimate.low, estimate.high)
    assert found == pytest.approx((value, low, high), abs=1e-6)


def test_an_estimate_names_its_evidence() -> None:
    estimate = Outlook(after(HISTORY), START + timedelta(days=30)).estimate(BAYES)

    assert (estimate.answers, estimate.wins) == (4, 2.0)
    assert estimate.last_answered_at == START + timedelta(days=12)


def test_answers_narrow_the_range() -> None:
    few, many = (
        Outlook(after(answers_on(BAYES, [1.0, 0.0] * pairs)), START).estimate(BAYES)
        for pairs in (1, 10)
    )

    assert many.high - many.low < few.high - few.low


def test_time_widens_the_range_and_pulls_the_estimate_back() -> None:
    beliefs = after(answers_on(BAYES, [1.0] * 6))

    soon = Outlook(beliefs, START + timedelta(hours=1)).estimate(BAYES)
    late = Outlook(beliefs, START + timedelta(days=60)).estimate(BAYES)

    assert 0.5 < late.value < soon.value
    assert late.high - late.low > soon.high - soon.low


@settings(max_examples=25)
@given(histories, st.floats(0.0, 5.0), st.floats(0.01, 5.0), st.floats(0.0, 1e9))
def test_an_estimate_lies_in_its_range_and_the_range_between_0_and_1(
    history: list[Answer], some: float, more: float, seconds: float
) -> None:
    now = START + timedelta(seconds=seconds)

    group = Outlook(after(history), now).estimate_group({BAYES: some, TREES: more})

    assert 0.0 <= group.low <= group.value <= group.high <= 1.0


# --- estimate_group ---------------------------------------------------------------------------


def test_a_group_of_one_is_that_skill() -> None:
    beliefs = after(HISTORY)

    assert Outlook(beliefs, START).estimate_group({BAYES: 2.5}) == Outlook(beliefs, START).estimate(
        BAYES
    )


def test_a_group_is_the_weighted_mean_of_its_skills() -> None:
    beliefs = after(HISTORY)
    bayes, trees = (Outlook(beliefs, START).estimate(skill) for skill in (BAYES, TREES))

    group = Outlook(beliefs, START).estimate_group({BAYES: 3.0, TREES: 1.0})

    assert group.value == pytest.approx((3 * bayes.value + trees.value) / 4)
    assert group.answers == bayes.answers + trees.answers
    assert group.last_answered_at == bayes.last_answered_at


def test_doubt_about_each_skill_averages_out_but_shared_doubt_remains() -> None:
    """With n untried skills of one area V falls from 2.1 towards the shared 0.9 + 0.3 + 0.3."""
    skills = {f"math.probability.skill-{index}": 1.0 for index in range(400)}

    alone = Outlook({}, START).estimate(BAYES)
    group = Outlook({}, START).estimate_group(skills)

    # logistic(1.2816 * 1.2 * sqrt(V) / sqrt(1 + pi/8 * 0.5)) with V = 2.1 and 1.5 + 0.6/400
    assert alone.high == pytest.approx(0.88469, abs=1e-5)
    assert group.high == pytest.approx(0.84851, abs=1e-5)


def test_a_group_of_several_banks_is_surer_than_one_of_a_single_area() -> None:
    one_area = Outlook({}, START).estimate_group({BAYES: 1.0, COUNTING: 1.0})
    two_banks = Outlook({}, START).estimate_group({BAYES: 1.0, TREES: 1.0})

    assert two_banks.high - two_banks.low < one_area.high - one_area.low


@pytest.mark.parametrize("weights", [{}, {BAYES: 0.0}])
def test_a_group_without_weight_is_refused(weights: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="weight above 0"):
        Outlook({}, START).estimate_group(weights)


def test_an_answer_tells_most_about_its_skill_then_its_area_bank_and_everything_else() -> None:
    beliefs = after(answers_on(BAYES, [1.0, 1.0, 1.0]))
    skills = (BAYES, COUNTING, "math.calculus.derivatives", TREES)

    values = [Outlook(beliefs, START).estimate(skill).value for skill in skills]

    assert values == sorted(values, reverse=True)
    assert len(set(values)) == 4
    assert values[-1] > 0.5


def test_a_dozen_right_answers_make_a_skill_strong_and_three_wrong_ones_weak() -> None:
    strong = after(answers_on(BAYES, [1.0] * 12))
    weak = after(answers_on(BAYES, [0.0] * 3))

    assert mastery.label(Outlook(strong, START).estimate(BAYES)) == "strong"
    assert mastery.label(Outlook(weak, START).estimate(BAYES)) == "weak"
