"""Putting a copy in the place of a SQLite database, which stays beside it."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from quizapp.db.backup import BackupError, copy_file, partial, read_only
from quizapp.db.writing import WriteLock

MAGIC = b"SQLite format 3\0"
"""How every SQLite file begins."""

_SUMMARY = """
    SELECT (SELECT version_num FROM alembic_version),
        (SELECT count(*) FROM user_account),
        (SELECT count(*) FROM attempt),
        (SELECT max(saved_at) FROM response)
"""


@dataclass(frozen=True)
class Contents:
    """What a copy holds; ``newest_answer`` in UTC, None when there is none."""

    revision: str
    people: int
    attempts: int
    newest_answer: str | None


def contents(path: Path) -> Contents:
    """What is in that SQLite file. Raises BackupError when it is no database of this program."""
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    try:
        with closing(read_only(path)) as connection:
            return Contents(*connection.execute(_SUMMARY).fetchone())
    except sqlite3.Error as error:
        raise BackupError(f"{path} is no copy of a database of this program: {error}.") from error


def restore(source: Path, target: Path, aside: Path | None) -> None:
    """``target`` is a sound copy of ``source``; a database that was there is ``aside`` now.

    Raises BackupError, with everything as before, when somebody uses that database, and when there
    is one and ``aside`` is None.
    """
    if target.exists() and aside is None:
        raise BackupError(f"{target} is there already. With --replace it is put aside.")
    if not target.exists() and _companions(target):
        names = ", ".join(str(path) for path in _companions(target))
        raise BackupError(f"{names}: left of a database that is gone. Move it away first.")
    if target.exists():
        _leave_alone(target)  # so that nobody waits for a copy in vain
    with partial(target) as part:
        copy_file(source, part)
        if aside is not None and target.exists():
            _put_aside(target, aside)
        _give_to_owner_of(target.parent, part, *_lock_files(target))


def _put_aside(target: Path, aside: Path) -> None:
    """The database has another name, with all that was written to it."""
    with WriteLock(target).held():
        _leave_alone(target)
        for path in (*_companions(target), target):
            path.rename(aside.with_name(path.name.replace(target.name, aside.name, 1)))


def _leave_alone(target: Path) -> None:
    """Nobody has ``target`` open, and its log is in the file. What is no database is untouched."""
    with target.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            return
    try:
        with closing(sqlite3.connect(target, timeout=0, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise BackupError(f"{target} is in use. Stop the server first.") from error


def _companions(target: Path) -> Sequence[Path]:
    """SQLite's log and index beside the file, as far as they are there."""
    beside = (target.with_name(f"{target.name}{suffix}") for suffix in ("-wal", "-shm"))
    return [path for path in beside if path.exists()]


def _lock_files(target: Path) -> Sequence[Path]:
    return [path for path in (WriteLock(target).path,) if path.exists()]


def _give_to_owner_of(folder: Path, *paths: Path) -> None:
    """Who restores as root makes no file that the server may not open."""
    if os.geteuid() == 0:
        owner = folder.stat()
        for path in paths:
            os.chown(path, owner.st_uid, owner.st_gid)
