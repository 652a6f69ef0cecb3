"""The only commit in the program."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from quizapp.db import db
from quizapp.db.writing import is_writing, writing

ADVISORY_LOCK = 0x7175697A
"""Any number that nobody else takes: "quiz" in ASCII."""

SQLITE_PASSING_ERRORS = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
    )
)
"""Result codes of SQLite that a later try may not meet; a missing table is not among them."""


@contextmanager
def transaction() -> Iterator[Session]:
    """All that happens inside is stored when the block ends, or nothing of it when it raises.

    What was read before (the signed-in person) stays readable, but in an older view of the data:
    read again inside what a decision rests on. Does not nest: the inner end would store half of
    the outer one (RuntimeError).
    """
    if is_writing.get():
        raise RuntimeError("a transaction is already open here")
    session = db.session
    if session.in_transaction():
        session.commit()
    with writing(db.engine):
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def exclusively() -> Iterator[None]:
    """No other program on this PostgreSQL database is inside at the same time.

    For what servers that start together must not do together. A SQLite file has one server.
    """
    if db.engine.dialect.name != "postgresql":
        yield
        return
    # Outside of a transaction, which would be ended as idle; and whoever comes second waits.
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})
            connection.execute(text("RESET lock_timeout"))


def is_busy(error: Exception) -> bool:
    """True when the database could not do it now but may in a moment: locked, full, gone away."""
    if isinstance(error, PoolTimeoutError):
        return True
    if not isinstance(error, OperationalError):
        return False
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in SQLITE_PASSING_ERRORS
    return True


def is_impossible(error: Exception) -> bool:
    """True when it was asked for what no row can hold: a number too large, a NUL in a text."""
    return isinstance(error, DataError) or (
        isinstance(error, OverflowError) and "SQLite" in str(error)
    )
