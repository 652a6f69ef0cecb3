"""What an attempt stores about itself: the same, whether written at its end or by a migration."""

import logging

import pytest
from flask import Flask

from quizapp.db import models
from quizapp.db.migrations import alembic
from quizapp.services import question_files
from tests.databases import on_every_kind
from tests.factories import NOW, SMALL_QUESTIONS, make_person, rows, stored, take_attempt

pytestmark = on_every_kind

BEFORE = "0007"


@pytest.fixture
def filled_app(blank_app: Flask) -> Flask:
    """A timed attempt of five minutes and an untimed one, each with answers."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with blank_app.app_context():
        alembic.upgrade()
    with stored(blank_app) as session:
        question_files.load(session, SMALL_QUESTIONS, NOW)
        alice = make_person(session, "alice")
        take_attempt(session, alice, "math-whole", right=[1, 2], wrong=[4, 5])
        take_attempt(session, alice, "todays-set", right=[1], wrong=[2, 3])
    return blank_app


def totals(app: Flask) -> list[tuple[int, int]]:
    return [(each.answered_count, each.seconds_used) for each in rows(app, models.Attempt)]


def test_an_attempt_knows_how_much_was_answered_and_how_long_it_took(filled_app: Flask) -> None:
    assert totals(filled_app) == [(4, 5 * 60), (3, 3 * 30)]


def test_the_migration_finds_the_same_of_attempts_that_have_ended(filled_app: Flask) -> None:
    before = totals(filled_app)

    with filled_app.app_context():
        alembic.downgrade(BEFORE)
        alembic.upgrade()

    assert totals(filled_app) == before
