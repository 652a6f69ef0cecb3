"""One statement for many rows."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.base import UtcDateTime
from quizapp.db.batch import Batch

ADD_SKILL = Batch("INSERT INTO skill (id, name) VALUES (:id, :name)")
BELIEVE = Batch(
    """
    INSERT INTO skill_belief (user_id, node, mean, variance, wins, fails, updated_at, updated_after)
    VALUES (:user_id, :node, :mean, 1, 0, 0, :updated_at, 0)
    """,
    updated_at=UtcDateTime(),
)


def test_every_row_is_stored_by_its_names(session: Session) -> None:
    rows = [{"name": f"Skill {letter}", "id": letter} for letter in "abc"]

    ADD_SKILL.run(session.connection(), rows)

    stored = session.execute(text("SELECT id, name FROM skill WHERE length(id) = 1 ORDER BY id"))
    assert stored.all() == [("a", "Skill a"), ("b", "Skill b"), ("c", "Skill c")]


def test_times_are_stored_as_utc_and_numbers_exactly(session: Session, alice: models.User) -> None:
    at = datetime(2026, 3, 1, 13, 30, tzinfo=timezone(timedelta(hours=2)))

    row = {"user_id": alice.id, "node": "a", "mean": 0.1 + 0.2, "updated_at": at}
    BELIEVE.run(session.connection(), [row])

    found = session.execute(select(models.SkillBelief.mean, models.SkillBelief.updated_at)).one()
    assert tuple(found) == (0.1 + 0.2, datetime(2026, 3, 1, 11, 30, tzinfo=UTC))


def test_of_no_row_nothing_happens(session: Session) -> None:
    ADD_SKILL.run(session.connection(), [])


def test_a_row_that_the_database_refuses_is_an_error_of_sqlalchemy(session: Session) -> None:
    twice = {"id": "a", "name": "Twice"}

    with pytest.raises(IntegrityError):
        ADD_SKILL.run(session.connection(), [twice, twice])
