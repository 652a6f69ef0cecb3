"""The clock of an attempt, around its deadline."""

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.domain.timing import (
    PRACTICE_PAUSE,
    Accommodation,
    Clock,
    finished_at,
    is_over,
    is_past_grace,
    remaining_ms,
    terms,
)

START = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # half an hour before Europe's clocks change
LIMIT = timedelta(minutes=60)
DEADLINE = START + LIMIT
GRACE = timedelta(seconds=5)
TICK = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
NOTHING = timedelta(0)
PLAIN = Accommodation()


# --- Terms ----------------------------------------------------------------------------------------


def test_the_deadline_is_the_limit_after_the_start() -> None:
    assert terms(LIMIT, PLAIN).ends_at(START) == DEADLINE


@pytest.mark.parametrize(("factor", "minutes"), [(1.0, 60), (1.25, 75), (1.5, 90), (4.0, 240)])
def test_a_time_factor_lengthens_the_limit(factor: float, minutes: int) -> None:
    own = terms(LIMIT, Accommodation(time_factor=factor))

    assert own.ends_at(START) == START + minutes * MINUTE
    assert (own.plan_limit, own.limit, own.time_factor) == (LIMIT, minutes * MINUTE, factor)


def test_a_quiz_that_closes_in_the_middle_cuts_the_time_and_says_so() -> None:
    closes_at = START + 20 * MINUTE
    cut = terms(LIMIT, Accommodation(time_factor=1.5), closes_at)

    assert cut.ends_at(START) == closes_at
    assert cut.is_cut(START)


def test_a_quiz_that_closes_when_the_time_is_used_up_cuts_nothing() -> None:
    own = terms(LIMIT, PLAIN, DEADLINE)

    assert not own.is_cut(START)
    assert own.is_cut(START + TICK)
    assert own.ends_at(START) == own.ends_at(START + MINUTE) == DEADLINE


def test_an_untimed_quiz_ends_when_it_closes() -> None:
    own = terms(None, Accommodation(time_factor=2.0), DEADLINE)

    assert (own.limit, own.time_factor, own.ends_at(START)) == (None, 1.0, DEADLINE)
    assert not own.is_cut(START)


def test_a_quiz_can_be_started_until_it_closes() -> None:
    own = terms(LIMIT, PLAIN, DEADLINE)

    assert not own.is_closed(DEADLINE - TICK)
    assert own.is_closed(DEADLINE)
    assert not terms(LIMIT, PLAIN).is_closed(DEADLINE)


def test_who_practises_without_a_clock_still_has_one_in_a_quiz() -> None:
    calm = Accommodation(time_factor=1.5, is_untimed_in_practice=True)

    assert terms(LIMIT, calm, is_practice=True).ends_at(START) is None
    assert terms(LIMIT, calm).ends_at(START) == START + 90 * MINUTE


def test_everybody_may_pause_practice_and_who_was_granted_it_a_quiz() -> None:
    granted = Accommodation(pause=15 * MINUTE)

    assert terms(LIMIT, PLAIN).pause == NOTHING
    assert terms(LIMIT, granted).pause == 15 * MINUTE
    assert terms(LIMIT, PLAIN, is_practice=True).pause == PRACTICE_PAUSE


# --- Pauses ---------------------------------------------------------------------------------------


def test_a_pause_moves_the_deadline_and_going_on_moves_it_back() -> None:
    paused = Clock(DEADLINE, pause_left=15 * MINUTE).paused(START)

    resumed = paused.resumed(START + 5 * MINUTE)

    assert paused == Clock(DEADLINE + 15 * MINUTE, START, 15 * MINUTE)
    assert resumed == Clock(DEADLINE + 5 * MINUTE, None, 10 * MINUTE)


def test_a_pause_that_is_used_up_ends_by_itself() -> None:
    paused = Clock(DEADLINE, pause_left=15 * MINUTE).paused(START)
    over = START + 15 * MINUTE

    assert paused.is_paused(over - TICK)
    assert not paused.is_paused(over)
    assert paused.resumed(over + LIMIT) == Clock(DEADLINE + 15 * MINUTE, None, NOTHING)


def test_the_time_left_stands_still_in_a_pause_and_then_goes_on() -> None:
    paused = Clock(DEADLINE, pause_left=15 * MINUTE).paused(START)

    assert paused.remaining_ms(START) == paused.remaining_ms(START + 14 * MINUTE) == 3_600_000
    assert paused.remaining_ms(START + 16 * MINUTE) == 59 * 60_000
    assert paused.resumed(START + 5 * MINUTE).remaining_ms(START + 6 * MINUTE) == 59 * 60_000


def test_an_untimed_attempt_stays_paused_until_it_goes_on() -> None:
    paused = Clock(None, pause_left=15 * MINUTE).paused(START)

    assert paused.is_paused(START + timedelta(days=900))
    assert paused.remaining_ms(START) is None
    assert paused.resumed(START + 5 * MINUTE).ends_at is None


def test_a_clock_that_runs_goes_on_as_it_is() -> None:
    clock = Clock(DEADLINE, pause_left=15 * MINUTE)

    assert clock.resumed(START) == clock
    assert not clock.is_paused(START)


# --- Deadline -------------------------------------------------------------------------------------


def test_an_untimed_attempt_never_ends() -> None:
    late = START + timedelta(days=9_999)

    assert terms(None, PLAIN).ends_at(START) is None
    assert not is_over(None, late)
    assert not is_past_grace(None, late, GRACE)
    assert remaining_ms(None, late) is None
    assert finished_at(None, late) == late


@pytest.mark.parametrize(
    ("now", "over", "past_grace"),
    [
        (DEADLINE - TICK, False, False),
        (DEADLINE, True, False),
        (DEADLINE + GRACE - TICK, True, False),
        (DEADLINE + GRACE, True, True),
    ],
)
def test_over_at_the_deadline_and_past_grace_after_it(
    now: datetime, over: bool, past_grace: bool
) -> None:
    assert is_over(DEADLINE, now) is over
    assert is_past_grace(DEADLINE, now, GRACE) is past_grace


def test_an_attempt_ends_when_it_is_closed_but_never_after_its_deadline() -> None:
    assert finished_at(DEADLINE, DEADLINE - TICK) == DEADLINE - TICK
    assert finished_at(DEADLINE, DEADLINE + timedelta(days=1)) == DEADLINE


def test_the_time_left_is_in_milliseconds_and_never_negative() -> None:
    assert remaining_ms(DEADLINE, START) == 3_600_000
    assert remaining_ms(DEADLINE, DEADLINE - timedelta(microseconds=1_500)) == 2
    assert remaining_ms(DEADLINE, DEADLINE + GRACE) == 0
