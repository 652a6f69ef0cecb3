"""Closing overdue attempts, one by one."""

import os
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.cli.closing import close_overdue, tidy_until
from quizapp.clock import ANCHOR
from quizapp.db import models
from quizapp.services import attempts
from tests.factories import answer, find_person, rows, start_attempt, stored

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


def test_a_second_look_finds_nothing_to_close(app: Flask) -> None:
    alice = find_person(app, "alice")
    with stored(app) as session:
        answer(session, start_attempt(session, alice, "ml", LONG_AGO), 1, LONG_AGO)

    with app.app_context():
        closed = [close_overdue(app, app.extensions["quizapp"]) for _ in range(2)]

    assert closed == [1, 0]
    assert len(rows(app, models.ReadinessRecord)) == 1


def test_more_are_closed_than_are_found_at_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "OVERDUE_BATCH", 2)
    alice = find_person(app, "alice")
    with stored(app) as session:
        for quiz in ("ml", "coding", "system-design", "math-screen", "math-whole"):
            start_attempt(session, alice, quiz, LONG_AGO)

    with app.app_context():
        assert close_overdue(app, app.extensions["quizapp"]) == 5


def test_what_runs_or_is_in_its_grace_is_left_open(app: Flask) -> None:
    now = datetime.now(UTC)
    with stored(app) as session:
        alice = find_person(app, "alice")
        start_attempt(session, alice, "math-screen", now)
        start_attempt(session, alice, "math-whole", now - timedelta(minutes=20, seconds=30))
        start_attempt(session, alice, "todays-set", LONG_AGO)

    with app.app_context():
        assert close_overdue(app, app.extensions["quizapp"]) == 0


def test_the_server_tidies_up_before_it_waits_and_hands_its_clock_on(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ANCHOR, "0")
    with stored(app) as session:
        start_attempt(session, find_person(app, "alice"), "ml", LONG_AGO)
    stop, anchors = Event(), list[float]()
    stop.set()

    tidy_until(app, app.extensions["quizapp"], stop, anchors.append)

    assert anchors == [float(os.environ[ANCHOR])] == [app.extensions["quizapp.clock"].anchor]
    assert rows(app, models.Attempt)[0].closed_by == "deadline"


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
