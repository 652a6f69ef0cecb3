"""Facts about one skill that a recommendation is made from."""

from datetime import UTC, datetime, timedelta

from quizapp.domain.mastery import Estimate
from quizapp.domain.skill_standing import PastAnswer, SkillStanding

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


def past(score: float, seconds: float | None = 60.0, days_ago: int = 0) -> PastAnswer:
    at = NOW - timedelta(days=days_ago)
    return PastAnswer(score, at, seconds, 90.0, 1, 1)


def standing(*responses: PastAnswer) -> SkillStanding:
    estimate = Estimate(0.6, 0.4, 0.8, len(responses), 0.0, NOW)
    return SkillStanding(
        "math.probability.bayes", "Bayes", 2.0, "entry", estimate, 0.6, (), responses, 20, 90.0
    )


def test_an_answer_with_less_than_half_its_points_is_missed() -> None:
    assert past(0.49).is_missed
    assert not past(0.5).is_missed


def test_only_full_points_are_right_though_thirds_may_not_add_up() -> None:
    assert past(1 / 3 + 1 / 3 + 1 / 3 - 1e-12).is_right
    assert not past(0.99).is_right


def test_only_the_last_five_answers_are_recent() -> None:
    found = standing(past(0.0), *[past(1.0)] * 3, past(0.0), past(0.0), past(0.0))

    assert found.recent_misses == 2


def test_a_skill_knows_which_answer_was_missed_last() -> None:
    last = past(0.0, days_ago=3)

    assert standing(past(1.0, days_ago=1), last, past(0.0, days_ago=8)).missed_last == last


def test_a_skill_without_recent_misses_has_no_such_answer() -> None:
    assert standing(past(1.0)).missed_last is None


def test_slowness_is_judged_by_the_median_right_answer() -> None:
    found = standing(past(1.0, 160.0), past(1.0, 50.0), past(1.0, 9000.0), past(0.0, 5000.0))

    assert [each.seconds for each in found.slow_answers] == [9000.0, 160.0, 50.0]


def test_of_four_the_slower_middle_one_does_not_decide_alone() -> None:
    assert standing(*map(past, [1.0] * 4, [400.0, 300.0, 60.0, 60.0])).slow_answers == ()


def test_two_slow_answers_are_too_few_to_judge() -> None:
    assert standing(past(1.0, 500.0), past(1.0, 500.0), past(1.0, None)).slow_answers == ()


def test_a_little_over_the_expected_time_is_not_slow() -> None:
    assert standing(*[past(1.0, 130.0)] * 5).slow_answers == ()
