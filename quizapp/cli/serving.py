"""Preparing the database and serving."""

import hashlib
import logging
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from granian import Granian
from granian.constants import Interfaces

from quizapp.cli.failures import told_plainly
from quizapp.config import Config
from quizapp.db import alembic
from quizapp.db.transaction import transaction
from quizapp.services import accounts, attempts, question_files

BLOCKING_THREADS = 2


@click.command()
@with_appcontext
def prepare() -> None:
    """Bring the database up to date and load the banks, where anything has changed."""
    with told_plainly():
        prepare_database(current_app.extensions["quizapp"])


@click.command()
@with_appcontext
@click.option("--port", type=int, help="Another port than the setting's.")
def serve(port: int | None) -> None:
    """Prepare, then serve until stopped; overdue attempts are closed meanwhile."""
    config: Config = current_app.extensions["quizapp"]
    with told_plainly():
        prepare_database(config)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    address = f"http://{config.host}:{port}" if port else config.public_url
    _print_welcome(config, address)
    stop = Event()
    closer = Thread(target=close_overdue_until, args=(app, config, stop), daemon=True)
    closer.start()
    _server(config, port or config.port).serve()
    stop.set()


def prepare_database(config: Config) -> None:
    """The newest migration has run and the banks are loaded; quick when nothing has changed."""
    config.instance_folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    alembic.upgrade()
    digest = _questions_digest(config)
    with transaction() as session:
        if question_files.is_loaded(session, digest):
            return
        for done in question_files.load(session, config.questions_folder, datetime.now(UTC)):
            click.echo(f"Bank {done.bank.slug}: {done.added + done.unchanged + done.revised} items")
        question_files.note_loaded(session, digest, datetime.now(UTC))


def close_overdue_until(app: Flask, config: Config, stop: Event) -> None:
    """Closes overdue attempts now and then until ``stop``; a failure waits for the next turn."""
    while not stop.wait(config.close_interval_seconds):
        try:
            with app.app_context(), transaction() as session:
                attempts.close_overdue(session, datetime.now(UTC), config.save_grace)
        except Exception:
            app.logger.exception("closing overdue attempts failed; trying again")


def _print_welcome(config: Config, address: str) -> None:
    with transaction() as session:
        token = accounts.invite_owner(session, datetime.now(UTC))
    click.echo(f"\n  {config.site_name} is served on {address}")
    if token:
        click.echo(f"  Make the first owner account (once): {address}/invitations/{token}")
    click.echo("  Stop with Ctrl-C.\n")


def _server(config: Config, port: int) -> Any:
    return Granian(
        "wsgi:app",
        address=config.host,
        port=port,
        interface=Interfaces.WSGI,
        workers=config.workers,
        blocking_threads=BLOCKING_THREADS,
        respawn_failed_workers=True,
        log_access=False,
        websockets=False,
    )


def _questions_digest(config: Config) -> str:
    """SHA-256 (hex) over names and contents of all question files."""
    digest = hashlib.sha256()
    for path in sorted(_question_files(config.questions_folder)):
        digest.update(str(path.relative_to(config.questions_folder)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _question_files(folder: Path) -> list[Path]:
    return [*folder.glob("*.yaml"), *folder.glob("*/*.yaml")]
