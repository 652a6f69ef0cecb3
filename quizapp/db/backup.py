"""Copies of a whole database: made while others write, checked, complete once they have their name.

A file is copied by SQLite's own backup, in one step: it sees one moment, takes no write lock, and
copies pages as they are, so that checking the copy is checking the database.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from glob import escape
from pathlib import Path

from sqlalchemy import URL

from quizapp.domain.errors import QuizError

MOST_PROBLEMS = 5
SPARE_BYTES = 50 * 2**20
"""What a copy must leave free on its disk."""


class BackupError(QuizError):
    """There is no copy, or nothing was restored; the message says why."""


def suffix(url: URL) -> str:
    """How the names of copies of that database end."""
    return ".sqlite" if url.get_backend_name() == "sqlite" else ".dump"


def address(url: URL) -> str:
    """Where a PostgreSQL database is, for PostgreSQL's own programs; without the password."""
    return url._replace(drivername="postgresql", password=None).render_as_string()


def back_up(url: URL, target: Path) -> None:
    """``target`` is a checked copy of the database at one moment, readable to its owner alone.

    Raises BackupError, OSError; then there is no such file, or the one that was there before.
    """
    if target.exists():
        raise BackupError(f"{target} is there already. Choose another name.")
    with partial(target) as part:
        if url.get_backend_name() == "sqlite":
            copy_file(Path(url.database or ""), part)
        else:
            _dump(url, part)


@contextmanager
def partial(target: Path) -> Iterator[Path]:
    """A new file to fill; when the block ends it is on the disk as ``target``, else it is gone."""
    descriptor, name = tempfile.mkstemp(".part", f".{target.name}.", target.parent)  # mode 0600
    part = Path(name)
    try:
        os.close(descriptor)
        yield part
        sync(part)
        part.rename(target)
        sync(target.parent)
    finally:
        for left in part.parent.glob(f"{escape(part.name)}*"):  # with what SQLite put beside it
            left.unlink()


def copy_file(source: Path, part: Path) -> None:
    """``part`` is a sound copy of the SQLite file ``source``, in one file. Raises BackupError."""
    if not source.exists():
        raise BackupError(f"There is no database {source}.")
    needed = source.stat().st_size + SPARE_BYTES
    if shutil.disk_usage(part.parent).free < needed:
        raise BackupError(f"{part.parent} has no room for {needed / 1e6:.0f} MB. Make room first.")
    try:
        with closing(read_only(source)) as original, closing(sqlite3.connect(part)) as copied:
            copied.execute("PRAGMA synchronous = OFF")  # it is synced as a whole
            original.backup(copied)
            copied.execute("PRAGMA journal_mode = DELETE")
            problems = damage(copied)
    except sqlite3.Error as error:
        raise BackupError(f"{source} could not be copied: {error}.") from error
    if problems:
        raise BackupError(f"{source} is damaged: {'; '.join(problems)}. Keep the last good backup.")


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing: it makes no checkpoint when it is closed."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def damage(connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with its file, the first few things; nothing where it is sound."""
    rows = connection.execute(f"PRAGMA integrity_check({MOST_PROBLEMS})")
    return [row[0] for row in rows if row[0] != "ok"]


def sync(path: Path) -> None:
    """The file, or the names in the folder, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _dump(url: URL, part: Path) -> None:
    """``part`` is what pg_dump makes of the database, in its custom format. Raises BackupError."""
    _run(url, "pg_dump", "--format=custom", f"--file={part}", f"--dbname={address(url)}")
    _run(url, "pg_restore", "--list", str(part))


def _run(url: URL, program: str, *arguments: str) -> None:
    """One of PostgreSQL's programs has done its work; the password stands in no argument."""
    found = shutil.which(program)
    if found is None:
        raise BackupError(
            f"{program} was not found. Install PostgreSQL's client programs, of the server's "
            "version or newer (Debian: postgresql-client)."
        )
    secret = {} if url.password is None else {"PGPASSWORD": str(url.password)}
    done = subprocess.run(
        [found, *arguments],
        env={**os.environ, **secret},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()}")
