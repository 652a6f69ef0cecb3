"""What responses count for: penalties, partial credit, confidence."""

from random import Random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from quizapp.domain.question import QuestionType
from quizapp.domain.question_types import question_types
from quizapp.domain.scoring import ScoredResponse, total
from quizapp.domain.scoring_rules import (
    NO_RULES,
    GradedResponse,
    ScoringRules,
    choices,
    confident_share,
    of_plan,
    points_of,
    sentences,
)

GUESSES = 4_000
PENALTY = ScoringRules(guessing_penalty=True)
SCORED = ScoringRules(confidence="scored")
RULES = st.builds(
    ScoringRules,
    points=st.sampled_from(["own", "equal"]),
    partial_credit=st.booleans(),
    confidence=st.sampled_from(["ask", None]),
    guessing_penalty=st.booleans(),
) | st.builds(ScoringRules, confidence=st.just("scored"), partial_credit=st.booleans())
SHARES = st.integers(0, 12).map(lambda twelfths: twelfths / 12)
RESPONSES = st.builds(
    GradedResponse,
    score=SHARES,
    max_points=st.sampled_from([0.5, 1.0, 2.0, 3.0]),
    guess=st.sampled_from([0.0, 0.2, 0.25, 0.5, 2 / 3]),
    is_answered=st.booleans(),
    confidence=st.sampled_from([None, 1, 2, 3]),
)
GUESSABLE = [
    pytest.param(question, id=f"{kind}-{number}")
    for kind, question_type in question_types().items()
    for number, example in enumerate(question_type.examples)
    if (question := question_type.parse(example.fields)).guess_score > 0
]


def graded(score: float, guess: float = 0.25, confidence: int | None = None) -> GradedResponse:
    """An answer to a question of 1 point."""
    return GradedResponse(score, 1.0, guess, is_answered=True, confidence=confidence)


def mean_of_guesses(question: QuestionType, rules: ScoringRules) -> float:
    shown, rng = question.render(), Random(8)
    scores = (question.grade(shown.guess(rng)).score or 0.0 for _ in range(GUESSES))
    return fmean(points_of(graded(score, question.guess_score), rules) for score in scores)


@given(RESPONSES)
def test_without_rules_a_response_counts_its_score_times_its_points(given: GradedResponse) -> None:
    score = given.score if given.is_answered else 0.0

    assert points_of(given, NO_RULES) == score * given.max_points


@given(RESPONSES, RULES)
def test_blank_costs_nothing_and_earns_nothing(given: GradedResponse, rules: ScoringRules) -> None:
    worth = points_of(given, rules)

    assert given.is_answered or worth == 0
    assert -2 * given.max_points <= worth <= given.max_points


@given(RESPONSES, RULES)
def test_a_full_score_that_is_sure_counts_in_full(
    given: GradedResponse, rules: ScoringRules
) -> None:
    full = GradedResponse(1.0, given.max_points, given.guess, is_answered=True, confidence=3)

    assert points_of(full, rules) == given.max_points


@given(RESPONSES, SHARES, RULES)
def test_a_better_answer_never_counts_less(
    given: GradedResponse, better: float, rules: ScoringRules
) -> None:
    low, high = sorted((given.score, better))
    rest = (given.max_points, given.guess, given.is_answered, given.confidence)

    assert points_of(GradedResponse(low, *rest), rules) <= points_of(
        GradedResponse(high, *rest), rules
    )


@given(RESPONSES, RULES)
def test_without_partial_credit_nothing_counts_more(
    given: GradedResponse, rules: ScoringRules
) -> None:
    strict = rules.model_copy(update={"partial_credit": False})
    generous = rules.model_copy(update={"partial_credit": True})

    assert points_of(given, strict) <= points_of(given, generous)
    assert points_of(given, strict) <= 0 or given.score == 1


@given(st.lists(RESPONSES, max_size=20), RULES)
def test_a_total_lies_between_nothing_and_the_maximum(
    responses: list[GradedResponse], rules: ScoringRules
) -> None:
    score = total(
        ScoredResponse(each.score, each.max_points, each.is_answered, points_of(each, rules))
        for each in responses
    )

    assert 0 <= score.points <= score.max_points


# --- The correction for guessing ------------------------------------------------------------------


@pytest.mark.parametrize(("options", "cost"), [(2, 1), (3, 1 / 2), (4, 1 / 3), (5, 1 / 4)])
def test_a_wrong_choice_costs_one_over_the_other_options(options: int, cost: float) -> None:
    assert points_of(graded(0.0, 1 / options), PENALTY) == pytest.approx(-cost)


def test_what_cannot_be_guessed_costs_nothing() -> None:
    assert points_of(graded(0.0, guess=0.0), PENALTY) == 0


@pytest.mark.parametrize("question", GUESSABLE)
def test_guessing_gains_nothing_and_loses_nothing(question: QuestionType) -> None:
    assert mean_of_guesses(question, PENALTY) == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("question", GUESSABLE)
def test_guessing_gains_nothing_without_partial_credit(question: QuestionType) -> None:
    strict = ScoringRules(guessing_penalty=True, partial_credit=False)

    assert mean_of_guesses(question, strict) < 0.1


# --- Confidence -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("confidence", "right", "wrong"),
    [(3, 3, -6), (2, 2, -2), (1, 1, 0), (None, 1, 0)],
)
def test_marks_are_those_of_certainty_based_marking(
    confidence: int | None, right: int, wrong: int
) -> None:
    """A. R. Gardner-Medwin, "Confidence assessment in the teaching of basic science" (1995)."""
    assert 3 * confident_share(1.0, confidence) == pytest.approx(right)
    assert 3 * confident_share(0.0, confidence) == pytest.approx(wrong)


@pytest.mark.parametrize("percent", range(1, 100))
def test_it_pays_off_to_be_sure_from_80_percent_and_to_guess_below_67(percent: int) -> None:
    chance = percent / 100
    expected = {
        level: chance * confident_share(1.0, level) + (1 - chance) * confident_share(0.0, level)
        for level in (1, 2, 3)
    }

    best = max(expected.values())

    wanted = 3 if percent >= 80 else 2 if percent >= 67 else 1
    assert expected[wanted] == pytest.approx(best)
    assert percent == 80 or sum(each > best - 1e-9 for each in expected.values()) == 1


@given(SHARES, st.sampled_from([1, 2, 3]))
def test_a_partly_right_answer_lies_between_as_its_score_does(score: float, level: int) -> None:
    right, wrong = confident_share(1.0, level), confident_share(0.0, level)

    assert confident_share(score, level) == pytest.approx(score * right + (1 - score) * wrong)


def test_without_partial_credit_partly_right_is_wrong() -> None:
    strict = ScoringRules(confidence="scored", partial_credit=False)

    assert points_of(graded(0.9, confidence=3), strict) == -2


def test_a_confidence_that_is_only_asked_counts_nothing() -> None:
    assert points_of(graded(0.0, confidence=3), ScoringRules(confidence="ask")) == 0


def test_the_page_says_what_each_confidence_leads_to() -> None:
    found = [(each.name, each.right, each.wrong) for each in choices(SCORED, 3.0)]

    assert found == [("Sure", 3, -6), ("Fairly sure", 2, -2), ("Guessing", 1, 0)]
    assert choices(NO_RULES, 3.0) == ()
    assert [each.right for each in choices(ScoringRules(confidence="ask"), 3.0)] == [None] * 3


# --- The rules themselves -------------------------------------------------------------------------


def test_a_wrong_answer_does_not_cost_twice() -> None:
    with pytest.raises(ValidationError, match="costs already"):
        ScoringRules(guessing_penalty=True, confidence="scored")


def test_a_plan_from_before_there_were_rules_has_none() -> None:
    assert of_plan({"sections": [], "minutes": None}) == NO_RULES
    assert of_plan({"scoring": SCORED.model_dump(mode="json")}) == SCORED


def test_only_unusual_rules_are_told() -> None:
    assert sentences(NO_RULES) == ()
    assert "never below 0" in sentences(PENALTY)[-1]
    assert len(sentences(ScoringRules(points="equal", partial_credit=False))) == 2


@pytest.mark.parametrize("rules", [PENALTY, SCORED])
def test_who_can_lose_points_is_told_that_the_total_is_not_below_nothing(
    rules: ScoringRules,
) -> None:
    assert sentences(rules)[-1] == "Your total is never below 0."
