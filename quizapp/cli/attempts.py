"""Commands over attempts."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup

from quizapp.db.transaction import transaction
from quizapp.services import attempts as attempt_service

attempts = AppGroup("attempts", help="Attempts.")


@attempts.command("close-overdue")
def close_overdue() -> None:
    """Finish every attempt whose time is up. The server does this by itself."""
    grace = current_app.extensions["quizapp"].save_grace
    with transaction() as session:
        count = attempt_service.close_overdue(session, datetime.now(UTC), grace)
    click.echo(f"{count} closed")
