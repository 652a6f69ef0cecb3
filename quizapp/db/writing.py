"""Who may write, and when: on SQLite one at a time, in the order of asking."""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import Event, Lock, Thread
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

PATIENCE_SECONDS = 2.0
"""How long a writer waits for the others of this program, and again for other programs."""

LITTLE_PATIENCE_SECONDS = 0.05
SHORT_WAITS = (0.0002, 0.0003, 0.0004, 0.0006)
"""Seconds between tries for a lock that others hold half a millisecond; then one queues for it."""

is_writing: ContextVar[bool] = ContextVar("is_writing", default=False)
"""True while this thread may write: SQLite then takes its write lock at once, never half-way."""

_locks: WeakKeyDictionary[Engine, "WriteLock"] = WeakKeyDictionary()


class FileLock:
    """A lock between processes on the file ``path``, for one thread at a time.

    The system frees it when its process dies, and gives it to who has waited longest. To stop
    waiting is not possible with ``flock``; so a thread of its own waits, and lets go of what it
    gets when nobody wants it any more.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None
        self._state = Lock()
        self._is_waiting = self._is_wanted = False
        self._is_acquired = Event()

    def acquire(self, timeout: float) -> bool:
        """True when it is held now, False when it was not to be had. Raises OSError."""
        if self._descriptor is None:
            self._descriptor = _opened(self.path)
        if self._is_had_soon(self._descriptor, timeout):
            return True
        with self._state:
            if not self._is_waiting:
                self._is_waiting = True
                Thread(target=self._wait, args=(self._descriptor,), daemon=True).start()
            self._is_wanted = True
        self._is_acquired.wait(timeout)
        with self._state:
            self._is_wanted = False
            is_held = self._is_acquired.is_set()
            self._is_acquired.clear()
            return is_held

    def release(self) -> None:
        """It is free for others."""
        if self._descriptor is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _is_had_soon(self, descriptor: int, timeout: float) -> bool:
        """True when it could be had without a thread that waits, as nearly always."""
        if self._is_waiting:
            return False
        for seconds in SHORT_WAITS if timeout else ():
            if _is_locked_at_once(descriptor):
                return True
            time.sleep(seconds)
        return _is_locked_at_once(descriptor)

    def _wait(self, descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            with self._state:
                if self._is_wanted:
                    self._is_acquired.set()
                else:
                    fcntl.flock(descriptor, fcntl.LOCK_UN)
        finally:
            self._is_waiting = False  # last: until then nobody may try by themselves

    def __del__(self) -> None:
        if self._descriptor is not None and not self._is_waiting:
            os.close(self._descriptor)


def _is_locked_at_once(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class WriteLock:
    """One writer at a time among all threads and processes that use the same SQLite file.

    A lock between threads, then a lock on the file ``<database>-lock``. It keeps commits and
    checkpoints apart, in which SQLite before 3.51.3 can lose what was committed, and it is fair:
    SQLite's own waiting starves a few writers for seconds.
    """

    def __init__(self, database: Path) -> None:
        self._threads = Lock()
        self._file = FileLock(database.with_name(f"{database.name}-lock"))
        self._is_blocked = False

    @property
    def path(self) -> Path:
        """The lock file."""
        return self._file.path

    @property
    def patience(self) -> float:
        """Seconds to wait; next to none after a writer had waited in vain.

        So a queue before a locked database is told at once, rather than one by one.
        """
        return LITTLE_PATIENCE_SECONDS if self._is_blocked else PATIENCE_SECONDS

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else writes inside. Raises OperationalError after too long a wait."""
        until = time.monotonic() + self.patience
        if not self._threads.acquire(timeout=self.patience):
            raise _busy()
        try:
            self._lock_file(until)
            try:
                yield
            finally:
                self._file.release()
        finally:
            self._threads.release()

    def note_blocked(self, *, is_blocked: bool) -> None:
        """Whether the last writer waited in vain, for a program or for a process that hangs."""
        self._is_blocked = is_blocked

    def _lock_file(self, until: float) -> None:
        patience = max(0.0, until - time.monotonic())
        try:
            is_held = self._file.acquire(patience)
        except OSError as error:
            raise _passing(f"{self.path}: {error.strerror}", sqlite3.SQLITE_CANTOPEN) from error
        if not is_held:
            # A writer that had queued among ours and came too late says nothing of the file.
            if patience > PATIENCE_SECONDS / 2:
                self.note_blocked(is_blocked=True)
            raise _busy()


def _opened(path: Path) -> int:
    """The lock file; one that the superuser makes belongs to whom the folder belongs to."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if os.geteuid() == 0:
        folder = path.parent.stat()
        os.fchown(descriptor, folder.st_uid, folder.st_gid)
    return descriptor


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
