"""Commands: `flask bank …`, `flask user …`, `flask attempts …`, `flask serve`, `flask demo`."""

import click
from flask import Flask

from quizapp.cli import attempts, bank, demo, people, serving


def init_app(app: Flask) -> None:
    """Every command is known to `flask`, and an error is a sentence, not a traceback."""
    groups: tuple[click.Command, ...] = (
        bank.bank,
        people.user,
        attempts.attempts,
        serving.prepare,
        serving.serve,
        demo.demo,
    )
    for command in groups:
        app.cli.add_command(command)
