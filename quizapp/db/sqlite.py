"""SQLite: every connection durable and checked, every write transaction guarded."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from quizapp.db.writing import PATIENCE_SECONDS, WriteLock, guard, is_writing, lock_of

BUSY_TIMEOUT_MS = round(PATIENCE_SECONDS * 1000)
"""How long a writer waits for other programs, and a reader while a file is being recovered."""
LASTING_ERRORS = frozenset((sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR))
"""Result codes that a connection may keep when the file can be written again."""
WORN = "quizapp.is_worn"
WAL_LIMIT_BYTES = 64 * 2**20
"""The write-ahead log is cut to this after a checkpoint."""


def is_wal_reset_fixed(version: tuple[int, ...]) -> bool:
    """False for versions that can lose commits when a checkpoint meets a commit.

    Fixed in 3.51.3, 3.50.7 and 3.44.6 (sqlite.org/wal.html, "The WAL-reset bug").
    """
    return (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51)
        or (3, 44, 6) <= version < (3, 45)
    )  # fmt: skip


def prepare(engine: Engine) -> None:
    """Makes ``engine`` durable, checked and fair."""
    guard(engine, Path(engine.url.database or ""))
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _mark_worn)
    event.listen(engine, "checkin", _drop_worn)


def _prepare(connection: sqlite3.Connection, record: Any) -> None:  # noqa: ARG001
    connection.isolation_level = None  # we say BEGIN ourselves
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT_BYTES}")


def _begin(connection: Connection) -> None:
    """Begins by the driver itself: as a statement of SQLAlchemy it took a tenth of a save."""
    own: Any = connection.connection.dbapi_connection
    lock = lock_of(connection.engine)
    if lock is None or not is_writing.get():
        own.execute("BEGIN")
        return
    _begin_writing(own, lock)


def _mark_worn(context: ExceptionContext) -> None:
    code = getattr(context.original_exception, "sqlite_errorcode", 0) & 0xFF
    if context.connection is not None and code in LASTING_ERRORS:
        context.connection.info[WORN] = True


def _drop_worn(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:  # noqa: ARG001
    """The pool does not keep what would go on failing: a file that could not be written when it was
    opened cannot be written by that connection ever after.
    """
    if record.info.pop(WORN, False):
        record.invalidate()


def _begin_writing(own: sqlite3.Connection, lock: WriteLock) -> None:
    """Waits for other programs no longer than ``lock`` has patience, and tells it how that went."""
    is_patient = lock.patience == PATIENCE_SECONDS
    try:
        if not is_patient:
            own.execute(f"PRAGMA busy_timeout = {round(lock.patience * 1000)}")
        own.execute("BEGIN IMMEDIATE")
        lock.note_blocked(is_blocked=False)
    except sqlite3.Error as error:
        lock.note_blocked(is_blocked=True)
        raise OperationalError("BEGIN IMMEDIATE", None, error) from error
    finally:
        if not is_patient:
            own.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
