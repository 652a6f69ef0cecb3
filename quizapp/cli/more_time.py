"""`flask attempts add-time`: more time for all who sit a quiz, as after a failure of the server."""

from collections.abc import Iterator, Sequence
from itertools import count

import click
from flask import current_app
from flask.cli import with_appcontext

from quizapp.cli.closing import clock_of
from quizapp.cli.failures import told_plainly
from quizapp.db import db, models
from quizapp.db.transaction import transaction
from quizapp.domain.errors import AttemptClosedError, NotFoundError
from quizapp.services import accounts, supervision
from quizapp.services.clocks import MOST_MINUTES_ADDED
from quizapp.services.supervision import SupervisedAttempt

PAGE_SIZE = 500


@click.command("add-time")
@with_appcontext
@click.argument("minutes", type=click.IntRange(1, MOST_MINUTES_ADDED))
@click.option("--by", "email", required=True, help="E-mail of the instructor or administrator.")
@click.option("--reason", default="", help="Stands in the record of each attempt.")
def add_time(minutes: int, email: str, reason: str) -> None:
    """Give MINUTES more to every timed attempt that runs; to be used while the server is stopped.

    Of attempts whose time is up meanwhile, they count from now. Instructors give time at their own
    quizzes, administrators at all. One attempt alone is given time on its page of Supervision.
    """
    with told_plainly():
        giver = _person(email)
        ids = [each.attempt.id for each in _running(giver) if each.attempt.ends_at]
        given = sum(_is_given(attempt_id, minutes, giver, reason) for attempt_id in ids)
    click.echo(f"{given} attempts end {minutes} minutes later")


def _person(email: str) -> models.User:
    wanted = accounts.normal_email(email)
    for person in accounts.people(db.session):
        if person.email == wanted and person.is_instructor:
            return person
    raise NotFoundError(f"{email} is no instructor or administrator.")


def _running(giver: models.User) -> Iterator[SupervisedAttempt]:
    for page in count(1):
        found: Sequence[SupervisedAttempt] = supervision.running(db.session, giver, page, PAGE_SIZE)
        yield from found
        if len(found) < PAGE_SIZE:
            return


def _is_given(attempt_id: int, minutes: int, giver: models.User, reason: str) -> bool:
    """False for an attempt that was finished in this moment."""
    now = clock_of(current_app).now()
    try:
        with transaction() as session:
            supervision.add_time(session, giver, attempt_id, minutes, reason, now)
    except AttemptClosedError:
        return False
    return True
