"""The equations of the skill model, one by one."""

from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain import skill_model
from quizapp.domain.skill_model import COLD_MODEL, Loading, SkillModel
from quizapp.domain.skill_parameters import COLD

scores = st.floats(0.0, 1.0)
margins = st.floats(-40.0, 40.0)
variances = st.floats(0.0, 20.0)


def test_a_question_of_one_skill_loads_fully_on_every_place_above_it() -> None:
    loadings = COLD_MODEL.loadings(("math.probability.bayes",))

    assert loadings == (
        Loading("", 1.0, COLD.root),
        Loading("math.probability.bayes", 1.0, COLD.skill),
        Loading("math.probability", 1.0, COLD.group),
        Loading("math", 1.0, COLD.group),
    )


def test_skills_share_a_question_and_places_above_add_up_their_shares() -> None:
    loadings = COLD_MODEL.loadings(("math.probability.bayes", "math.statistics.tests"))

    assert {loading.node: loading.share for loading in loadings} == {
        "": 1.0,
        "math.probability.bayes": 0.5,
        "math.statistics.tests": 0.5,
        "math.probability": 0.5,
        "math.statistics": 0.5,
        "math": 1.0,
    }


def test_what_comes_before_a_skill_shares_a_part_of_the_question() -> None:
    model = SkillModel(requires={"math.probability.bayes": ("math.a.b", "math.a.c")})

    before = [each for each in model.loadings(("math.probability.bayes",)) if not each.is_counted]

    assert before == [
        Loading("math.a.b", 0.15, COLD.skill, is_counted=False),
        Loading("math.a.c", 0.15, COLD.skill, is_counted=False),
    ]


def test_a_skill_of_the_question_is_not_counted_twice_as_coming_before() -> None:
    model = SkillModel(requires={"math.a.c": ("math.a.b",)})

    nodes = [each.node for each in model.loadings(("math.a.b", "math.a.c"))]

    assert sorted(nodes) == ["", "math", "math.a", "math.a.b", "math.a.c"]


def test_a_question_without_a_skill_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one skill"):
        COLD_MODEL.loadings(())


def test_difficulties_are_evenly_spaced_about_the_middle() -> None:
    logits = [skill_model.difficulty_prior(difficulty) for difficulty in range(1, 6)]

    assert logits == [-1.6, -0.8, 0.0, 0.8, 1.6]


@pytest.mark.parametrize("difficulty", [0, 6])
def test_a_difficulty_off_the_scale_is_refused(difficulty: int) -> None:
    with pytest.raises(KeyError):
        skill_model.difficulty_prior(difficulty)


def test_everything_is_kept_at_once() -> None:
    assert skill_model.retention(COLD.skill, 0.0, 0) == 1.0


def test_twenty_responses_elsewhere_fade_a_skill_as_one_day_does() -> None:
    assert skill_model.retention(COLD.skill, 0.0, 20) == skill_model.retention(COLD.skill, 1.0, 0)


def test_forgetting_follows_a_power_of_time() -> None:
    assert skill_model.retention(COLD.skill, 1023.0, 0) == pytest.approx(0.5)


def test_the_learner_as_a_whole_fades_more_slowly_than_a_skill() -> None:
    assert skill_model.retention(COLD.root, 30.0, 0) > skill_model.retention(COLD.skill, 30.0, 0)


def test_a_clock_that_went_back_fades_nothing() -> None:
    assert skill_model.retention(COLD.skill, -5.0, -5) == 1.0


def test_doubt_pulls_the_expected_score_towards_a_half() -> None:
    # MacKay 1992: K = sqrt(1 + pi/8 * 2) = 1.3362; 1 / (1 + exp(-1 / 1.3362)) = 0.6788
    assert skill_model.expected_score(1.0, 2.0, 0.0) == pytest.approx(0.6788, abs=5e-5)


def test_the_approximation_stays_near_the_true_mean_of_the_logistic_function() -> None:
    # the mean of the logistic function of N(2, 1.5), by midpoints over 8 standard deviations
    draws = [(step + 0.5) / 100.0 - 8.0 for step in range(1600)]
    weights = [2.718281828 ** (-draw * draw / 2.0) for draw in draws]
    values = [skill_model.logistic(2.0 + draw * 1.5**0.5) for draw in draws]
    mean = sum(w * value for w, value in zip(weights, values, strict=True)) / sum(weights)

    assert skill_model.expected_score(2.0, 1.5, 0.0) == pytest.approx(mean, abs=0.01)


@settings(max_examples=40)
@given(margin=margins, variance=variances, guess=scores)
def test_nobody_is_expected_below_the_guess_floor(
    margin: float, variance: float, guess: float
) -> None:
    assert guess <= skill_model.expected_score(margin, variance, guess) <= 1.0


def test_without_guessing_a_step_is_glickmans() -> None:
    # e = log 3, so P = 3/4 and G = 3/16: r = (1/4) / (1 + 3/16 * 2), c = (3/16) / (1 + 3/16 * 2)
    gain, certainty = skill_model.correction(1.0, log(3.0), 2.0, 0.0)

    assert gain == pytest.approx(2 / 11)
    assert certainty == pytest.approx(3 / 22)


def test_a_right_answer_tells_less_where_it_may_be_a_guess() -> None:
    plain = skill_model.correction(1.0, 0.0, 1.0, 0.0)
    guessed = skill_model.correction(1.0, 0.0, 1.0, 0.25)

    assert 0.0 < guessed.gain < plain.gain
    assert guessed.certainty < plain.certainty


@settings(max_examples=40)
@given(margin=margins, variance=variances, guess=scores, score=scores)
def test_partial_credit_moves_beliefs_between_wrong_and_right(
    margin: float, variance: float, guess: float, score: float
) -> None:
    wrong, partial, right = (
        skill_model.correction(each, margin, variance, guess).gain for each in (0.0, score, 1.0)
    )

    assert wrong <= partial <= right
    assert wrong <= 0.0 <= right


@settings(max_examples=40)
@given(margin=margins, variance=variances, guess=scores)
def test_certainty_never_exceeds_the_doubt_there_is(
    margin: float, variance: float, guess: float
) -> None:
    assert 0.0 <= skill_model.correction(1.0, margin, variance, guess).certainty * variance < 1.0
