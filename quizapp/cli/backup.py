"""Copies of the database: `flask backup` while the server runs, `flask restore` without it."""

import re
import time
from datetime import datetime
from pathlib import Path
from shlex import quote

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import URL, make_url

from quizapp.cli.closing import clock_of
from quizapp.cli.failures import told_plainly
from quizapp.config import Config
from quizapp.db import condition, restoring
from quizapp.db.backup import BackupError, address, back_up, suffix
from quizapp.domain.errors import QuizError

FOLDER = "backups"
STAMP = "%Y%m%dT%H%M%SZ"
BEFORE_MIGRATION = "-before-migration"
MOST_BEFORE_MIGRATION = 3


@click.command()
@with_appcontext
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--keep", type=click.IntRange(1), help="Delete all but so many of the latest.")
def backup(path: Path | None, keep: int | None) -> None:
    """Copy the database to PATH, or under its own name and the time into instance/backups.

    The server may run. Nothing is overwritten. --keep is for the folder and not for PATH.
    """
    if path is not None and keep is not None:
        raise click.UsageError("--keep is for the folder of backups; leave out PATH or --keep.")
    config: Config = current_app.extensions["quizapp"]
    began = time.monotonic()
    with told_plainly():
        made = path or make(config, clock_of(current_app).now())
        if path is not None:
            back_up(make_url(config.database_url), path)
        size = made.stat().st_size / 1e6
        click.echo(f"{made}: {size:.1f} MB in {time.monotonic() - began:.1f} s, checked.")
        if keep is not None:
            forget(config, keep)


@click.command()
@with_appcontext
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Put the present database aside; it is kept.")
def restore(path: Path, *, replace: bool) -> None:
    """Put the copy at PATH in the place of the SQLite database. The server must not run."""
    config: Config = current_app.extensions["quizapp"]
    url = make_url(config.database_url)
    target = Path(url.database or "")
    with told_plainly():
        _require_file(url, path)
        held = restoring.contents(path)
        if not condition.is_known_revision(held.revision):
            raise QuizError(f"{path} was made by a newer version of this program. Use that one.")
        aside = target.with_name(f"{target.name}.replaced-{clock_of(current_app).now():{STAMP}}")
        was_there = target.exists()
        target.parent.mkdir(parents=True, exist_ok=True)
        restoring.restore(path, target, aside if replace else None)
    if was_there:
        click.echo(f"What was there is now {aside}.")
    click.echo(
        f"{target}: accounts {held.people}, attempts {held.attempts}, newest answer "
        f"{held.newest_answer or 'none'} UTC. Start the server."
    )


def make(config: Config, now: datetime, note: str = "") -> Path:
    """A new backup in the folder of backups, named by the database and ``now``."""
    url = make_url(config.database_url)
    folder = folder_of(config)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = folder / f"{_stem(url)}-{now:{STAMP}}{note}{suffix(url)}"
    back_up(url, made)
    return made


def before_migration(config: Config, now: datetime) -> Path:
    """A backup of what a migration is about to change; older ones of the kind are gone."""
    made = make(config, now, BEFORE_MIGRATION)
    forget(config, MOST_BEFORE_MIGRATION, BEFORE_MIGRATION)
    return made


def forget(config: Config, keep: int, note: str = "") -> None:
    """Of the backups of that kind the latest ``keep`` (1 or more) are left."""
    for path in found(config, note)[:-keep]:
        path.unlink()


def found(config: Config, note: str = "") -> list[Path]:
    """The backups of this database that were made under their own name, the oldest first."""
    url = make_url(config.database_url)
    name = re.compile(rf"{re.escape(_stem(url))}-\d{{8}}T\d{{6}}Z{note}{re.escape(suffix(url))}")
    return sorted(each for each in folder_of(config).glob("*") if name.fullmatch(each.name))


def folder_of(config: Config) -> Path:
    """Where backups are kept."""
    return config.instance_folder / FOLDER


def _stem(url: URL) -> str:
    return Path(url.database or "").stem


def _require_file(url: URL, path: Path) -> None:
    """Raises BackupError for a database that is no file, with what to do instead."""
    if url.get_backend_name() != "sqlite":
        raise BackupError(
            "This command is for SQLite. With the server stopped, into an empty database: "
            "pg_restore --no-owner --exit-on-error --single-transaction "
            f"{quote(f'--dbname={address(url)}')} {quote(str(path))}"
        )
