"""How long a practice set is, and what it draws."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.assembly import PoolItem, draw, extent
from quizapp.domain.practice_sets import length, plan

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
SKILL, OTHER = "ml.deep.training", "math.statistics.tests"
ITEM = PoolItem(1, 1, "ml", True, (SKILL,), "mid", seconds=90, points=1, times_seen=0)


def items(first: int, count: int, **fields: Any) -> tuple[PoolItem, ...]:
    numbers = range(first, first + count)
    return tuple(replace(ITEM, item_id=each, revision_id=each, **fields) for each in numbers)


POOL = items(1, 8) + items(101, 8, skills=(OTHER,), seconds=60)


def drawn_of(pool: tuple[PoolItem, ...], own: int) -> set[int]:
    """Which items on the skill a set with so many of them draws."""
    wanted = length(1 - own / 8, 99, 90.0, 60.0)
    chosen = draw(plan(SKILL, wanted), pool, Random(1)).items
    return {item.item_id for item in chosen if item.skills == (SKILL,)}


@pytest.mark.parametrize(
    ("mastery", "available", "own"), [(0.01, 50, 8), (0.4, 50, 5), (0.9, 50, 3), (0.4, 2, 2)]
)
def test_weaker_skills_get_more_questions_within_what_there_is(
    mastery: float, available: int, own: int
) -> None:
    assert length(mastery, available, 60.0, 60.0).own == own


@given(st.floats(0.0, 1.0), st.integers(1, 50), st.floats(1.0, 3_600.0))
def test_at_least_a_fifth_is_on_other_skills(mastery: float, available: int, each: float) -> None:
    found = length(mastery, available, each, 60.0)

    assert found.others >= found.questions / 5


@pytest.mark.parametrize(("seconds", "own"), [(300.0, 4), (600.0, 2), (1_800.0, 1)])
def test_programs_make_a_set_short_in_number(seconds: float, own: int) -> None:
    assert length(0.3, 50, seconds, 60.0).own == own


def test_minutes_are_those_of_both_kinds_rounded_up() -> None:
    assert length(0.4, 50, 90.0, 70.0).minutes == 10  # (5 * 90 + 2 * 70) / 60 = 9.8


def test_a_skill_without_items_has_no_set() -> None:
    assert length(0.4, 0, 0.0, 60.0) == (0, 0, 0)


def test_a_set_draws_what_it_promises() -> None:
    wanted = length(0.4, 8, 90.0, 60.0)

    chosen = draw(plan(SKILL, wanted), POOL, Random(1)).items

    assert [sum(item.skills == (each,) for item in chosen) for each in (SKILL, OTHER)] == [5, 2]
    assert extent(plan(SKILL, wanted), POOL).seconds == pytest.approx(5 * 90 + 2 * 60)


def test_what_is_mixed_in_has_nothing_to_do_with_the_skill_and_is_no_program() -> None:
    near = items(1, 8) + items(101, 8, skills=(OTHER, SKILL)) + items(201, 8, kind="code")

    chosen = draw(plan(SKILL, length(0.4, 8, 90.0, 60.0)), near, Random(1)).items

    assert len(chosen) == 5


def test_what_was_not_seen_comes_first_then_what_is_due_then_other_numbers() -> None:
    day = timedelta(days=1)
    unseen, due = items(1, 1), items(2, 1, times_seen=5, seen_at=NOW, due_at=NOW - day)
    other_numbers = items(3, 1, times_seen=9, seen_at=NOW, template_hash="x")
    long_ago = items(4, 1, times_seen=9, seen_at=NOW - 90 * day)
    lately = items(5, 1, times_seen=1, seen_at=NOW - day)
    pool = lately + long_ago + other_numbers + due + unseen

    assert [drawn_of(pool, own) for own in (3, 4)] == [{1, 2, 3}, {1, 2, 3, 4}]


def test_what_is_overdue_longest_comes_first() -> None:
    pool = tuple(
        replace(item, times_seen=1, due_at=NOW - timedelta(days=item.item_id))
        for item in items(1, 8)
    )

    assert drawn_of(pool, 3) == {6, 7, 8}
