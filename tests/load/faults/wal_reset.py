"""SQLite's WAL-reset bug, provoked on the shipped engine with the shipped lock, and without.

SQLite before 3.51.3 can lose what was committed when one process checkpoints while another commits
and begins the log anew (sqlite.org/wal.html, "The WAL-reset bug"). Here one process checkpoints all
the time and is made to stand still at random moments, while this one commits. With the lock nothing
may be lost; without it something must be, where the version that is linked has the bug: else the
provocation shows nothing.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from quizapp.db import db
from quizapp.db.sqlite import is_wal_reset_fixed
from quizapp.db.transaction import transaction
from quizapp.db.writing import writing
from tests import factories
from tests.load.faults import checkpointer, doctor
from tests.load.faults.checkpointer import GUARDED, UNGUARDED, Checkpointer
from tests.load.faults.verdicts import Verdict, judge, none_of, skip

FAULT = "WAL reset"
BURSTS = 25
ROWS_IN_BURST = 8


@dataclass
class Tally:
    """How many rounds there were, what they committed, and what was wrong after the last."""

    rounds: int = 0
    rows: int = 0
    bad: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.rounds} rounds, {self.rows} rows"


def run(folder: Path, seconds: float, control_seconds: float) -> list[Verdict]:
    """``seconds`` with the lock, and without it until something is lost, at most so long."""
    guarded = _provoke(folder, seconds, GUARDED)
    return [
        none_of(FAULT, "with the lock nothing is lost", guarded.bad, guarded),
        _control(folder, control_seconds),
    ]


def _control(folder: Path, seconds: float) -> Verdict:
    fault, version = f"{FAULT}, control", sqlite3.sqlite_version
    if is_wal_reset_fixed(sqlite3.sqlite_version_info):
        return skip(fault, f"SQLite {version} does not have the bug")
    tally = _provoke(folder, seconds, UNGUARDED)
    measured = f"{tally} with SQLite {version}: {tally.bad or 'nothing lost'}"
    return judge(fault, "without the lock something is", measured, is_met=bool(tally.bad))


def _provoke(folder: Path, seconds: float, mode: str) -> Tally:
    """Rounds for so long, or until one of them is bad."""
    url = f"sqlite:///{folder / mode}.sqlite"
    with _on_one_core(), factories.running_app(url, folder) as app, app.app_context():
        if mode == UNGUARDED:
            checkpointer.leave_unguarded(db.engine)
        with checkpointer.running(url, folder, mode) as other:
            other.rest()  # so that its start is not counted
            return _rounds(app, other, seconds)


@contextmanager
def _on_one_core() -> Iterator[None]:
    """This process and those it starts share one core, and so interrupt each other anywhere.

    On a machine with nothing else to do the bug would be met once in a thousand rounds.
    """
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def _rounds(app: Flask, other: Checkpointer, seconds: float) -> Tally:
    tally, rng, end = Tally(), Random(), time.monotonic() + seconds
    while time.monotonic() < end and not tally.bad:
        tally.rounds += 1
        _make_new_file()
        other.begin()
        rows = _commit_often(rng, other)
        other.rest()
        tally.rows += rows
        tally.bad += _inspect(app, rows)
    return tally


def _make_new_file() -> None:
    """The database is a new file with an empty table: in a new file more goes wrong."""
    db.engine.dispose()
    path = Path(db.engine.url.database or "")
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    with transaction() as session:
        session.execute(text("CREATE TABLE kept (id INTEGER PRIMARY KEY, k INTEGER, v TEXT)"))
        session.execute(text("CREATE INDEX kept_k ON kept (k)"))


def _commit_often(rng: Random, other: Checkpointer) -> int:
    """So many rows are committed: bursts that the checkpoint keeps up with, then some it cannot."""
    rows = 0
    for _ in range(BURSTS):
        _commit(rng, ROWS_IN_BURST, "x" * 700)
        rows += ROWS_IN_BURST
        time.sleep(rng.uniform(0.002, 0.003))
        with other.standing_still():
            for _ in range(few := rng.choice((1, 1, 2, 5))):
                _commit(rng, 1, "y" * 300)
        rows += few
    return rows


def _commit(rng: Random, count: int, words: str) -> None:
    """One transaction with so many new rows."""
    rows = [{"k": rng.randrange(10**6), "v": words} for _ in range(count)]
    with transaction() as session:
        session.execute(text("INSERT INTO kept (k, v) VALUES (:k, :v)"), rows)


def _inspect(app: Flask, rows: int) -> list[str]:
    """What is wrong once the log is emptied and the file is opened anew."""
    db.session.close()
    with writing(db.engine), closing(db.engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.engine.dispose()
    try:
        found = db.session.execute(text("SELECT count(*) FROM kept NOT INDEXED")).scalar_one()
        missing = [] if found == rows else [f"{found} rows of {rows}"]
        return [*missing, *doctor.broken_files(app)]
    except DatabaseError as error:
        return [str(error.orig)]
    finally:
        db.session.close()
