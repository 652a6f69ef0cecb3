"""A second database to look at: simulated learners with weeks of history."""

from datetime import UTC, datetime
from random import Random

import click
from flask import current_app
from flask.cli import with_appcontext

from quizapp.cli.serving import prepare_database, serve
from quizapp.db.transaction import transaction
from quizapp.services import demo as demo_service

DEMO_SEED = 20


@click.command()
@with_appcontext
@click.option("--fill-only", is_flag=True, help="Fill the database and stop.")
@click.pass_context
def demo(context: click.Context, *, fill_only: bool) -> None:
    """Fill an empty database with simulated learners and serve it."""
    prepare_database(current_app.extensions["quizapp"])
    with transaction() as session:
        made = demo_service.fill(
            session,
            current_app.extensions["quizapp.passwords"],
            datetime.now(UTC),
            Random(DEMO_SEED),  # noqa: S311 - a simulation, the same each time
        )
    click.echo(
        f"{made} attempts made." if made else "The database has people; it is left as it is."
    )
    for persona in demo_service.PERSONAS:
        click.echo(f"  {persona.role}: {persona.email}, password: {demo_service.PASSWORD}")
    if not fill_only:
        context.invoke(serve)
