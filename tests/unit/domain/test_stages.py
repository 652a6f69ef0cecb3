"""Stages of an attempt: which one is open, by stored times alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.stages import (
    Opening,
    Stage,
    begun,
    dumped,
    lapses,
    loaded,
    moved_on,
    opening_at,
    whole_limit,
)
from quizapp.domain.timing import Clock

START = datetime(2026, 11, 4, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TICK = timedelta(microseconds=1)
TWO = (Stage(1, 3, 5 * MINUTE, "Warm-up"), Stage(4, 6, 10 * MINUTE))
END = START + 15 * MINUTE

minutes = st.integers(1, 60)
moments = st.integers(0, 200).map(lambda number: number * MINUTE)


@st.composite
def timed(draw: st.DrawFn) -> tuple[Stage, ...]:
    """One to five stages of one question each, with times of their own."""
    return tuple(
        Stage(number, number, draw(minutes) * MINUTE)
        for number in range(1, draw(st.integers(2, 6)))
    )


def whole(stages: tuple[Stage, ...]) -> timedelta:
    limit = whole_limit(stages)
    assert limit is not None
    return limit


def test_the_next_stage_begins_at_the_moment_at_which_the_one_before_ends() -> None:
    first = begun(TWO, START, END)

    assert first == Opening(0, 2, TWO[0], START + 5 * MINUTE)
    assert opening_at(TWO, first, END, START + 5 * MINUTE - TICK) == first
    assert opening_at(TWO, first, END, START + 5 * MINUTE) == Opening(1, 2, TWO[1], END)


def test_the_last_stage_ends_with_the_attempt() -> None:
    first = begun(TWO, START, END)

    assert opening_at(TWO, first, END, END + 60 * MINUTE) == Opening(1, 2, TWO[1], END)


def test_time_that_is_not_used_is_given_up_and_added_to_no_other_stage() -> None:
    step = moved_on(TWO, begun(TWO, START, END), END, START + 2 * MINUTE)

    assert step is not None
    assert step.deadline == step.opening.ends_at == START + 12 * MINUTE
    assert moved_on(TWO, step.opening, step.deadline, START + 3 * MINUTE) is None


def test_a_closing_time_cuts_the_last_stages() -> None:
    cut = START + 7 * MINUTE
    first = begun(TWO, START, cut)

    assert first.ends_at == START + 5 * MINUTE
    assert opening_at(TWO, first, cut, START + 6 * MINUTE).ends_at == cut
    step = moved_on(TWO, first, cut, START + MINUTE)
    assert step is not None
    assert step.deadline == cut


def test_a_closing_time_in_the_first_stage_leaves_no_other() -> None:
    cut = START + 3 * MINUTE
    first = begun(TWO, START, cut)

    assert first.ends_at == cut
    assert opening_at(TWO, first, cut, END) == first


def test_stages_without_a_time_never_lapse_and_keep_the_deadline() -> None:
    stages = (Stage(1, 1), Stage(2, 2))
    first = begun(stages, START, END)

    assert opening_at(stages, first, END, END) == first
    step = moved_on(stages, first, END, START + MINUTE)
    assert step is not None
    assert (step.opening, step.deadline) == (Opening(1, 2, stages[1]), END)


def test_an_untimed_attempt_moves_on_too() -> None:
    stages = (Stage(1, 1), Stage(2, 2))

    step = moved_on(stages, begun(stages, START, None), None, START)

    assert step is not None
    assert (step.opening.stage.first, step.deadline) == (2, None)


def test_what_is_stored_is_what_was_planned() -> None:
    assert loaded(dumped(TWO)) == TWO
    assert loaded(None) == ()


@given(timed(), moments, moments)
def test_it_does_not_matter_who_notices_and_when(
    stages: tuple[Stage, ...], one: timedelta, other: timedelta
) -> None:
    deadline = START + whole(stages)
    first = begun(stages, START, deadline)
    earlier, later = sorted((START + one, START + other))

    on_the_way = opening_at(stages, first, deadline, earlier)

    assert opening_at(stages, on_the_way, deadline, later) == opening_at(
        stages, first, deadline, later
    )
    assert not list(lapses(stages, on_the_way, deadline, earlier))


@given(timed(), st.lists(moments, max_size=5), moments)
def test_no_stage_has_more_than_its_own_time_and_the_deadline_is_their_sum(
    stages: tuple[Stage, ...], moves: list[timedelta], last: timedelta
) -> None:
    deadline = START + whole(stages)
    opening, began = begun(stages, START, deadline), START
    for now in (START + each for each in sorted((*moves, last))):
        for step in lapses(stages, opening, deadline, now):
            opening, began = step.opening, step.at
        step_by_hand = moved_on(stages, opening, deadline, now) if now < deadline else None
        if step_by_hand is not None and step_by_hand.deadline is not None:
            assert step_by_hand.deadline <= deadline
            opening, began, deadline = step_by_hand.opening, now, step_by_hand.deadline
        rest = stages[opening.number + 1 :]
        assert opening.ends_at == began + (opening.stage.limit or timedelta(0))
        assert deadline == opening.ends_at + (whole_limit(rest) or timedelta(0))


@given(timed(), st.integers(1, 60), st.integers(0, 59))
def test_a_pause_moves_both_ends_alike(stages: tuple[Stage, ...], pause: int, used: int) -> None:
    deadline = START + whole(stages)
    ends_at = begun(stages, START, deadline).ends_at
    used = min(used, pause)

    paused = Clock(deadline, None, pause * MINUTE, ends_at).paused(START)
    resumed = paused.resumed(START + used * MINUTE)

    assert ends_at is not None
    assert (paused.ends_at, paused.stage_ends_at) == (
        deadline + pause * MINUTE,
        ends_at + pause * MINUTE,
    )
    assert (resumed.ends_at, resumed.stage_ends_at) == (
        deadline + used * MINUTE,
        ends_at + used * MINUTE,
    )


@pytest.mark.parametrize("after", [1, 30])
def test_no_stage_lapses_in_a_pause(after: int) -> None:
    first = begun(TWO, START, END)
    paused = Clock(END, None, 30 * MINUTE, first.ends_at).paused(START + 4 * MINUTE)
    stored = Opening(first.number, first.count, first.stage, paused.stage_ends_at)

    assert opening_at(TWO, stored, paused.ends_at, START + (4 + after) * MINUTE) == stored
