"""`flask doctor`: what is in force, what is not as it should be, and what to do."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from quizapp.cli import (
    grading_findings,
    presence,
    runner_findings,
    setting_findings,
    skill_findings,
    storage_findings,
)
from quizapp.cli.closing import clock_of
from quizapp.cli.failures import told_plainly
from quizapp.cli.findings import Finding, breach, ok, summary
from quizapp.config import Config
from quizapp.db import condition, db
from quizapp.services import grading_queue, invariants, rebuilding, verdicts


@click.command()
@with_appcontext
@click.option("--check", is_flag=True, help="Check the stored data too; takes a minute for a GB.")
def doctor(*, check: bool) -> None:
    """Say what is in force, and what to do about what is not as it should be.

    Ends with 1 when there is a breach: when answers, grades or passwords are at risk.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    config: Config = app.extensions["quizapp"]
    found = []
    for finding in _findings(app, config, is_thorough=check):
        click.echo(str(finding))
        found.append(finding)
    click.echo(f"\n{summary(found)}.")
    if any(each.verdict == "breach" for each in found):
        raise SystemExit(1)


def _findings(app: Flask, config: Config, *, is_thorough: bool) -> Iterator[Finding]:
    now = clock_of(app).now()
    newest = None
    with told_plainly():
        try:
            yield from _storage(config)
            if _has_tables(config):
                newest = invariants.newest(db.session)
                load, latest = grading_queue.load(db.session, now), verdicts.newest(db.session)
                yield grading_findings.of_queue(load, latest, now)
                yield skill_findings.of_models(rebuilding.standing(db.session))
                if is_thorough:
                    yield from _data(config, now)
        except DBAPIError as error:
            yield breach(f"the database does not answer: {error.orig}", "Mend this first.")
        yield from _surroundings(app, config, now, newest)


def _surroundings(
    app: Flask, config: Config, now: datetime, newest: datetime | None
) -> Iterator[Finding]:
    """All but the database."""
    server = presence.find(config.instance_folder, config.port)
    yield setting_findings.of_clock(server, now, newest)
    yield setting_findings.of_server(server, config)
    yield from setting_findings.of_files(config)
    yield setting_findings.of_address(config)
    yield setting_findings.of_workers(config)
    yield from setting_findings.of_times(config)
    yield from setting_findings.of_program(app)
    yield from runner_findings.of_runner(config)
    yield setting_findings.of_backups(config, now)


def _storage(config: Config) -> Iterator[Finding]:
    if missing := _missing_file(config):
        yield storage_findings.missing(missing)
        return
    if db.engine.dialect.name == "sqlite":
        yield from storage_findings.of_sqlite(condition.of_sqlite(db.engine))
    else:
        yield from storage_findings.of_postgres(condition.of_postgres(db.engine), config)
    yield storage_findings.of_migrations(condition.migration_standing())


def _data(config: Config, now: datetime) -> Iterator[Finding]:
    """Whether what is stored keeps every rule."""
    began = time.monotonic()
    closing_takes = timedelta(seconds=config.close_interval_seconds)
    broken = invariants.breaches(db.session, now, config.save_grace, closing_takes)
    for sentence in broken:
        yield breach(f"data: {sentence}", "Keep a copy as it is, and find out how this came about.")
    if not broken:
        count = invariants.count_attempts(db.session)
        yield ok(f"data: every rule holds for {count} attempts ({time.monotonic() - began:.1f} s)")


def _has_tables(config: Config) -> bool:
    return not _missing_file(config) and condition.migration_standing() == "current"


def _missing_file(config: Config) -> Path | None:
    """The SQLite file, when it is not there: to connect would make it."""
    url = make_url(config.database_url)
    path = Path(url.database or "")
    return path if url.get_backend_name() == "sqlite" and not path.exists() else None
