"""Commands over the banks that come as files."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from quizapp.cli import program_tries
from quizapp.cli.failures import told_plainly
from quizapp.config import Config
from quizapp.db.transaction import transaction
from quizapp.domain.items import DRAWS
from quizapp.domain.schema import question_set_schema
from quizapp.services import question_files
from quizapp.services.question_files import BankFolder

bank = AppGroup("bank", help="Item banks in the questions folder.")

_FOLDER = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another folder.",
)


@bank.command()
@_FOLDER
@click.option("--strict", is_flag=True, help="Fail on warnings and advice too.")
@click.option("--run/--no-run", default=True, help="Run the programs of code questions.")
def check(folder: Path | None, *, strict: bool, run: bool) -> None:
    """Say everything that is wrong with the taxonomy and the banks."""
    with told_plainly():
        source = folder or _questions_folder()
        taxonomy = question_files.read_taxonomy(source)
        with program_tries.looking(_config(), is_wanted=run) as look:
            banks = question_files.read_banks(source, taxonomy, DRAWS, look)
    for found in banks:
        _report(found)
    errors = sum(found.has_errors for found in banks)
    remarks = sum(bool(found.findings or found.advice) for found in banks)
    if errors or (strict and remarks):
        raise click.ClickException("The banks need mending.")


@bank.command()
@_FOLDER
def load(folder: Path | None) -> None:
    """Bring the database to what the files say; unchanged items keep their revision."""
    with told_plainly(), transaction() as session:
        source = folder or _questions_folder()
        for done in question_files.load(session, source, datetime.now(UTC)):
            click.echo(f"{done.bank.slug}: {done}")


@bank.command()
def schema() -> None:
    """Print the JSON Schema of question files, for editors."""
    click.echo(json.dumps(question_set_schema(), indent=2, ensure_ascii=False))


def _config() -> Config:
    config: Config = current_app.extensions["quizapp"]
    return config


def _questions_folder() -> Path:
    return _config().questions_folder


def _report(found: BankFolder) -> None:
    for finding in found.findings:
        click.echo(str(finding))
    if found.header is None:
        click.echo(f"{found.path}: error: bank.yaml has no valid header.")
    for remark in found.advice:
        click.echo(f"{found.path}: advice: {remark}")
    click.echo(f"{found.path.name}: {len(found.items)} items, {len(found.findings)} findings")
