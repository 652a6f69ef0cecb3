"""Closing overdue attempts, one by one."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.cli.closing import close_overdue
from quizapp.db import models
from tests.factories import find_person, start_attempt, stored

LONG_AGO = datetime.now(UTC) - timedelta(days=2)


def test_one_attempt_that_cannot_be_graded_keeps_no_other_open(app: Flask) -> None:
    with stored(app) as session:
        alice = find_person(app, "alice")
        broken = start_attempt(session, alice, "ml", LONG_AGO).id
        sound = start_attempt(session, alice, "coding", LONG_AGO + timedelta(hours=1)).id
        break_items_of(session, broken)

    with app.app_context():
        closed = close_overdue(app, app.extensions["quizapp"])

    assert closed == 1
    with stored(app) as session:
        assert session.get_one(models.Attempt, broken).finished_at is None
        assert session.get_one(models.Attempt, sound).closed_by == "deadline"


def test_the_command_says_how_many_it_closed(app: Flask) -> None:
    with stored(app) as session:
        start_attempt(session, find_person(app, "alice"), "ml", LONG_AGO)

    result = app.test_cli_runner().invoke(args=["attempts", "close-overdue"])

    assert result.output == "1 closed\n"


def break_items_of(session: Session, attempt_id: int) -> None:
    """Its items are of a type that a later version no longer knows."""
    revisions = [
        row.item_revision_id for row in session.get_one(models.Attempt, attempt_id).responses
    ]
    session.execute(
        update(models.ItemRevision)
        .where(models.ItemRevision.id.in_(revisions))
        .values(content={"id": "x", "type": "gone"}, content_hash=models.ItemRevision.number)
    )
