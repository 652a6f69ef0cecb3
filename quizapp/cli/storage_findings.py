"""What `flask doctor` finds out about the database."""

from collections.abc import Iterator
from pathlib import Path

from quizapp.cli.findings import Finding, breach, ok, warning
from quizapp.config import Config
from quizapp.db.condition import Disk, PostgresCondition, SqliteCondition, Standing
from quizapp.db.sqlite import WAL_LIMIT_BYTES, is_wal_reset_fixed

SYNCHRONOUS = ("OFF", "NORMAL", "FULL", "EXTRA")
"""What the numbers of PRAGMA synchronous mean."""
LITTLE_FREE_SHARE = 0.1
SUPERUSERS = 3
"""Connections that PostgreSQL keeps for its superuser."""


def of_sqlite(found: SqliteCondition) -> Iterator[Finding]:
    """Whether the file keeps what it was given."""
    version = ".".join(map(str, found.version))
    yield ok(f"SQLite {version}, {found.path}, {_megabytes(found.file_bytes)}")
    yield _wal_reset(found)
    yield _expect(
        found.journal_mode == "wal", f"journal mode {found.journal_mode}", "It must be wal."
    )
    yield _expect(
        found.synchronous >= SYNCHRONOUS.index("FULL"),
        f"synchronous {SYNCHRONOUS[found.synchronous]}",
        "A power cut may take answers that were acknowledged. It must be FULL.",
    )
    yield _expect(
        found.has_foreign_keys,
        f"foreign keys {'on' if found.has_foreign_keys else 'off'}",
        "They must be on.",
    )
    yield _log(found.log_bytes)
    yield _space(found.disk)
    yield _place(found.disk)


def of_postgres(found: PostgresCondition, config: Config) -> Iterator[Finding]:
    """Whether the server keeps what it was given, and has a connection for each thread."""
    settings = found.settings
    yield ok(f"PostgreSQL {settings['server_version']}")
    for name in ("fsync", "full_page_writes"):
        yield _expect(
            settings[name] == "on",
            f"{name} {settings[name]}",
            f"A power cut may damage the database. Set {name} = on in postgresql.conf.",
        )
    yield _expect(
        settings["synchronous_commit"] != "off",
        f"synchronous_commit {settings['synchronous_commit']}",
        "A crash may take answers that were acknowledged. Set synchronous_commit = on.",
    )
    isolation = settings["transaction_isolation"]
    yield _expect(
        isolation == "read committed",
        f"isolation {isolation}",
        "Saves that meet would fail. Set default_transaction_isolation = 'read committed'.",
    )
    yield _connections(int(settings["max_connections"]), config)


def of_migrations(standing: Standing) -> Finding:
    """Whether the tables are as this program wants them."""
    if standing == "current":
        return ok("tables: up to date")
    if standing == "unknown":
        return breach(
            "tables: made by a newer version of this program",
            "Use that version, or restore a backup from before it.",
        )
    what = "not made yet" if standing == "empty" else "of an older version"
    return breach(f"tables: {what}", "Start the server, or run `flask --app wsgi prepare`.")


def missing(path: Path) -> Finding:
    """There is no SQLite file."""
    return breach(
        f"there is no database {path}", "Start the server, or run `flask --app wsgi prepare`."
    )


def _wal_reset(found: SqliteCondition) -> Finding:
    lock = f"{found.path.name}-lock"
    if is_wal_reset_fixed(found.version):
        return ok("WAL-reset fault: mended in this SQLite")
    if found.is_guarded:
        return ok(f"WAL-reset fault: in this SQLite, guarded by {lock} round every write")
    return breach(
        "WAL-reset fault: in this SQLite, and not guarded",
        "Use a Python with SQLite 3.51.3 or newer.",
    )


def _log(log_bytes: int) -> Finding:
    what = f"write-ahead log: {_megabytes(log_bytes)}"
    if log_bytes <= WAL_LIMIT_BYTES:
        return ok(what)
    return warning(what, "Something reads for long: end it, or restart the server.")


def _space(disk: Disk) -> Finding:
    what = f"free disk space: {_megabytes(disk.free_bytes)}, {disk.free_share:.0%}"
    if disk.free_share < LITTLE_FREE_SHARE:
        return warning(what, "Make room: when the disk is full, no answer is taken.")
    return ok(what)


def _place(disk: Disk) -> Finding:
    if disk.is_network:
        return breach(
            f"file system: {disk.filesystem}, over a network",
            "SQLite's locks do not hold there. Move the file to a local disk, or use PostgreSQL.",
        )
    kind = f"{disk.filesystem}, local" if disk.filesystem else "cannot be told on this system"
    return ok(f"file system: {kind}")


def _connections(most: int, config: Config) -> Finding:
    """Each process has a pool; the one that starts the workers has one more."""
    pool = config.threads + 1
    needed = (config.workers + 1) * pool
    what = (
        f"connections: {pool} for {config.threads} threads, {needed} in all; the server has {most}"
    )
    if needed > most - SUPERUSERS:
        return breach(what, "Raise max_connections in postgresql.conf, or lower QUIZAPP_WORKERS.")
    return ok(what)


def _expect(is_met: bool, what: str, advice: str) -> Finding:  # noqa: FBT001 - the question itself
    return ok(what) if is_met else breach(what, advice)


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB" if count >= 1e7 else f"{count / 1e6:.1f} MB"
