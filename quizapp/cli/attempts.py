"""Commands over attempts."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from quizapp.cli.closing import close_overdue as close_overdue_attempts

attempts = AppGroup("attempts", help="Attempts.")


@attempts.command("close-overdue")
def close_overdue() -> None:
    """Finish every attempt whose time is up. The server does this by itself."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    click.echo(f"{close_overdue_attempts(app, app.extensions['quizapp'])} closed")
