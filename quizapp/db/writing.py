"""Who may write, and when: on SQLite one at a time, in the order of asking."""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

PATIENCE_SECONDS = 2.0
"""How long a writer waits for the others of this program, and again for other programs."""

is_writing: ContextVar[bool] = ContextVar("is_writing", default=False)
"""True while this thread may write: SQLite then takes its write lock at once, never half-way."""

_locks: WeakKeyDictionary[Engine, "WriteLock"] = WeakKeyDictionary()


class WriteLock:
    """One writer at a time among all threads and processes that use the same SQLite file.

    A lock between threads, then a lock on the file ``<database>-lock``, which the system frees when
    its process dies. It keeps commits and checkpoints apart, in which SQLite before 3.51.3 can lose
    what was committed, and it is fair: SQLite's own waiting starves a few writers for seconds.
    """

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(f"{database.name}-lock")
        self._threads = Lock()
        self._descriptor: int | None = None
        self._is_blocked = False

    @property
    def patience(self) -> float:
        """Seconds to wait; none at all after a writer had waited in vain.

        So a queue before a locked database is told at once, rather than one by one.
        """
        return 0.0 if self._is_blocked else PATIENCE_SECONDS

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else writes inside. Raises OperationalError after too long a wait."""
        began = time.monotonic()
        patience = self.patience
        if not self._threads.acquire(timeout=patience):
            raise _busy()
        try:
            self._lock_file()
            if patience and time.monotonic() - began > patience:
                raise _busy()
            yield
        finally:
            self._unlock_file()
            self._threads.release()

    def note_blocked(self, *, is_blocked: bool) -> None:
        """Whether the last writer was kept from writing by another program."""
        self._is_blocked = is_blocked

    def _lock_file(self) -> None:
        try:
            if self._descriptor is None:
                self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        except OSError as error:
            raise _passing(f"{self.path}: {error.strerror}", sqlite3.SQLITE_CANTOPEN) from error

    def _unlock_file(self) -> None:
        if self._descriptor is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def __del__(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)


def guard(engine: Engine, database: Path) -> None:
    """From now on who writes by ``engine`` takes turns with all who write to that file."""
    _locks[engine] = WriteLock(database)


def lock_of(engine: Engine) -> WriteLock | None:
    """The lock that writers of ``engine`` take; None for a server, which has locks of its own."""
    return _locks.get(engine)


@contextmanager
def writing(engine: Engine) -> Iterator[None]:
    """This thread may write by ``engine``; on SQLite nobody else does meanwhile."""
    lock = lock_of(engine)
    if lock is None:
        with _marked():
            yield
        return
    with lock.held(), _marked():
        yield


@contextmanager
def _marked() -> Iterator[None]:
    token = is_writing.set(True)
    try:
        yield
    finally:
        is_writing.reset(token)


def _busy() -> OperationalError:
    return _passing("database is locked", sqlite3.SQLITE_BUSY)


def _passing(message: str, code: int) -> OperationalError:
    cause = sqlite3.OperationalError(message)
    cause.sqlite_errorcode = code
    return OperationalError(None, None, cause)
