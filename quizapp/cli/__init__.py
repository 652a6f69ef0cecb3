"""Commands: `flask bank …`, `flask user …`, `flask serve`, `flask grader …`, `flask doctor` …"""

import click
from flask import Flask

from quizapp.cli import (
    attempts,
    backup,
    bank,
    demo,
    doctor,
    grader,
    more_time,
    people,
    serving,
    skills,
)
from quizapp.db.migrations import alembic


def init_app(app: Flask) -> None:
    """Every command is known to `flask`, and an error is a sentence, not a traceback."""
    alembic.init_app(app)
    attempts.attempts.add_command(more_time.add_time)
    groups: tuple[click.Command, ...] = (
        bank.bank,
        people.user,
        attempts.attempts,
        skills.skills,
        serving.prepare,
        serving.serve,
        demo.demo,
        doctor.doctor,
        grader.grader,
        backup.backup,
        backup.restore,
    )
    for command in groups:
        app.cli.add_command(command)
