"""Commands over accounts."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup

from quizapp.cli.failures import told_plainly
from quizapp.db.models.accounts import ROLES
from quizapp.db.transaction import transaction
from quizapp.services import accounts

user = AppGroup("user", help="Accounts.")


@user.command()
@click.argument("email")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="learner", show_default=True)
@click.password_option(help="Asked for when left out.")
def create(email: str, name: str, role: str, password: str) -> None:
    """Make an account."""
    new = accounts.NewAccount(email, name, password)
    with told_plainly(), transaction() as session:
        made = accounts.register(
            session, current_app.extensions["quizapp.passwords"], new, datetime.now(UTC), role
        )
        click.echo(f"{made.email} is {made.role}.")
