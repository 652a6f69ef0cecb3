"""One writer at a time to a SQLite file, whichever thread or process it is, and nobody for ever."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from quizapp.config import ROOT
from quizapp.db import db
from quizapp.db.transaction import is_busy, transaction
from quizapp.db.writing import LITTLE_PATIENCE_SECONDS, PATIENCE_SECONDS, WriteLock, lock_of
from tests.factories import locked_by_another_program

SHORT = 0.05
LONG = 10.0
HOLD = """
import sys
from pathlib import Path
from quizapp.db.writing import WriteLock

with WriteLock(Path(sys.argv[1])).held():
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def database_kind() -> str:
    """What is tested here, PostgreSQL does by itself."""
    return "sqlite"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "quizapp.sqlite"


@pytest.fixture
def lock(database: Path) -> WriteLock:
    return WriteLock(database)


@pytest.fixture
def holder(database: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds the lock until it reads a line or dies."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits longer than a moment."""
    monkeypatch.setattr(import_module("quizapp.db.writing"), "PATIENCE_SECONDS", SHORT)


class Writer(Thread):
    """A thread that takes the lock and keeps it until ``may_leave``; ``error`` when it got none."""

    def __init__(self, lock: WriteLock) -> None:
        super().__init__(daemon=True)
        self._lock = lock
        self.is_inside, self.may_leave = Event(), Event()
        self.error: OperationalError | None = None
        self.start()

    def run(self) -> None:
        try:
            with self._lock.held():
                self.is_inside.set()
                self.may_leave.wait(LONG)
        except OperationalError as error:
            self.error = error

    def leave(self) -> None:
        self.may_leave.set()
        self.join(LONG)


# --- Excluding each other -------------------------------------------------------------------------


def test_two_threads_take_turns(lock: WriteLock) -> None:
    first = Writer(lock)
    assert first.is_inside.wait(LONG)
    second = Writer(lock)

    assert not second.is_inside.wait(SHORT)
    first.leave()

    assert second.is_inside.wait(LONG)
    second.leave()


def test_two_processes_take_turns(lock: WriteLock, holder: "subprocess.Popen[str]") -> None:
    waiting = Writer(lock)
    assert not waiting.is_inside.wait(SHORT)

    holder.communicate("go on\n", LONG)

    assert waiting.is_inside.wait(LONG)
    waiting.leave()


def test_a_process_that_is_killed_keeps_nobody_waiting(
    lock: WriteLock, holder: "subprocess.Popen[str]"
) -> None:
    waiting = Writer(lock)
    assert not waiting.is_inside.wait(SHORT)

    holder.kill()

    assert waiting.is_inside.wait(LONG)
    waiting.leave()


def test_a_crowd_of_threads_and_locks_is_never_inside_together(database: Path) -> None:
    locks = [WriteLock(database) for _ in range(2)]
    inside: list[int] = []
    most: list[int] = []

    def write(lock: WriteLock) -> None:
        for _ in range(50):
            with lock.held():
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [Thread(target=write, args=(lock,)) for lock in locks * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)

    assert (len(most), max(most)) == (300, 1)


def test_who_fails_inside_leaves_the_lock_behind(lock: WriteLock) -> None:
    with pytest.raises(KeyError), lock.held():
        raise KeyError

    with lock.held():
        assert lock.path.exists()


def test_the_lock_is_a_file_of_its_owner_beside_the_database(app: Flask) -> None:
    with app.app_context(), transaction():
        found = lock_of(db.engine)
        database = db.engine.url.database

    assert found is not None
    assert str(found.path) == f"{database}-lock"
    assert found.path.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_takes_no_file_is_a_passing_failure(tmp_path: Path) -> None:
    with pytest.raises(OperationalError) as refusal, WriteLock(tmp_path / "gone" / "x").held():
        pass

    assert is_busy(refusal.value)


# --- Waiting --------------------------------------------------------------------------------------


def test_who_waited_too_long_for_a_thread_is_told_that_the_database_is_busy(
    lock: WriteLock, impatient: None
) -> None:
    first = Writer(lock)
    assert first.is_inside.wait(LONG)

    with pytest.raises(OperationalError, match="locked") as refusal, lock.held():
        pass

    assert is_busy(refusal.value)
    first.leave()


def test_who_waited_too_long_for_a_process_gives_the_turn_to_the_next(
    lock: WriteLock, holder: "subprocess.Popen[str]", impatient: None
) -> None:
    waiting = Writer(lock)
    waiting.join(2 * SHORT)

    holder.communicate("go on\n", LONG)
    waiting.join(LONG)

    assert waiting.error is not None
    assert is_busy(waiting.error)
    with lock.held():
        pass


def test_nobody_waits_for_ever_for_a_process_that_hangs(
    lock: WriteLock, holder: "subprocess.Popen[str]", impatient: None
) -> None:
    waiting = Writer(lock)

    waiting.join(1)

    assert waiting.error is not None


def test_behind_a_writer_that_was_blocked_nobody_waits(lock: WriteLock) -> None:
    first = Writer(lock)
    assert first.is_inside.wait(LONG)
    lock.note_blocked(is_blocked=True)

    with pytest.raises(OperationalError, match="locked"), lock.held():
        pass

    assert lock.patience == LITTLE_PATIENCE_SECONDS
    first.leave()


def test_who_finds_the_lock_free_tries_although_another_was_blocked(lock: WriteLock) -> None:
    lock.note_blocked(is_blocked=True)

    with lock.held():
        lock.note_blocked(is_blocked=False)

    assert lock.patience == PATIENCE_SECONDS


def test_a_blocked_writer_and_then_a_successful_one_are_noted_by_themselves(
    app: Flask, impatient: None
) -> None:
    def write() -> float:
        with suppress(OperationalError), transaction() as session:
            session.connection()
        lock = lock_of(db.engine)
        assert lock is not None
        return lock.patience

    with app.app_context():
        with locked_by_another_program(app):
            during = write()
        after = write()

    assert (during, after) == (LITTLE_PATIENCE_SECONDS, SHORT)
