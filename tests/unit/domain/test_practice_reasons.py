"""The sentence that says why to practise a skill."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from quizapp.domain.mastery import Estimate
from quizapp.domain.practice_reasons import Evidence, Reason, reason_to_practise
from quizapp.domain.skill_standing import AnswerPlace, PastAnswer, SkillStanding

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
ROLE = "Machine learning engineer"
SKILL = "math.probability.bayes"


def standing(
    scores: Sequence[float],
    *,
    days_ago: int = 0,
    answers: int | None = None,
    seconds: float = 60.0,
    weight: float = 3.0,
    name: str = "Bayes",
    width: float = 0.2,
    value: float = 0.6,
) -> SkillStanding:
    """A skill with these scores, newest first, all given ``days_ago``."""
    at = NOW - timedelta(days=days_ago)
    count = len(scores) if answers is None else answers
    estimate = Estimate(
        value, value - width / 2, value + width / 2, count, 0.0, at if scores else None
    )
    responses = tuple(
        PastAnswer(score, at, seconds, 90.0, 7, number) for number, score in enumerate(scores, 1)
    )
    return SkillStanding(SKILL, name, weight, "entry", estimate, value, (), responses, 20, 90.0)


def reason(
    found: SkillStanding, held_up: SkillStanding | None = None, now: datetime = NOW
) -> Reason | None:
    return reason_to_practise(found, held_up, now, ROLE)


def told(
    found: SkillStanding, held_up: SkillStanding | None = None, now: datetime = NOW
) -> tuple[str, str] | None:
    """The kind of reason, and its sentence as plain text."""
    given = reason(found, held_up, now)
    return (given.kind, given.sentence) if given else None


def linked(found: SkillStanding, held_up: SkillStanding | None = None) -> dict[str, Evidence]:
    """What leads somewhere, and where to."""
    given = reason(found, held_up)
    return {part.text: part.evidence for part in given.parts if part.evidence} if given else {}


def behind(*positions: int) -> Evidence:
    return Evidence(SKILL, tuple(AnswerPlace(7, position) for position in positions))


def test_misses_are_counted_out_of_the_recent_answers_and_dated() -> None:
    assert told(standing([0, 0, 1, 0], answers=9)) == (
        "weak",
        "Missed 3 of the last 4, most recently today.",
    )


def test_misses_out_of_all_answers_are_counted_plainly() -> None:
    assert told(standing([0, 0, 1], days_ago=1)) == (
        "weak",
        "Missed 2 of 3, most recently yesterday.",
    )


def test_a_single_miss_is_simply_dated() -> None:
    assert told(standing([1, 1, 1, 1, 0, 0], days_ago=9)) == (
        "weak",
        "Missed 1 of the last 5, 9 days ago.",
    )


def test_a_missed_first_answer_is_called_the_only_one() -> None:
    assert told(standing([0])) == ("weak", "Missed the only answer so far, today.")


def test_a_prerequisite_names_what_it_holds_up() -> None:
    attention = standing([0, 1, 0], name="Attention")

    assert told(standing([]), attention) == (
        "prerequisite",
        "Comes before Attention, where you missed 2 of 3.",
    )


def test_own_misses_speak_louder_than_what_a_skill_holds_up() -> None:
    found = reason(standing([0, 0]), standing([0, 0], name="Attention"))

    assert found is not None
    assert found.kind == "weak"


@pytest.mark.parametrize(("weight", "often"), [(3.0, "most"), (2.0, "many"), (0.5, "some")])
def test_an_untried_skill_says_how_often_the_role_is_asked_for_it(
    weight: float, often: str
) -> None:
    assert told(standing([], weight=weight)) == (
        "unknown",
        f"Not tried yet, and asked in {often} machine learning engineer interviews.",
    )


@pytest.mark.parametrize("role", ["ML architect", "MLOps engineer"])
def test_an_abbreviation_keeps_its_capitals(role: str) -> None:
    found = reason_to_practise(standing([]), None, NOW, role)

    assert found is not None
    assert found.sentence == f"Not tried yet, and asked in most {role} interviews."


def test_without_a_role_an_untried_skill_says_only_that() -> None:
    found = reason_to_practise(standing([]), None, NOW, None)

    assert found is not None
    assert found.sentence == "Not tried yet."


def test_right_but_slow_answers_are_told_with_both_times() -> None:
    assert told(standing([1, 1, 1, 1], seconds=160.4)) == (
        "slow",
        "Right, but slow: 2:40 against 1:30 expected.",
    )


def test_a_skill_fades_after_a_fortnight() -> None:
    assert told(standing([1, 1, 1, 1], days_ago=19)) == (
        "fading",
        "Last practised 19 days ago, likely fading.",
    )
    assert told(standing([1, 1, 1, 1], days_ago=13)) is None


def test_partial_credit_throughout_is_a_reason_too() -> None:
    assert told(standing([0.6, 1, 0.7, 0.5])) == ("weak", "Only partly right in 3 of 4.")


@pytest.mark.parametrize(("count", "words"), [(1, "1 answer"), (2, "2 answers")])
def test_few_answers_are_counted(count: int, words: str) -> None:
    assert told(standing([1] * count)) == (
        "unknown",
        f"Only {words} so far, so we are not sure yet.",
    )


def test_a_wide_range_makes_six_answers_few() -> None:
    found = told(standing([1] * 5, answers=6, width=0.5))

    assert found == ("unknown", "Only 6 answers so far, so we are not sure yet.")


def test_a_skill_that_is_known_fresh_and_quick_gives_no_reason() -> None:
    assert reason(standing([1] * 5, answers=12)) is None


def test_days_are_those_of_the_learners_time_zone() -> None:
    """Missed on 20 March at noon in UTC, which is already 21 March twelve hours further east."""
    auckland = timezone(timedelta(hours=13))
    next_morning = datetime(2026, 3, 21, 8, 0, tzinfo=auckland)

    found = told(standing([0, 0]), now=next_morning)

    assert found == ("weak", "Missed 2 of 2, most recently today.")


def test_a_low_estimate_is_a_reason_though_the_last_answers_were_right() -> None:
    assert told(standing([1] * 5, answers=20, value=0.45)) == (
        "weak",
        "Estimated at 45 %, likely 35 to 55, still below 70.",
    )


# --- What the numbers count ----------------------------------------------------------------------


def test_misses_lead_to_the_answers_counted_and_the_day_to_the_last_of_them() -> None:
    assert linked(standing([1, 0, 0, 1, 1, 0], days_ago=9)) == {
        "2 of the last 5": behind(1, 2, 3, 4, 5),
        "9 days ago": behind(2),
    }


def test_what_a_prerequisite_holds_up_leads_to_the_answers_there() -> None:
    attention = replace(standing([0, 1, 0]), skill="ml.deep.attention")

    assert linked(standing([]), attention) == {
        "2 of 3": Evidence("ml.deep.attention", behind(1, 2, 3).answers)
    }


def test_times_lead_to_the_answers_that_were_timed() -> None:
    assert linked(standing([1, 1, 0.6, 1], seconds=160)) == {"2:40 against 1:30": behind(1, 2, 4)}


def test_the_last_practice_leads_to_that_answer() -> None:
    assert linked(standing([1, 1, 1], days_ago=19)) == {"19 days ago": behind(1)}


@pytest.mark.parametrize(
    ("found", "number"),
    [
        (standing([1, 1]), "2 answers"),
        (standing([1] * 5, answers=20, value=0.45), "45 %, likely 35 to 55"),
    ],
)
def test_what_counts_all_answers_leads_to_the_skill(found: SkillStanding, number: str) -> None:
    assert linked(found) == {number: Evidence(SKILL)}


@pytest.mark.parametrize("count", range(7))
def test_every_number_that_counts_answers_leads_to_them(count: int) -> None:
    found = reason(standing([0.0] * count, days_ago=3))

    assert found is not None
    assert not [part for part in found.parts if not part.evidence and re.search(r"\d", part.text)]
