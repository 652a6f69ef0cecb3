"""Commands over accounts."""

from datetime import UTC, datetime

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask.cli import AppGroup

from quizapp.cli.failures import told_plainly
from quizapp.db.models.accounts import ROLES
from quizapp.db.transaction import transaction
from quizapp.domain.errors import QuizError
from quizapp.services import accounts
from quizapp.services.passwords import MAXIMUM_LENGTH, MINIMUM_LENGTH

user = AppGroup("user", help="Accounts.")


@user.command()
@click.argument("email")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="learner", show_default=True)
@click.password_option(help="Asked for when left out.")
def create(email: str, name: str, role: str, password: str) -> None:
    """Make an account."""
    with told_plainly():
        _check(email, password)
    new = accounts.NewAccount(email, name, password)
    with told_plainly(), transaction() as session:
        made = accounts.register(
            session, current_app.extensions["quizapp.passwords"], new, datetime.now(UTC), role
        )
        click.echo(f"{made.email} is {made.role}.")


def _check(email: str, password: str) -> None:
    """Raises QuizError for what the form in the browser would not take."""
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError as error:
        raise QuizError(f"{email} is not an e-mail address: {error}") from error
    if not MINIMUM_LENGTH <= len(password) <= MAXIMUM_LENGTH:
        raise QuizError(f"Use {MINIMUM_LENGTH} to {MAXIMUM_LENGTH} characters as a password.")
