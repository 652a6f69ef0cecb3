"""Beliefs about skills: what an answer changes, what an estimate says and how sure it is."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain import mastery
from quizapp.domain.mastery import Estimate, NodeBelief, Observation

START = datetime(2026, 1, 1, tzinfo=UTC)
BAYES = "math.probability.bayes"
COUNTING = "math.probability.counting"
TREES = "ml.classical.trees"

# six answers of one learner: skills, score, difficulty, guess floor, seconds after the start
Answer = tuple[tuple[str, ...], float, int, float, float]
HISTORY: tuple[Answer, ...] = (
    ((BAYES,), 1.0, 3, 0.25, 0.0),
    ((BAYES, COUNTING), 0.0, 4, 0.0, 600.0),
    ((TREES,), 1.0, 2, 0.25, 259_200.0),
    ((BAYES,), 0.0, 1, 0.5, 864_000.0),
    ((COUNTING, TREES), 1.0, 5, 0.0, 864_060.0),
    ((BAYES,), 1.0, 3, 0.0, 1_036_800.0),
)

histories = st.lists(
    st.tuples(
        st.sampled_from([(BAYES,), (COUNTING,), (TREES,), (BAYES, COUNTING), (BAYES, TREES)]),
        st.floats(0.0, 1.0),
        st.integers(1, 5),
        st.sampled_from([0.0, 0.25, 0.5, 1.0]),
        st.floats(0.0, 1e8),
    ),
    max_size=12,
)


def observe(answer: Answer) -> Observation:
    skills, score, difficulty, guess, seconds = answer
    return Observation(skills, score, difficulty, guess, START + timedelta(seconds=seconds))


def after(answers: Sequence[Answer]) -> dict[str, NodeBelief]:
    beliefs: dict[str, NodeBelief] = {}
    for answer in answers:
        beliefs |= mastery.update(beliefs, observe(answer))
    return beliefs


def answers_on(skill: str, scores: Sequence[float]) -> list[Answer]:
    return [((skill,), score, 3, 0.0, 60.0 * index) for index, score in enumerate(scores)]


# --- update -----------------------------------------------------------------------------------


def test_an_answer_changes_its_skills_the_places_above_them_and_the_root_only() -> None:
    beliefs = after(HISTORY)

    changed = mastery.update(beliefs, observe(((BAYES,), 1.0, 3, 0.0, 2e6)))

    assert set(changed) == {BAYES, "math.probability", "math", ""}


def test_beliefs_given_are_left_as_they_were() -> None:
    beliefs = after(HISTORY)
    before = dict(beliefs)

    mastery.update(beliefs, observe(HISTORY[0]))

    assert beliefs == before


@pytest.mark.parametrize(
    ("node", "mean", "variance"),
    [
        ("", 0.335611, 0.577835),
        (BAYES, -0.022950, 0.537253),
        ("math.probability", 0.010275, 0.281490),
        ("math", 0.010275, 0.281490),
        (COUNTING, 0.229630, 0.600451),
        (TREES, 0.409875, 0.584653),
        ("ml.classical", 0.152630, 0.296932),
        ("ml", 0.152630, 0.296932),
    ],
)
def test_beliefs_after_six_answers_are_those_of_the_research_prototype(
    node: str, mean: float, variance: float
) -> None:
    """Numbers: the NumPy prototype of this model, run on HISTORY with its cold parameters."""
    belief = after(HISTORY)[node]

    assert belief.mean == pytest.approx(mean, abs=1e-6)
    assert belief.variance == pytest.approx(variance, abs=1e-6)


def test_wins_and_fails_sum_scores_and_together_count_answers() -> None:
    belief = after(answers_on(BAYES, [1.0, 0.25, 0.1, 0.2, 0.7]))[BAYES]

    assert belief.wins == pytest.approx(2.25)
    assert belief.fails == pytest.approx(2.75)
    assert belief.answers == 5


def test_a_node_remembers_its_last_answer_and_when_it_was_given() -> None:
    beliefs = after(HISTORY)

    assert beliefs[COUNTING].last_correct == 1.0
    assert beliefs[COUNTING].updated_at == START + timedelta(seconds=864_060)
    assert beliefs[COUNTING].updated_after == 5
    assert beliefs[""].updated_after == 6


def test_an_answer_marked_late_moves_no_date_back() -> None:
    beliefs = after(answers_on(BAYES, [1.0, 1.0]))

    changed = mastery.update(beliefs, observe(((BAYES,), 1.0, 3, 0.0, -9e6)))

    assert changed[BAYES].updated_at == beliefs[BAYES].updated_at


@settings(max_examples=25)
@given(histories)
def test_a_variance_is_never_negative_nor_far_above_the_prior(history: list[Answer]) -> None:
    beliefs = after(history)

    assert all(0.0 < belief.variance <= 4 * 0.9 for belief in beliefs.values())


@settings(max_examples=25)
@given(histories)
def test_a_right_answer_never_lowers_a_mean(history: list[Answer]) -> None:
    last = max((seconds for *_, seconds in history), default=0.0)
    right: Answer = ((BAYES,), 1.0, 3, 0.25, last)
    beliefs = after([*history, right])

    changed = mastery.update(beliefs, observe(right))

    assert all(changed[node].mean >= beliefs[node].mean for node in changed)


@settings(max_examples=25)
@given(histories, st.floats(0.0, 1.0))
def test_partial_credit_moves_every_mean_between_wrong_and_right(
    history: list[Answer], score: float
) -> None:
    beliefs = after(history)

    wrong, partial, right = (
        mastery.update(beliefs, observe(((BAYES,), each, 3, 0.25, 1e8))) for each in (0, score, 1)
    )

    for node in right:
        assert wrong[node].mean <= partial[node].mean <= right[node].mean


@pytest.mark.parametrize(
    ("skills", "score", "difficulty", "guess", "message"),
    [
        ((), 1.0, 3, 0.0, "at least one skill"),
        ((BAYES,), 1.1, 3, 0.0, "between 0 and 1"),
        ((BAYES,), 1.0, 3, -0.1, "between 0 and 1"),
        ((BAYES,), 1.0, 6, 0.0, "one of 1 to 5"),
    ],
)
def test_what_cannot_be_an_answer_is_refused(
    skills: tuple[str, ...], score: float, difficulty: int, guess: float, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Observation(skills, score, difficulty, guess, START)


def test_an_answer_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Observation((BAYES,), 1.0, 3, 0.0, START.replace(tzinfo=None))


# --- predict ----------------------------------------------------------------------------------


def test_someone_unknown_is_even_on_a_question_of_middle_difficulty() -> None:
    assert mastery.predict({}, (BAYES,), 3, 0.0, START) == 0.5


def test_guessing_lifts_a_prediction_from_its_floor() -> None:
    assert mastery.predict({}, (BAYES,), 3, 0.25, START) == 0.625


def test_predictions_are_those_of_the_research_prototype() -> None:
    """Numbers: the NumPy prototype of this model, before each answer of HISTORY."""
    predictions = [
        mastery.predict(
            after(HISTORY[:index]), skills, difficulty, guess, START + timedelta(seconds=seconds)
        )
        for index, (skills, _, difficulty, guess, seconds) in enumerate(HISTORY)
    ]

    expected = [0.625, 0.430507, 0.726940, 0.890149, 0.156820, 0.422375]
    assert predictions == pytest.approx(expected, abs=1e-6)


def test_harder_questions_are_less_likely_right() -> None:
    chances = [mastery.predict({}, (BAYES,), difficulty, 0.0, START) for difficulty in range(1, 6)]

    assert chances == sorted(chances, reverse=True)


def test_an_answer_tells_most_about_its_skill_then_its_area_bank_and_everything_else() -> None:
    beliefs = after(answers_on(BAYES, [1.0, 1.0, 1.0]))
    skills = (BAYES, COUNTING, "math.calculus.derivatives", TREES)

    values = [mastery.estimate(beliefs, skill, START).value for skill in skills]

    assert values == sorted(values, reverse=True)
    assert len(set(values)) == 4
    assert values[-1] > 0.5


# --- estimate ---------------------------------------------------------------------------------


def test_an_untried_skill_is_a_coin_toss_with_a_wide_range() -> None:
    estimate = mastery.estimate({}, BAYES, START)

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
    estimate = mastery.estimate(after(HISTORY), skill, START + timedelta(days=30))

    found = (estimate.value, estimate.low, estimate.high)
    assert found == pytest.approx((value, low, high), abs=1e-6)


def test_an_estimate_names_its_evidence() -> None:
    estimate = mastery.estimate(after(HISTORY), BAYES, START + timedelta(days=30))

    assert (estimate.answers, estimate.wins) == (4, 2.0)
    assert estimate.last_answered_at == START + timedelta(days=12)


def test_answers_narrow_the_range() -> None:
    few, many = (
        mastery.estimate(after(answers_on(BAYES, [1.0, 0.0] * pairs)), BAYES, START)
        for pairs in (1, 10)
    )

    assert many.high - many.low < few.high - few.low


def test_time_widens_the_range_and_pulls_the_estimate_back() -> None:
    beliefs = after(answers_on(BAYES, [1.0] * 6))

    soon = mastery.estimate(beliefs, BAYES, START + timedelta(hours=1))
    late = mastery.estimate(beliefs, BAYES, START + timedelta(days=60))

    assert 0.5 < late.value < soon.value
    assert late.high - late.low > soon.high - soon.low


@settings(max_examples=25)
@given(histories, st.floats(0.0, 5.0), st.floats(0.01, 5.0), st.floats(0.0, 1e9))
def test_an_estimate_lies_in_its_range_and_the_range_between_0_and_1(
    history: list[Answer], some: float, more: float, seconds: float
) -> None:
    now = START + timedelta(seconds=seconds)

    group = mastery.estimate_group(after(history), {BAYES: some, TREES: more}, now)

    assert 0.0 <= group.low <= group.value <= group.high <= 1.0


# --- estimate_group ---------------------------------------------------------------------------


def test_a_group_of_one_is_that_skill() -> None:
    beliefs = after(HISTORY)

    assert mastery.estimate_group(beliefs, {BAYES: 2.5}, START) == mastery.estimate(
        beliefs, BAYES, START
    )


def test_a_group_is_the_weighted_mean_of_its_skills() -> None:
    beliefs = after(HISTORY)
    bayes, trees = (mastery.estimate(beliefs, skill, START) for skill in (BAYES, TREES))

    group = mastery.estimate_group(beliefs, {BAYES: 3.0, TREES: 1.0}, START)

    assert group.value == pytest.approx((3 * bayes.value + trees.value) / 4)
    assert group.answers == bayes.answers + trees.answers
    assert group.last_answered_at == bayes.last_answered_at


def test_doubt_about_each_skill_averages_out_but_shared_doubt_remains() -> None:
    """With n untried skills of one area V falls from 2.1 towards the shared 0.9 + 0.3 + 0.3."""
    skills = {f"math.probability.skill-{index}": 1.0 for index in range(400)}

    alone = mastery.estimate({}, BAYES, START)
    group = mastery.estimate_group({}, skills, START)

    # logistic(1.2816 * 1.2 * sqrt(V) / sqrt(1 + pi/8 * 0.5)) with V = 2.1 and 1.5 + 0.6/400
    assert alone.high == pytest.approx(0.88469, abs=1e-5)
    assert group.high == pytest.approx(0.84851, abs=1e-5)


def test_a_group_of_several_banks_is_surer_than_one_of_a_single_area() -> None:
    one_area = mastery.estimate_group({}, {BAYES: 1.0, COUNTING: 1.0}, START)
    two_banks = mastery.estimate_group({}, {BAYES: 1.0, TREES: 1.0}, START)

    assert two_banks.high - two_banks.low < one_area.high - one_area.low


@pytest.mark.parametrize("weights", [{}, {BAYES: 0.0}])
def test_a_group_without_weight_is_refused(weights: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="weight above 0"):
        mastery.estimate_group({}, weights, START)


# --- label ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.2, 0.69, "weak"),
        (0.7, 0.9, "strong"),
        (0.5, 0.8, "fair"),
        (0.4, 0.76, "unknown"),
        (0.1, 0.6, "weak"),
    ],
)
def test_a_label_holds_for_the_whole_range(low: float, high: float, expected: str) -> None:
    estimate = Estimate((low + high) / 2, low, high, 9, 5.0, START)

    assert mastery.label(estimate) == expected


def test_a_label_depends_on_the_target() -> None:
    estimate = Estimate(0.6, 0.5, 0.7, 9, 5.0, START)

    assert mastery.label(estimate, target=0.5) == "strong"
    assert mastery.label(estimate, target=0.8) == "weak"


def test_a_dozen_right_answers_make_a_skill_strong_and_three_wrong_ones_weak() -> None:
    strong = after(answers_on(BAYES, [1.0] * 12))
    weak = after(answers_on(BAYES, [0.0] * 3))

    assert mastery.label(mastery.estimate(strong, BAYES, START)) == "strong"
    assert mastery.label(mastery.estimate(weak, BAYES, START)) == "weak"
