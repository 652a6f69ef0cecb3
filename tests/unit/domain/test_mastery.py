"""Beliefs about skills: what an answer changes, what it predicts, and words for estimates."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain import mastery
from quizapp.domain.mastery import Estimate, Observation
from quizapp.domain.skill_model import SkillModel
from quizapp.domain.skill_parameters import ItemParameters, SkillParameters
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
    observe,
)

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


# --- prerequisites and fitted numbers ---------------------------------------------------------


def test_an_answer_is_evidence_of_what_comes_before_its_skill_but_no_answer_on_it() -> None:
    model = SkillModel(requires={BAYES: (COUNTING,)})

    before = mastery.update({}, observe(((BAYES,), 0.0, 3, 0.0, 0.0)), model)[COUNTING]

    assert before.mean < 0.0
    assert before.answers == 0
    assert before.answered_at is None


def test_what_was_answered_on_a_skill_stays_when_it_comes_before_another() -> None:
    model = SkillModel(requires={BAYES: (COUNTING,)})
    beliefs = mastery.update({}, observe(((COUNTING,), 1.0, 3, 0.0, 0.0)), model)

    after_both = mastery.update(beliefs, observe(((BAYES,), 0.0, 3, 0.0, 60.0)), model)[COUNTING]

    assert after_both.answers == 1
    assert after_both.answered_after == 1
    assert after_both.updated_after == 2


def test_a_trend_is_a_running_mean_of_surprises() -> None:
    beliefs = after([((BAYES,), 1.0, 3, 0.0, 0.0), ((BAYES,), 0.0, 3, 0.0, 60.0)])

    first = after([((BAYES,), 1.0, 3, 0.0, 0.0)])[BAYES]

    assert first.surprise == 0.5
    assert first.trend == pytest.approx(0.3 * 0.5)
    assert beliefs[BAYES].trend == pytest.approx(0.7 * first.trend + 0.3 * beliefs[BAYES].surprise)


def test_an_item_that_tells_more_moves_beliefs_further() -> None:
    items = {"dull": ItemParameters(0.0, 0.1, 0.5), "sharp": ItemParameters(0.0, 0.1, 1.5)}
    model = SkillModel(SkillParameters(items=items))

    dull, sharp = (
        mastery.update({}, Observation((BAYES,), 1.0, 3, 0.0, START, item), model)[BAYES]
        for item in items
    )

    assert sharp.mean > dull.mean
    assert sharp.variance < dull.variance
