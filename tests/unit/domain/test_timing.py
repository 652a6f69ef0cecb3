"""The clock of an attempt, around its deadline."""

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.domain.timing import ends_at, finished_at, is_over, is_past_grace, remaining_ms

START = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # half an hour before Europe's clocks change
LIMIT = timedelta(minutes=60)
DEADLINE = START + LIMIT
GRACE = timedelta(seconds=5)
TICK = timedelta(microseconds=1)


def test_the_deadline_is_the_limit_after_the_start() -> None:
    assert ends_at(START, LIMIT) == DEADLINE


def test_an_untimed_attempt_never_ends() -> None:
    late = START + timedelta(days=9_999)

    assert ends_at(START, None) is None
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
