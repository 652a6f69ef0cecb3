"""The server's time: steady while somebody sets the machine's clock, and the same everywhere."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from quizapp import clock
from quizapp.clock import ALARM_SECONDS, ANCHOR, Clock

START = datetime(2026, 11, 4, 9, 30, tzinfo=UTC)
HOUR = 3_600.0


@dataclass
class Machine:
    """The clocks of a machine: one that nobody can set, and one that anybody can."""

    steady: float = 5_000.0
    wall: float = START.timestamp()

    def pass_time(self, seconds: float) -> None:
        self.steady += seconds
        self.wall += seconds

    def clock(self, anchor: float | None = None) -> Clock:
        """A server's clock on this machine."""
        return Clock(anchor, wall=lambda: self.wall, steady=lambda: self.steady)


@pytest.fixture
def machine() -> Machine:
    return Machine()


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_a_clock_begins_with_the_time_of_the_machine(machine: Machine) -> None:
    ours = machine.clock()

    assert ours.now() == START
    machine.pass_time(90)
    assert ours.now() == at(90)


@pytest.mark.parametrize("step", [HOUR, -HOUR, 6.0, -6.0])
def test_a_machine_whose_clock_is_set_is_not_followed(
    machine: Machine, step: float, caplog: pytest.LogCaptureFixture
) -> None:
    ours = machine.clock()
    machine.wall += step
    times = []
    for _ in range(5):
        machine.pass_time(60)
        times.append(ours.now())

    assert times == [at(seconds) for seconds in (60, 120, 180, 240, 300)]
    assert ours.error == pytest.approx(step)


def test_it_is_said_once_that_the_clock_was_set_and_once_that_it_agrees_again(
    machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    ours = machine.clock()
    for step in (HOUR, 0, 0, -HOUR, 0, 0):
        machine.wall += step
        machine.pass_time(10)
        ours.now()

    told = [(record.levelno, record.getMessage()) for record in caplog.records]
    assert [level for level, _ in told] == [logging.ERROR, logging.WARNING]
    assert "jumped by +3600 s: attempts keep their time" in told[0][1]
    assert "agrees with the server's time again" in told[1][1]


@pytest.mark.parametrize("error", [1.0, -1.0, ALARM_SECONDS])
def test_a_small_error_is_drawn_in_at_most_two_milliseconds_a_second(
    machine: Machine, error: float, caplog: pytest.LogCaptureFixture
) -> None:
    ours = machine.clock()
    machine.wall += error

    machine.pass_time(100)
    assert (ours.now() - at(100)).total_seconds() == pytest.approx(0.2 if error > 0 else -0.2)

    machine.pass_time(10_000)
    assert (ours.now() - at(10_100)).total_seconds() == pytest.approx(error)
    assert caplog.records == []


def test_a_clock_never_goes_back(machine: Machine) -> None:
    ours = machine.clock()
    times = [ours.now()]
    for error in (-4.0, 0.5, -HOUR, 2 * HOUR, -0.001):
        machine.wall += error
        for _ in range(3):
            machine.pass_time(0.01)
            times.append(ours.now())

    assert times == sorted(times)


def test_processes_that_share_an_anchor_agree_though_the_clock_was_set_between(
    machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    server = machine.clock()
    machine.pass_time(60)
    machine.wall += HOUR

    worker = machine.clock(server.anchor)

    assert worker.now() == server.now() == at(60)
    assert machine.clock().now() == at(60 + HOUR)


def test_a_machine_that_slept_is_told_the_time_on_waking(machine: Machine) -> None:
    ours = machine.clock()

    machine.pass_time(8 * HOUR)

    assert ours.now() == at(8 * HOUR)


def test_workers_take_the_clock_of_the_server_that_started_them(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ANCHOR, "0")
    server = machine.clock()

    clock.hand_on(server)

    assert clock.from_environment().anchor == server.anchor


def test_a_program_that_nobody_started_has_the_time_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(ANCHOR, raising=False)

    assert abs(clock.from_environment().now() - datetime.now(UTC)) < timedelta(seconds=1)
