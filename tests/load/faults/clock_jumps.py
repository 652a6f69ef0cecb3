"""Somebody sets the clock of the server's machine, or it runs slow: attempts keep their time."""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from flask import Flask

from quizapp.db import models
from tests import factories
from tests.environment import faketime
from tests.load.faults import doctor, exam, server
from tests.load.faults.clients import Answer, Browser
from tests.load.faults.exam import Seat
from tests.load.faults.server import Server
from tests.load.faults.verdicts import Verdict, judge, none_of, skip, within

FAULT = "clock"
SLOW = "slow"
"""The clock runs at a tenth of its speed."""
JUMPS = ("+1h", "-1h", "+1d", "-1d", SLOW)
SLOWED = 0.9
STEP_SECONDS = 0.1
LOOK_EVERY_SECONDS = 0.2
SETTLING_SECONDS = 2.5
"""After so long the server has noticed that the clock is right again."""
ALARM = "the machine's clock jumped"
GRACE_SECONDS = 1
LEFT_SECONDS = 3.0
"""So long a short attempt has still to go when the clock jumps."""
CLOSING_SECONDS = 3.0
"""So long after its grace an attempt may stay open; it is looked for every second."""
DISPLAY_BUDGET_SECONDS = 1.0


def run(folder: Path, jumps: Sequence[str]) -> list[Verdict]:
    """The clock jumps by each of ``jumps`` in turn, each time from the right time."""
    library = faketime.find_library()
    if library is None:
        return [skip(FAULT, "libfaketime is not on this machine (Debian: libfaketime)")]
    offset = folder / "offset"
    offset.write_text("+0")
    url = f"sqlite:///{folder / 'exam.sqlite'}"
    made = exam.make(url, folder, learners=len(jumps) + 1)
    with server.running(url, folder, _environment(library, offset)) as target, made.app() as app:
        verdicts = [
            verdict
            for jump, seat in zip(jumps, made.seats[1:], strict=True)
            for verdict in _jump(app, target, made.seats[0], seat, jump, offset)
        ]
        return [*verdicts, doctor.check(FAULT, app)]


def _environment(library: Path, offset: Path) -> dict[str, str]:
    """A server under that clock, which closes attempts soon."""
    return {
        **faketime.environment(library, offset),
        "QUIZAPP_CLOSE_INTERVAL_SECONDS": "1",
        "QUIZAPP_SAVE_GRACE_SECONDS": str(GRACE_SECONDS),
    }


def _jump(
    app: Flask, target: Server, long: Seat, short: Seat, jump: str, offset: Path
) -> list[Verdict]:
    """One learner has hours to go and one a few seconds; both look until these are over."""
    fault, known = f"{FAULT} {jump}", len(target.log.read_text())
    ends_at = datetime.now(UTC) + timedelta(seconds=LEFT_SECONDS)
    _set_end(app, short, ends_at)
    with (
        _off(offset, jump),
        closing(Browser(target.port, long)) as one,
        closing(Browser(target.port, short)) as other,
    ):
        until = ends_at + timedelta(seconds=GRACE_SECONDS + CLOSING_SECONDS)
        looks = _look_until(until, one, other)
    unanswered = [f"{each.long}, {each.short}" for each in looks if not each.is_answered]
    told = [look for look in looks if look.is_answered]
    early = [look for look in told if look.at < ends_at and _state(look.short) != "running"]
    errors = [abs(_seconds_wrong(look, app, long)) for look in told]
    finished_at = _attempt(app, short).finished_at
    log = target.log.read_text()[known:]
    return [
        none_of(fault, "nobody is signed out", unanswered, len(looks)),
        none_of(fault, "no attempt is closed early", early, len(told)),
        judge(fault, "none is lengthened", finished_at, is_met=finished_at == ends_at),
        within(fault, "time left is right within 1 s", errors, DISPLAY_BUDGET_SECONDS),
        judge(fault, "an alarm is logged", ALARM in log, is_met=ALARM in log),
    ]


@dataclass(frozen=True)
class Look:
    """What two learners' clocks said, and when by the right time."""

    at: datetime
    long: Answer
    short: Answer

    @property
    def is_answered(self) -> bool:
        """True when both were told the time, rather than to sign in, or nothing."""
        return self.long.status == self.short.status == 200


def _look_until(end: datetime, long: Browser, short: Browser) -> list[Look]:
    """What both clocks say, a few times each second."""
    looks = []
    while (now := datetime.now(UTC)) < end:
        answers = [_clock(browser) for browser in (long, short)]
        looks.append(Look(now, *answers))
        time.sleep(LOOK_EVERY_SECONDS)
    return looks


def _state(answer: Answer) -> str:
    state: str = answer.json()["state"]
    return state


def _clock(browser: Browser) -> Answer:
    return browser.get(f"/attempts/{browser.seat.attempt_id}/clock", accept="application/json")


def _seconds_wrong(look: Look, app: Flask, seat: Seat) -> float:
    """By how much the time that the long attempt has left was told wrong."""
    ends_at = _attempt(app, seat).ends_at
    assert ends_at is not None
    told: float = look.long.json()["remaining_ms"] or 0.0
    return told / 1000 - (ends_at - look.at).total_seconds()


def _attempt(app: Flask, seat: Seat) -> models.Attempt:
    rows = factories.rows(app, models.Attempt)
    return next(row for row in rows if row.id == seat.attempt_id)


def _set_end(app: Flask, seat: Seat, ends_at: datetime) -> None:
    with factories.stored(app) as session:
        session.get_one(models.Attempt, seat.attempt_id).ends_at = ends_at


@contextmanager
def _off(offset: Path, jump: str) -> Iterator[None]:
    """The server takes the clock to be off meanwhile, or to run slow."""
    over = Event()
    slowing = Thread(target=_run_slow, args=(offset, over))
    if jump == SLOW:
        slowing.start()
    else:
        _write(offset, jump)
    try:
        yield
    finally:
        over.set()
        if jump == SLOW:
            slowing.join()
        _write(offset, "+0")
        time.sleep(SETTLING_SECONDS)


def _run_slow(offset: Path, over: Event) -> None:
    """The clock falls behind by nine tenths of the time that passes."""
    began = time.monotonic()
    while not over.wait(STEP_SECONDS):
        _write(offset, f"-{SLOWED * (time.monotonic() - began):.3f}")


def _write(offset: Path, text: str) -> None:
    """The offset is replaced whole, because the server may read it at any moment."""
    new = offset.with_suffix(".new")
    new.write_text(text)
    new.replace(offset)
