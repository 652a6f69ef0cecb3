"""Which skills to practise next, in which order, and how long."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain.mastery import Estimate
from quizapp.domain.practice_sets import length
from quizapp.domain.recommendation import Recommendation, Setting, recommend, to_find_out
from quizapp.domain.skill_standing import PastAnswer, Prerequisite, SkillStanding

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
SETTING = Setting(NOW, "Machine learning engineer", seconds_elsewhere=60.0)


def estimate(value: float, answers: int = 10, width: float = 0.2) -> Estimate:
    low, high = max(0.0, value - width / 2), min(1.0, value + width / 2)
    return Estimate(value, low, high, answers, value * answers, NOW if answers else None)


def missed(skill: str, value: float = 0.4, answers: int = 50) -> SkillStanding:
    """A skill whose last three answers were missed today."""
    past = PastAnswer(0.0, NOW, 60.0, 90.0, 1, 1)
    known_now = estimate(value, answers)
    return SkillStanding(
        skill, skill.title(), 2.0, "mid", known_now, value, (), (past,) * 3, 20, 60.0
    )


def untried(skill: str, weight: float = 2.0) -> SkillStanding:
    return SkillStanding(
        skill, skill.title(), weight, "entry", estimate(0.5, 0, 0.77), 0.5, (), (), 20, 60.0
    )


def known(skill: str) -> SkillStanding:
    """A strong skill, practised today: nothing speaks for it."""
    past = PastAnswer(1.0, NOW, 60.0, 90.0, 1, 1)
    return replace(missed(skill, 0.95), responses=(past,) * 5)


def skills_of(recommendations: Sequence[Recommendation]) -> list[str]:
    return [each.skill for each in recommendations]


# --- what is left out ---------------------------------------------------------------------------


def test_nothing_is_recommended_out_of_nothing() -> None:
    assert recommend([], SETTING) == ()


def test_a_skill_without_items_never_appears() -> None:
    assert recommend([replace(missed("math.a.b"), items_available=0)], SETTING) == ()


def test_a_skill_that_the_role_is_not_asked_for_never_appears() -> None:
    assert recommend([replace(missed("math.a.b"), weight=0.0)], SETTING) == ()


def test_a_skill_that_nothing_speaks_for_never_appears() -> None:
    assert recommend([known("math.a.b")], SETTING) == ()


def test_no_more_than_the_limit_are_recommended() -> None:
    candidates = [missed(f"math.a.s{index}") for index in range(9)]

    assert len(recommend(candidates, SETTING)) == 4
    assert len(recommend(candidates, SETTING, limit=2)) == 2


# --- a learner with no answers ------------------------------------------------------------------


def test_someone_new_starts_with_the_most_important_skill_of_each_bank() -> None:
    candidates = [
        untried(f"{bank}.area.{name}", weight)
        for bank in ("coding", "math", "ml", "system-design")
        for name, weight in (("core", 3.0), ("other", 2.5), ("rare", 1.0))
    ]

    found = recommend(candidates, SETTING)

    assert skills_of(found) == [
        "coding.area.core",
        "math.area.core",
        "ml.area.core",
        "system-design.area.core",
    ]


def test_someone_new_is_told_why_to_start_there() -> None:
    (found,) = recommend([untried("math.a.b", 3.0)], SETTING)

    assert found.reason.kind == "unknown"
    assert (
        found.reason.sentence
        == "Not tried yet, and asked in most machine learning engineer interviews."
    )


def test_someone_new_meets_entry_skills_before_senior_ones_of_equal_weight() -> None:
    senior = replace(untried("math.a.a"), level="senior")

    assert skills_of(recommend([senior, untried("math.a.b")], SETTING)) == ["math.a.b", "math.a.a"]


def test_someone_new_meets_a_skill_before_what_builds_on_it() -> None:
    first = untried("math.a.z")
    later = replace(
        untried("math.a.a"), prerequisites=(Prerequisite(first.skill, first.name, first.estimate),)
    )

    assert skills_of(recommend([later, first], SETTING)) == ["math.a.z", "math.a.a"]


# --- first find out, then improve ---------------------------------------------------------------


def test_with_few_answers_the_widest_range_comes_first() -> None:
    sure, unsure = missed("math.a.sure", 0.4, 2), missed("ml.a.unsure", 0.6, 2)
    unsure = replace(unsure, estimate=estimate(0.6, 2, 0.7))

    assert skills_of(recommend([sure, unsure], SETTING)) == ["ml.a.unsure", "math.a.sure"]


def test_with_few_answers_an_untried_skill_comes_before_one_missed_with_as_wide_a_range() -> None:
    tried = replace(missed("math.a.tried"), estimate=estimate(0.5, 3, 0.77))

    assert skills_of(recommend([tried, untried("ml.a.b")], SETTING)) == ["ml.a.b", "math.a.tried"]


def test_something_missed_is_shown_even_while_the_rest_is_unknown() -> None:
    candidates = [untried(f"{bank}.a.b") for bank in ("coding", "math", "ml", "system-design")]

    found = recommend([*candidates, missed("math.a.missed", 0.4, 3)], SETTING)

    assert [each.reason.kind for each in found] == ["unknown"] * 3 + ["weak"]


def test_with_many_answers_the_weakest_comes_first() -> None:
    sure, unsure = missed("math.a.sure", 0.4), missed("ml.a.unsure", 0.6)
    unsure = replace(unsure, estimate=estimate(0.6, 40, 0.7))

    assert skills_of(recommend([sure, unsure], SETTING)) == ["math.a.sure", "ml.a.unsure"]


def test_with_many_answers_gain_is_the_share_of_the_role_times_what_a_question_teaches() -> None:
    other = replace(known("ml.a.b"), weight=3.0)

    (found,) = recommend([missed("math.a.b", 0.4), other], SETTING)

    assert found.gain == pytest.approx(2 / 5 * 0.4 * (1 - 0.4) ** 2 / 4**0.25)


def test_what_was_practised_of_late_makes_room_for_others() -> None:
    drilled = missed("math.a.a")
    rested = replace(missed("math.a.b"), responses=drilled.responses[:1])

    assert skills_of(recommend([drilled, rested], SETTING)) == ["math.a.b", "math.a.a"]


def test_with_few_answers_what_is_likely_missed_comes_first() -> None:
    likely, unlikely = (
        replace(missed(f"math.a.{name}"), estimate=estimate(value, 2, 0.4), value_on_the_day=value)
        for name, value in (("likely", 0.3), ("able", 0.6))
    )

    assert to_find_out(likely) > to_find_out(unlikely)
    assert skills_of(recommend([unlikely, likely], SETTING)) == ["math.a.likely", "math.a.able"]


def test_what_takes_four_times_as_long_is_worth_half_a_minute() -> None:
    quick = missed("math.a.b", 0.4)

    (long,) = recommend([replace(quick, seconds_per_item=240.0)], SETTING)

    assert long.gain == pytest.approx(recommend([quick], SETTING)[0].gain / 2)


def test_what_will_have_faded_by_the_interview_comes_first() -> None:
    kept, fading = missed("math.a.a", 0.7), missed("math.a.b", 0.7)

    found = recommend([kept, replace(fading, value_on_the_day=0.6)], SETTING)

    assert skills_of(found) == ["math.a.b", "math.a.a"]


def test_what_is_weak_does_not_mend_by_waiting() -> None:
    weak = missed("math.a.a", 0.2)

    assert recommend([replace(weak, value_on_the_day=0.4)], SETTING) == recommend([weak], SETTING)


def test_with_many_answers_one_bank_may_take_every_place() -> None:
    candidates = [missed(f"math.a.s{index}", 0.3) for index in range(4)] + [missed("ml.a.b", 0.5)]

    assert {skill[:4] for skill in skills_of(recommend(candidates, SETTING))} == {"math"}


def test_one_place_in_four_is_kept_for_finding_out() -> None:
    candidates = [missed(f"math.a.s{index}", 0.2) for index in range(5)] + [untried("ml.a.b", 1.0)]

    found = recommend(candidates, SETTING)

    assert skills_of(found) == ["math.a.s0", "math.a.s1", "math.a.s2", "ml.a.b"]


def test_a_skill_answered_slowly_counts_as_three_quarters_known() -> None:
    slow = PastAnswer(1.0, NOW, 180.0, 90.0, 1, 1)
    standing = replace(missed("math.a.b", 0.9), responses=(slow,) * 3)

    (found,) = recommend([standing], SETTING)

    assert found.reason.kind == "slow"
    assert found.gain == pytest.approx(0.75 * 0.9 * (1 - 0.75 * 0.9) ** 2 / 4**0.25)


# --- prerequisites ------------------------------------------------------------------------------


def test_what_comes_before_a_missed_skill_takes_over_its_weight() -> None:
    first = untried("math.a.first", weight=0.5)
    held_up = replace(
        missed("ml.a.attention"),
        name="Attention",
        prerequisites=(Prerequisite(first.skill, first.name, first.estimate),),
    )

    found = recommend([first, held_up], SETTING)

    assert skills_of(found) == ["math.a.first", "ml.a.attention"]
    assert found[0].reason.sentence == "Comes before Attention, where you missed 3 of the last 3."
    assert found[0].gain == pytest.approx(2.0 / 2.5 * 0.5 * (1 - 0.5) ** 2)


def test_a_strong_prerequisite_is_left_alone() -> None:
    first = known("math.a.first")
    held_up = replace(
        missed("ml.a.b"), prerequisites=(Prerequisite(first.skill, first.name, first.estimate),)
    )

    assert skills_of(recommend([first, held_up], SETTING)) == ["ml.a.b"]


# --- size and order -----------------------------------------------------------------------------


def test_a_set_is_as_long_as_the_skill_and_its_questions_ask() -> None:
    (found,) = recommend([missed("math.a.b", 0.4)], SETTING)

    assert found.length == length(0.4, items=20, seconds=60.0, seconds_elsewhere=60.0)


@settings(max_examples=25)
@given(
    st.permutations(
        [missed("math.a.x"), missed("math.a.y"), missed("ml.a.x"), untried("ml.z", 1.0)]
    )
)
def test_order_does_not_depend_on_the_order_of_candidates(candidates: list[SkillStanding]) -> None:
    found = recommend(candidates, SETTING, limit=3)

    assert skills_of(found) == ["math.a.x", "math.a.y", "ml.z"]


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["math.a.", "ml.a.", "coding.a."]),
            st.floats(0.0, 1.0),
            st.integers(0, 20),
            st.floats(0.0, 3.0),
            st.floats(0.0, 60.0),
        ),
        max_size=8,
    )
)
def test_recommendations_are_ranked_by_gain_and_fit_to_show(
    drawn: list[tuple[str, float, int, float, float]],
) -> None:
    candidates = [
        replace(
            missed(f"{place}s{index}", value, answers),
            weight=weight,
            responses=(PastAnswer(value, NOW - timedelta(days=days), 60.0, 90.0, 1, 1),)
            * min(answers, 9),
        )
        for index, (place, value, answers, weight, days) in enumerate(drawn)
    ]

    found = recommend(candidates, SETTING)

    gains = [each.gain for each in found]
    assert gains == sorted(gains, reverse=True)
    assert len(set(skills_of(found))) == len(found)
    for each in found:
        assert each.length.questions >= 4
        assert each.length.minutes >= 1
        assert each.reason.sentence[0].isupper()
        assert each.reason.sentence.endswith(".")
