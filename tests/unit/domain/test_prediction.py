"""How likely an answer is right: the filter at its word, and as read out."""

from datetime import timedelta

import pytest

from quizapp.domain.mastery import NodeBelief
from quizapp.domain.prediction import Question, lasting_facts, predict, with_moment
from quizapp.domain.read_out import PLAIN, Facts, ItemHistory, ReadOut
from quizapp.domain.skill_model import SkillModel
from quizapp.domain.skill_parameters import ItemParameters, SkillParameters
from tests.unit.domain.answering import BAYES, COUNTING, HISTORY, START, TREES, after


def reading(**weights: float) -> SkillModel:
    """The built-in model, whose read-out has these weights beside that of the margin."""
    values = Facts()._replace(**weights)
    return SkillModel(SkillParameters(read_out=ReadOut((0.0, 1.0, *values))))


def test_someone_unknown_is_even_on_a_question_of_middle_difficulty() -> None:
    assert predict({}, Question((BAYES,), 3, 0.0), START) == 0.5


def test_guessing_lifts_a_prediction_from_its_floor() -> None:
    assert predict({}, Question((BAYES,), 3, 0.25), START) == 0.625


def test_predictions_are_those_of_the_research_prototype() -> None:
    """Numbers: the NumPy prototype of this model, before each answer of HISTORY."""
    predictions = [
        predict(
            after(HISTORY[:index]),
            Question(skills, difficulty, guess),
            START + timedelta(seconds=seconds),
        )
        for index, (skills, _, difficulty, guess, seconds) in enumerate(HISTORY)
    ]

    expected = [0.625, 0.430507, 0.726940, 0.890149, 0.156820, 0.422375]
    assert predictions == pytest.approx(expected, abs=1e-6)


def test_harder_questions_are_less_likely_right() -> None:
    chances = [
        predict({}, Question((BAYES,), difficulty, 0.0), START) for difficulty in range(1, 6)
    ]

    assert chances == sorted(chances, reverse=True)


def test_a_fitted_item_is_as_hard_as_its_answers_say() -> None:
    model = SkillModel(SkillParameters(items={"7": ItemParameters(2.0, 0.1)}))

    fitted = predict({}, Question((BAYES,), 1, 0.0, item="7"), START, model)

    assert fitted < 0.2 < predict({}, Question((BAYES,), 1, 0.0, item="8"), START, model)


def test_an_item_that_nobody_judged_is_as_hard_as_its_set_of_skills() -> None:
    numbers = SkillParameters(skills={BAYES: 1.0}, skill_sets={f"{BAYES};{COUNTING}": -1.0})

    assert numbers.expected_difficulty((BAYES,)) == 1.0
    assert numbers.expected_difficulty((COUNTING, BAYES)) == -1.0
    assert numbers.expected_difficulty((BAYES, TREES)) == 0.5


def test_wins_on_the_item_itself_lift_a_prediction_that_is_read_so() -> None:
    question = Question((BAYES,), 3, 0.0, history=ItemHistory(2.0, 0.0, 1.0))

    assert predict({}, question, START, reading(item_wins=1.0)) == pytest.approx(0.75)


def test_facts_of_a_learner_are_those_of_the_answers() -> None:
    facts = lasting_facts(after(HISTORY), (BAYES, COUNTING), START + timedelta(seconds=1_040_400))

    # On Bayes 2 wins and 2 fails, on counting 1 and 1; the last ones right, 1 and 49 hours ago;
    # after the last on counting came one elsewhere.
    assert facts.skill_wins == pytest.approx((1.0986123 + 0.6931472) / 2)
    assert facts.skill_fails == pytest.approx((1.0986123 + 0.6931472) / 2)
    assert facts.skill_last == 1.0
    assert facts.skill_hours == pytest.approx((0.6931472 + 3.9116950) / 2, abs=0.02)
    assert facts.skill_lag == pytest.approx(0.6931472 / 2)
    assert facts.skill_is_new == 0.0


def test_a_skill_that_only_came_before_others_is_new() -> None:
    beliefs = {BAYES: NodeBelief(0.1, 0.5, updated_at=START, updated_after=1)}

    assert lasting_facts(beliefs, (BAYES,), START).skill_is_new == 1.0


def test_facts_of_the_moment_are_of_the_answer_just_before() -> None:
    beliefs, now = after(HISTORY), START + timedelta(seconds=1_036_860)

    on_bayes, on_trees = (with_moment(Facts(), beliefs, (skill,), now) for skill in (BAYES, TREES))

    assert on_bayes.pause == pytest.approx(4.1108739)  # log 61
    assert on_bayes.surprise == beliefs[""].surprise != 0.0
    assert (on_bayes.is_same_skill, on_trees.is_same_skill) == (1.0, 0.0)
    assert on_bayes.surprise_on_same_skill == on_bayes.surprise


def test_a_read_out_needs_a_weight_for_each_fact() -> None:
    with pytest.raises(ValueError, match="weights"):
        ReadOut((0.0, 1.0))


def test_parameters_are_read_back_as_they_were_written() -> None:
    numbers = SkillParameters(
        items={"7": ItemParameters(1.0, 0.2, 0.9)}, skills={BAYES: 0.3}, read_out=PLAIN
    )

    assert SkillParameters.parse(numbers.document()) == numbers


def test_parameters_of_another_format_are_refused() -> None:
    with pytest.raises(ValueError, match="another version"):
        SkillParameters.parse({**SkillParameters().document(), "format": 0})
