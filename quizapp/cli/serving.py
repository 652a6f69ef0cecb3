"""Preparing the database and serving."""

import hashlib
import logging
import os
from datetime import datetime
from multiprocessing import set_start_method
from pathlib import Path
from threading import Event, Thread
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from granian.constants import Interfaces
from granian.server.mp import MPServer
from sqlalchemy import URL, make_url

from quizapp.cli import companions
from quizapp.cli.backup import before_migration
from quizapp.cli.closing import clock_of, tidy_until
from quizapp.cli.failures import told_plainly
from quizapp.cli.presence import announced
from quizapp.clock import hand_on
from quizapp.config import Config
from quizapp.db import condition, db
from quizapp.db.migrations import alembic
from quizapp.db.transaction import exclusively, transaction
from quizapp.domain.errors import QuizError
from quizapp.domain.images import FOLDER
from quizapp.services import accounts, question_files, rebuilt_memories

BACKLOG = 4_096
"""Connections that wait to be accepted."""
MOST_CONNECTIONS = 16_384
"""Connections that a worker holds open."""
STOP_SECONDS = 3
"""What a worker may take to end once it is told to; then it is killed."""


@click.command()
@with_appcontext
def prepare() -> None:
    """Bring the database up to date and load the banks, where anything has changed."""
    with told_plainly():
        prepare_database(current_app.extensions["quizapp"])


@click.command()
@with_appcontext
def serve() -> None:
    """Prepare, then serve until stopped; meanwhile overdue attempts are closed, and code graded."""
    config: Config = current_app.extensions["quizapp"]
    with told_plainly():
        prepare_database(config)
        beside = companions.of_server(config)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    _print_welcome(config)
    hand_on(clock_of(app))
    with announced(config.instance_folder, config.port) as announcement:
        stop = Event()
        tidying = (app, config, stop, announcement.tidied)
        tidier = Thread(target=tidy_until, args=tidying, daemon=True)
        tidier.start()
        try:
            with companions.beside_server(config, beside, click.echo):
                _server(config).serve()
        finally:
            stop.set()
            tidier.join()  # it writes to the announcement, which is closed next


def prepare_database(config: Config) -> None:
    """The newest migration has run and the banks are loaded; quick when nothing has changed."""
    config.instance_folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with exclusively():
        _migrate(config)
        _load_questions(config)
        _make_missing_memories()


def _migrate(config: Config) -> None:
    """The tables are as this program wants them; a SQLite file that changes was copied before."""
    _make_private(make_url(config.database_url))
    standing = condition.migration_standing()
    if standing == "current":
        return
    if standing == "unknown":
        raise QuizError(
            "The database was made by a newer version of this program. Use that version, or "
            "restore a backup from before it."
        )
    if standing == "behind" and db.engine.dialect.name == "sqlite":
        click.echo(f"Backed up to {before_migration(config, _now())}, for the tables change.")
    alembic.upgrade()


def _make_private(url: URL) -> None:
    """A SQLite file that is not there yet is made so that its owner alone may read it."""
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        flags = os.O_CREAT | os.O_CLOEXEC
        os.close(os.open(url.database or "", flags, 0o600))


def _load_questions(config: Config) -> None:
    digest = _questions_digest(config)
    with transaction() as session:
        if question_files.is_loaded(session, digest):
            return
        for done in question_files.load(session, config.questions_folder, _now()):
            click.echo(f"Bank {done.bank.slug}: {done.added + done.unchanged + done.revised} items")
        question_files.note_loaded(session, digest, _now())


def _make_missing_memories() -> None:
    """Answers from before there were memories of items are remembered too."""
    with transaction() as session:
        learners = rebuilt_memories.missing(session)
    for learner in learners:
        with transaction() as session:
            rebuilt_memories.rebuild(session, learner)
    if learners:
        click.echo(f"Made the memories of items, for the due list: {len(learners)} learners")


def _print_welcome(config: Config) -> None:
    address = config.public_url
    with exclusively(), transaction() as session:
        token = accounts.invite_owner(session, _now())
    click.echo(f"\n  {config.site_name} is served on {address}")
    if token:
        click.echo(f"  Make the first owner account (once): {address}/invitations/{token}")
    click.echo("  Stop with Ctrl-C.\n")


def _now() -> datetime:
    return clock_of(current_app).now()


class _Server(MPServer):
    """Replaces a worker that has died, however young it was.

    By itself granian takes two deaths within 5.5 seconds for a crash that would go on, and ends:
    the system that kills a process for its memory would end the exam.
    """

    def _respawn_workers(self, *args: Any, **kwargs: Any) -> None:
        super()._respawn_workers(*args, **kwargs)
        self.respawned_wrks.clear()


def _server(config: Config) -> Any:
    """The server. Its workers are spawned, not forked: a connection to a database, open in the
    parent, must never be shared with a child.
    """
    set_start_method("spawn", force=True)
    os.environ.setdefault("MALLOC_ARENA_MAX", "1")  # 5 MB less in each worker (glibc)
    return _Server(
        "quizapp.worker:create_worker",
        factory=True,
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        workers=config.workers,
        blocking_threads=config.threads,
        respawn_failed_workers=True,
        log_access=False,
        websockets=False,
        # By itself granian stops answering at about 1,000 open connections, which idle pages keep.
        backlog=BACKLOG,
        backpressure=MOST_CONNECTIONS,
        # A request that is half sent must not keep the server from stopping.
        workers_kill_timeout=STOP_SECONDS,
    )


def _questions_digest(config: Config) -> str:
    """SHA-256 (hex) over names and contents of all question files."""
    digest = hashlib.sha256()
    for path in sorted(_question_files(config.questions_folder)):
        digest.update(str(path.relative_to(config.questions_folder)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _question_files(folder: Path) -> list[Path]:
    pictures = [path for path in folder.glob(f"*/{FOLDER}/*") if path.is_file()]
    return [*folder.glob("*.yaml"), *folder.glob("*/*.yaml"), *pictures]
