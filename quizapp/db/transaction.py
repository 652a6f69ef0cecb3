"""The only commit in the program."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm import Session

from quizapp.db import db, is_writing


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
    session.commit()
    token = is_writing.set(True)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        is_writing.reset(token)


def is_busy(error: Exception) -> bool:
    """True when the database could not do it now but may in a moment: locked, full, gone away."""
    return isinstance(error, OperationalError)


def is_impossible(error: Exception) -> bool:
    """True when it was asked for what no row can hold: a number too large, a NUL in a text."""
    return isinstance(error, DataError) or (
        isinstance(error, OverflowError) and "SQLite" in str(error)
    )
