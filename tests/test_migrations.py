"""The migrations lead up, down and up again, and end where the models are."""

import logging

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select

from quizapp.db import alembic, db, models
from quizapp.db.base import Base
from quizapp.services import question_files
from tests.factories import NOW, SMALL_QUESTIONS, make_person, stored, take_attempt


@pytest.fixture
def quiet_app(blank_app: Flask) -> Flask:
    """An app over a database without a table, whose migrations say nothing."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    return blank_app


def upgrade(app: Flask) -> None:
    with app.app_context():
        alembic.upgrade()


def downgrade_to_nothing(app: Flask) -> None:
    with app.app_context():
        alembic.downgrade("base")


def fill(app: Flask) -> None:
    """Rows in most tables, by the program's own means."""
    with stored(app) as session:
        question_files.load(session, SMALL_QUESTIONS, NOW)
        question_files.note_loaded(session, "digest", NOW)
        take_attempt(session, make_person(session, "alice"), "mock-interview", right=[1, 2])


def tables(app: Flask) -> set[str]:
    with app.app_context():
        return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_up_makes_every_table_of_the_models(quiet_app: Flask) -> None:
    upgrade(quiet_app)

    assert tables(quiet_app) == set(Base.metadata.tables)


def test_the_migrations_end_where_the_models_are(quiet_app: Flask) -> None:
    upgrade(quiet_app)

    with quiet_app.app_context():
        assert alembic.compare_metadata() == []


def test_down_leaves_no_table_behind_even_of_a_full_database(quiet_app: Flask) -> None:
    upgrade(quiet_app)
    fill(quiet_app)

    downgrade_to_nothing(quiet_app)

    assert tables(quiet_app) == set()


def test_after_down_and_up_the_database_works_again(quiet_app: Flask) -> None:
    upgrade(quiet_app)
    fill(quiet_app)
    downgrade_to_nothing(quiet_app)

    upgrade(quiet_app)
    fill(quiet_app)

    with stored(quiet_app) as session:
        assert session.scalar(select(func.count()).select_from(models.Attempt)) == 1


def test_up_twice_is_up_once(quiet_app: Flask) -> None:
    upgrade(quiet_app)
    fill(quiet_app)

    upgrade(quiet_app)

    with stored(quiet_app) as session:
        assert session.scalar(select(func.count()).select_from(models.User)) == 1


def test_there_is_one_line_of_migrations(quiet_app: Flask) -> None:
    with quiet_app.app_context():
        assert len(alembic.script_directory.get_heads()) == 1
