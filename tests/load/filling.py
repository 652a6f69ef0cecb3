"""Responses by the million: learners with 5,000 each, as after years of use."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import create_engine, func, select, text

from quizapp.db import models
from quizapp.db.transaction import transaction
from quizapp.services import attempts, rebuilding
from tests.load.learners import (
    MINUTES,
    QUESTIONS,
    Crowd,
    School,
    answer_all,
    begin,
    copied,
    table_of,
)

ATTEMPTS_A_LEARNER = 250
DIFFERENT_ATTEMPTS = 20
DAYS = 180
LEARNERS_AT_ONCE = 50


def responses_for(learners: int) -> int:
    """How many responses so many learners have given."""
    return learners * ATTEMPTS_A_LEARNER * QUESTIONS


def fill(school: School, url: str, learners: int) -> Crowd:
    """New learners of whom each has finished 250 attempts in half a year.

    Twenty of the attempts are taken by the services, each graded; the rest are their copies.
    """
    crowd = school.enrol(learners)
    with school.app.app_context(), transaction() as stored:
        _live(stored, crowd.first_id)
    engine = create_engine(url)
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA synchronous = OFF"))
        for first in range(1, learners, LEARNERS_AT_ONCE):
            for number in range(first, min(learners, first + LEARNERS_AT_ONCE)):
                _copy_learner(connection, crowd.first_id, number)
            connection.commit()
        if connection.dialect.name == "postgresql":
            sequence = func.pg_get_serial_sequence("attempt", "id")
            last = select(func.max(models.Attempt.id)).scalar_subquery()
            connection.execute(select(func.setval(sequence, last)))
        connection.execute(text("ANALYZE"))
        connection.commit()
    engine.dispose()
    return crowd


def _live(stored: Any, user_id: int) -> None:
    """The learner has a past: first the attempts that differ, then their copies, and the beliefs
    that all of them make.
    """
    rng = Random(user_id)
    now = datetime.now(UTC)
    step = timedelta(days=DAYS) / ATTEMPTS_A_LEARNER
    taken = []
    for number in range(DIFFERENT_ATTEMPTS):
        at = now - step * (ATTEMPTS_A_LEARNER - number)
        attempt = begin(stored, user_id, at, rng)
        answer_all(stored, attempt.id, at + timedelta(minutes=10), rng)
        taken.append(attempts.close(stored, attempt.id, at + timedelta(minutes=25)))
        stored.flush()
    first_id = taken[0].id
    for number in range(DIFFERENT_ATTEMPTS, ATTEMPTS_A_LEARNER):
        at = now - step * (ATTEMPTS_A_LEARNER - number)
        _copy_attempt(stored, taken[number % len(taken)], first_id + number, at)
    rebuilding.rebuild_held(stored, user_id)


def _copy_attempt(stored: Any, source: models.Attempt, id_: int, at: datetime) -> None:
    """The same attempt once more, begun at another time."""
    attempt, response = table_of(models.Attempt), table_of(models.Response)
    record = table_of(models.ReadinessRecord)
    end, latest = at + timedelta(minutes=25), at + timedelta(minutes=MINUTES)
    own: dict[str, Any] = {"id": id_, "started_at": at, "finished_at": end, "ends_at": latest}
    stored.execute(copied(attempt, own, attempt.c.id == source.id))
    own = {"attempt_id": id_, "saved_at": at + timedelta(minutes=10)}
    stored.execute(copied(response, own, response.c.attempt_id == source.id))
    own = {"attempt_id": id_, "recorded_at": end}
    stored.execute(copied(record, own, record.c.attempt_id == source.id))


def _copy_learner(connection: Any, user_id: int, number: int) -> None:
    """The learner ``number`` places further has the same past."""
    shift = number * ATTEMPTS_A_LEARNER
    attempt, response = table_of(models.Attempt), table_of(models.Response)
    record, belief = table_of(models.ReadinessRecord), table_of(models.SkillBelief)
    other = user_id + number
    is_own = attempt.c.user_id == user_id
    of_own = select(attempt.c.id).where(is_own)
    connection.execute(copied(attempt, {"id": attempt.c.id + shift, "user_id": other}, is_own))
    moved: dict[str, Any] = {"attempt_id": response.c.attempt_id + shift}
    connection.execute(copied(response, moved, response.c.attempt_id.in_(of_own)))
    moved = {"attempt_id": record.c.attempt_id + shift, "user_id": other}
    connection.execute(copied(record, moved, record.c.user_id == user_id))
    connection.execute(copied(belief, {"user_id": other}, belief.c.user_id == user_id))
