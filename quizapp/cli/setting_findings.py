"""What `flask doctor` finds out about the settings, the files, the clock and the server."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import make_url

from quizapp.cli import backup
from quizapp.cli.findings import Finding, breach, ok, warning
from quizapp.cli.presence import Presence
from quizapp.clock import ALARM_SECONDS, Clock, steady_seconds
from quizapp.config import Config
from quizapp.db import condition

SAVE_GRACE_SECONDS = 60
LONGEST_CLOSE_INTERVAL = 60
LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
SLACK_SECONDS = 60
OLDEST_BACKUP = timedelta(days=7)


def of_files(config: Config) -> Iterator[Finding]:
    """Whether the program's files are its own alone."""
    folder = config.instance_folder
    if condition.is_writable(folder):
        yield ok(f"instance folder: {folder}")
    else:
        yield breach(
            f"instance folder: {folder} cannot be written by {_who()}",
            "Run this as the server's user, or give the folder to that user.",
        )
    yield _secret(config)
    files = _database_files(config)
    if foreign := [path.name for path in files if condition.is_foreign(path)]:
        yield breach(
            f"of another owner than their folder: {', '.join(foreign)}",
            "The server may not open them: chown them to the owner of the folder.",
        )
    if exposed := [path for path in files if _is_exposed(path)]:
        yield warning(
            f"others on this machine may read {exposed[0]}", f"chmod 700 {exposed[0].parent}"
        )


def of_address(config: Config) -> Finding:
    """Whether passwords and cookies cross the network unseen."""
    if config.is_secure:
        return ok(f"public address: {config.public_url}; cookies are Secure")
    if urlsplit(config.public_url).hostname in LOOPBACK:
        return ok(
            f"public address: {config.public_url}, this machine alone; cookies without Secure"
        )
    return breach(
        f"public address: {config.public_url}; passwords and cookies can be read on the way",
        "Put a proxy with TLS in front and set QUIZAPP_PUBLIC_URL to its https:// address.",
    )


def of_workers(config: Config) -> Finding:
    """Whether the processors are used."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    what = f"workers: {config.workers} × {config.threads} threads on {cores} processors"
    if config.workers != cores:
        return warning(what, f"Set QUIZAPP_WORKERS={cores}, unless the machine does other work.")
    return ok(what)


def of_times(config: Config) -> Iterator[Finding]:
    """Whether a late save counts, and attempts are closed soon."""
    what = f"save grace: {config.save_grace_seconds} s after the deadline"
    if config.save_grace_seconds < SAVE_GRACE_SECONDS:
        yield warning(what, f"A slow network may take longer: {SAVE_GRACE_SECONDS} s are usual.")
    else:
        yield ok(what)
    what = f"overdue attempts: closed every {config.close_interval_seconds} s"
    if config.close_interval_seconds > LONGEST_CLOSE_INTERVAL:
        yield warning(what, "Results come late. Set QUIZAPP_CLOSE_INTERVAL_SECONDS=30.")
    else:
        yield ok(what)


def of_server(server: Presence | None, config: Config) -> Finding:
    """Whether a server runs here and tidies up."""
    if server is None:
        return warning(f"server: none runs on port {config.port}", "Start it, if it should run.")
    idle = steady_seconds() - server.tidied_at
    what = f"server: process {server.process}, tidied up {idle:.0f} s ago"
    if idle > 2 * config.close_interval_seconds + SLACK_SECONDS:
        return breach(what, "Overdue attempts stay open. Its log says why; restart it.")
    return ok(what)


def of_clock(server: Presence | None, now: datetime, newest: datetime | None) -> Finding:
    """Whether the server's steady time, this machine's clock, and what is stored agree."""
    what = f"clock: {_told(now)} UTC"
    if newest is not None and newest > now + timedelta(seconds=SLACK_SECONDS):
        return breach(
            f"{what}, but something was stored at {_told(newest)}",
            "This machine's clock was set back, or was ahead. Set it right, then restart.",
        )
    if server is None:
        return ok(f"{what}, and nothing is stored that is later")
    error = Clock(server.anchor).error
    what += f"; the server's time is {abs(error):.1f} s {'behind' if error > 0 else 'ahead of'} it"
    if abs(error) <= ALARM_SECONDS:
        return ok(what)
    return breach(
        what,
        "The clock was set; attempts keep the server's time. Set the clock right; if it was wrong "
        "before, restart the server when no timed attempt runs.",
    )


def of_program(app: Flask) -> Iterator[Finding]:
    """Whether it runs as it should for people."""
    vendor = Path(app.static_folder or "") / "vendor"
    if (vendor / ".built-from").exists():
        yield ok("fonts: built")
    else:
        yield warning("fonts: not built, pages use the browser's", "Run `make assets`.")
    if app.debug or app.testing:
        yield breach("debug mode is on", "It shows the program's inside. Unset FLASK_DEBUG.")
    else:
        yield ok("debug mode: off")


def of_backups(config: Config, now: datetime) -> Finding:
    """Whether there is a copy to go back to."""
    made = backup.found(config)
    advice = "Run `flask --app wsgi backup` every day; docs/operating.md says how."
    if not made:
        return warning(f"backups: none in {backup.folder_of(config)}", advice)
    age = now.timestamp() - made[-1].stat().st_mtime
    what = f"backups: {len(made)}, the newest {made[-1].name}"
    return warning(what, advice) if age > OLDEST_BACKUP.total_seconds() else ok(what)


def _secret(config: Config) -> Finding:
    path = config.instance_folder / "secret_key"
    if not path.exists() or path.read_text().strip() != config.secret_key:
        return ok("secret key: from QUIZAPP_SECRET_KEY")
    if not condition.is_private(path):
        return breach(f"secret key: others may read {path}", f"chmod 600 {path}")
    return ok(f"secret key: {path}, for its owner alone")


def _database_files(config: Config) -> list[Path]:
    """The SQLite file and those beside it; none for a server."""
    url = make_url(config.database_url)
    if url.get_backend_name() != "sqlite":
        return []
    path = Path(url.database or "")
    beside = (path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm", "-lock"))
    return [each for each in (path, *beside) if each.exists()]


def _is_exposed(path: Path) -> bool:
    return not condition.is_private(path) and not condition.is_private(path.parent)


def _told(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S}"


def _who() -> str:
    return f"user {os.geteuid()}"
