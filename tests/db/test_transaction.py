"""The only commit in the program, and what a connection promises."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from quizapp.db import db, models
from quizapp.db.transaction import transaction
from tests.factories import find_person, in_parallel


def note(session: Session, digest: str, at: datetime) -> None:
    session.add(models.QuestionLoad(digest=digest, loaded_at=at))


def digests(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(models.QuestionLoad.digest)))


def test_what_happens_in_a_transaction_is_stored(app: Flask, now: datetime) -> None:
    with app.app_context(), transaction() as session:
        note(session, "kept", now)

    assert digests(app) == ["kept"]


def test_nothing_is_stored_of_a_transaction_that_fails(app: Flask, now: datetime) -> None:
    def fail() -> None:
        with transaction() as session:
            note(session, "lost", now)
            session.flush()
            raise KeyError

    with app.app_context(), pytest.raises(KeyError):
        fail()

    assert digests(app) == []


def test_a_transaction_follows_another(app: Flask, now: datetime) -> None:
    with app.app_context():
        for digest in ("first", "second"):
            with transaction() as session:
                note(session, digest, now)

    assert digests(app) == ["first", "second"]


def test_transactions_do_not_nest(app: Flask) -> None:
    with (
        app.app_context(),
        transaction(),
        pytest.raises(RuntimeError, match="already open"),
        transaction(),
    ):
        pass


def test_who_was_read_before_stays_readable(app: Flask, now: datetime) -> None:
    with app.app_context():
        alice = db.session.scalars(select(models.User).where(models.User.name == "Alice")).one()
        with transaction() as session:
            note(session, "kept", now)

        assert alice.email == "alice@example.org"


def test_a_crowd_of_writers_takes_turns(app: Flask, now: datetime) -> None:
    def rename(session: Session) -> None:
        user = session.scalars(
            select(models.User).where(models.User.name.startswith("Alice")).with_for_update()
        ).one()
        user.name += "x"

    outcomes = in_parallel(app, [rename] * 10)

    assert outcomes == [None] * 10
    assert find_person(app, "alice").name == "Alice" + 10 * "x"


def test_each_thread_has_a_connection_of_its_own_and_one_is_to_spare(app: Flask) -> None:
    with app.app_context():
        pool = db.engine.pool

    assert isinstance(pool, QueuePool)
    assert pool.size() == app.extensions["quizapp"].threads + 1


def test_times_come_back_as_utc(session: Session) -> None:
    in_delhi = datetime(2026, 11, 4, 15, 0, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    note(session, "kept", in_delhi)
    session.flush()
    session.expire_all()

    found = session.scalars(select(models.QuestionLoad.loaded_at)).one()

    assert (found, found.tzinfo) == (in_delhi, UTC)


def test_a_time_without_a_zone_is_refused(session: Session) -> None:
    naive = datetime(2026, 11, 4, 15, 0)  # noqa: DTZ001 - what is refused

    with pytest.raises(StatementError, match="which time zone"):
        session.execute(insert(models.QuestionLoad).values(digest="x", loaded_at=naive))
