"""What is in force in a database: its version and settings, its migrations, where its files lie."""

import os
import re
import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Engine, inspect

from quizapp.db import backup, db
from quizapp.db.migrations import alembic
from quizapp.db.writing import lock_of

Standing: TypeAlias = Literal["empty", "behind", "current", "unknown"]
"""Without its tables yet, older than this program, as it wants it, or made by a newer one."""

NETWORK_FILESYSTEMS = frozenset(
    "9p afs ceph cifs coda fuse.glusterfs fuse.rclone fuse.s3fs fuse.sshfs gfs2 glusterfs lustre "
    "ncpfs nfs nfs4 ocfs2 smb2 smb3 smbfs vboxsf virtiofs".split()
)
"""Types of file systems on which locks and write-ahead logs cannot be relied on."""

MOUNTS = Path("/proc/self/mountinfo")

POSTGRES_SETTINGS = (
    "server_version",
    "fsync",
    "synchronous_commit",
    "full_page_writes",
    "transaction_isolation",
    "max_connections",
)


@dataclass(frozen=True)
class Disk:
    """Where a file lies; ``filesystem`` is a type such as ext4, "" where it cannot be told."""

    free_bytes: int
    total_bytes: int
    filesystem: str

    @property
    def free_share(self) -> float:
        return self.free_bytes / self.total_bytes

    @property
    def is_network(self) -> bool:
        return self.filesystem in NETWORK_FILESYSTEMS


@dataclass(frozen=True)
class SqliteCondition:
    """A SQLite file, and what holds on the program's own connections to it."""

    path: Path
    version: tuple[int, ...]
    journal_mode: str
    synchronous: int
    has_foreign_keys: bool
    is_guarded: bool
    file_bytes: int
    log_bytes: int
    disk: Disk


@dataclass(frozen=True)
class PostgresCondition:
    """A PostgreSQL server's settings, as they hold for the program, by name."""

    settings: Mapping[str, str]


def of_sqlite(engine: Engine) -> SqliteCondition:
    """The condition of the SQLite file of ``engine``."""
    path = Path(engine.url.database or "")
    log = path.with_name(f"{path.name}-wal")
    with engine.connect() as connection:
        return SqliteCondition(
            path=path,
            version=sqlite3.sqlite_version_info,
            journal_mode=str(_pragma(connection, "journal_mode")),
            synchronous=int(_pragma(connection, "synchronous")),
            has_foreign_keys=bool(int(_pragma(connection, "foreign_keys"))),
            is_guarded=lock_of(engine) is not None,
            file_bytes=path.stat().st_size,
            log_bytes=log.stat().st_size if log.exists() else 0,
            disk=disk_of(path.parent),
        )


def of_postgres(engine: Engine) -> PostgresCondition:
    """The condition of the PostgreSQL server of ``engine``."""
    with engine.connect() as connection:
        found = {
            name: str(connection.exec_driver_sql(f"SHOW {name}").scalar())
            for name in POSTGRES_SETTINGS
        }
    return PostgresCondition(found)


def migration_standing() -> Standing:
    """How the tables stand to this program's migrations."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return "empty"
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        revisions = found.scalars().all()
    if not revisions:
        return "empty"
    if set(revisions) == set(alembic.script_directory.get_heads()):
        return "current"
    return "behind" if all(map(is_known_revision, revisions)) else "unknown"


def is_known_revision(revision: str) -> bool:
    """True when this program has that migration."""
    known = {each.revision for each in alembic.script_directory.walk_revisions()}
    return revision in known


def damage(connection: Connection) -> list[str]:
    """What is wrong with a SQLite file itself, the first few things; PostgreSQL sees to its own."""
    if connection.dialect.name != "sqlite":
        return []
    own: Any = connection.connection.dbapi_connection
    found = [f"The file is damaged: {problem}." for problem in backup.damage(own)]
    return found + _orphans(connection)


def disk_of(folder: Path) -> Disk:
    """The disk that ``folder`` lies on."""
    usage = shutil.disk_usage(folder)
    mounts = MOUNTS.read_text() if MOUNTS.exists() else ""
    return Disk(usage.free, usage.total, filesystem_of(folder.resolve(), mounts))


def filesystem_of(folder: Path, mounts: str) -> str:
    """The type of the file system that holds ``folder``, by the lines of Linux's mountinfo."""
    depth, filesystem = -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point = Path(_unescaped(before.split()[4]))
        if folder.is_relative_to(point) and len(point.parts) >= depth:  # a later one hides others
            depth, filesystem = len(point.parts), after.split()[0]
    return filesystem


def is_private(path: Path) -> bool:
    """True when nobody but its owner may read or change it."""
    return not path.stat().st_mode & 0o077


def is_foreign(path: Path) -> bool:
    """True when somebody else owns it than the folder that it lies in."""
    return path.exists() and path.stat().st_uid != path.parent.stat().st_uid


def is_writable(folder: Path) -> bool:
    """True when who runs this may make files there."""
    return os.access(folder, os.W_OK | os.X_OK)


def _orphans(connection: Connection) -> list[str]:
    """A sentence for each pair of tables of which one points at what the other does not have."""
    rows = connection.exec_driver_sql(
        'SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2'
    )
    return [
        f"In {table}, {count} rows point at rows of {parent} that are not there."
        for table, parent, count in rows
    ]


def _pragma(connection: Connection, name: str) -> str | int:
    value: str | int = connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
    return value


def _unescaped(name: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), name)
