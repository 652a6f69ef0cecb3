"""Every rule on stored attempts: broken by hand, it is named together with the place."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, insert, select, text
from sqlalchemy.orm import Session

from quizapp.db import db, models
from quizapp.db.base import Base
from quizapp.services import attempts, clocks, invariants
from tests.essays import ALL, HALF, mark_as, mark_own, take_essay
from tests.factories import GRACE, MINUTE, NOW, answer, start_attempt, stored, take_attempt

SECOND = timedelta(seconds=1)
LATER = NOW + 10 * MINUTE

# By rule: the statements that break it; :done is a finished attempt, :open one that runs
BROKEN: list[tuple[str, str]] = [
    (
        "Questions that are not numbered from 1 without a gap",
        "UPDATE response SET position = 9 WHERE attempt_id = :open AND position = 4",
    ),
    (
        "Questions that are not numbered from 1 without a gap",
        "UPDATE response SET position = 9 WHERE attempt_id = :open AND position = 3",
    ),
    (
        "Finished, but with responses that have no score",
        "UPDATE response SET score = NULL WHERE attempt_id = :done AND position = 2",
    ),
    (
        "Finished, but with responses that have no score",
        "UPDATE attempt SET awaiting_count = 1 WHERE id = :done",
    ),
    (
        "Points of what awaits a mark that are not their sum",
        "UPDATE attempt SET awaiting_count = 1, awaiting_points = 0.5 WHERE id = :done",
    ),
    (
        "A score that is not its mark",
        "UPDATE response SET score = 0.25 WHERE attempt_id = :marked AND position = 1",
    ),
    (
        "A score that is not its mark",
        "UPDATE response SET score = NULL WHERE attempt_id = :marked AND position = 1",
    ),
    (
        "A mark of an attempt that is open",
        "UPDATE attempt SET finished_at = NULL, points = NULL, closed_by = NULL WHERE id = :marked",
    ),
    (
        "A mark of no answer",
        "UPDATE response SET value = NULL WHERE attempt_id = :marked AND position = 1",
    ),
    (
        "A mark that is not what its record says",
        "DELETE FROM mark_change WHERE attempt_id = :marked AND kind = 'instructor'",
    ),
    (
        "A mark that is not what its record says",
        "UPDATE mark SET score = 0.25 WHERE attempt_id = :marked AND kind = 'self'",
    ),
    (
        "Graded, but still open",
        "UPDATE response SET score = 0 WHERE attempt_id = :open AND position = 2",
    ),
    (
        "Points that are not the sum over the responses",
        "UPDATE attempt SET points = points - 0.25 WHERE id = :done",
    ),
    (
        "Scores without points, or points without a score",
        "UPDATE response SET points = NULL WHERE attempt_id = :done AND position = 2",
    ),
    (
        "A maximum that is not the sum of the points",
        "UPDATE attempt SET max_points = max_points + 1 WHERE id = :open",
    ),
    (
        "Points where nothing is asked, or none where something is",
        "UPDATE item_revision SET points = 0 WHERE id IN"
        " (SELECT item_revision_id FROM response WHERE attempt_id = :open AND position = 2)",
    ),
    (
        "Finished with answers, but without a record of readiness",
        "DELETE FROM readiness_record WHERE attempt_id = :done",
    ),
    (
        "Scored answers that have no place in the order of evidence",
        "UPDATE response SET evidence_number = NULL WHERE attempt_id = :done AND position = 2",
    ),
    (
        "A record of readiness, though still open",
        "UPDATE readiness_record SET attempt_id = :open WHERE attempt_id = :done",
    ),
    ("Finished, but paused", "UPDATE attempt SET paused_at = started_at WHERE id = :done"),
    (
        "A response that its record does not know",
        "DELETE FROM response_change WHERE attempt_id = :done AND position = 1",
    ),
    (
        "A response that is not what its record says",
        "UPDATE response SET value = '[99]' WHERE attempt_id = :done AND position = 1",
    ),
    (
        "A response that is not what its record says",
        "UPDATE response SET value = NULL WHERE attempt_id = :done AND position = 1",
    ),
    (
        "A response that is not what its record says",
        "UPDATE response SET is_flagged = true WHERE attempt_id = :done AND position = 1",
    ),
    (
        "A response that is not what its record says",
        "UPDATE response SET confidence = 2 WHERE attempt_id = :done AND position = 1",
    ),
    (
        "An answer that nobody saved",
        "UPDATE response SET value = '[0]' WHERE attempt_id = :open AND position = 4",
    ),
    (
        "A record with a gap",
        "DELETE FROM response_change WHERE attempt_id = :open AND number = 2",
    ),
    (
        "A record that goes on after its response",
        "UPDATE response SET save_count = 2 WHERE attempt_id = :open AND position = 1",
    ),
    (
        "A change after the end and its grace",
        "UPDATE attempt SET finished_at = started_at WHERE id = :done",
    ),
    (
        "A change of time that does not begin where the one before ended",
        "UPDATE time_change SET old_ends_at = new_ends_at WHERE kind = 'added'",
    ),
    (
        "A deadline that is not what the last change of time says",
        "UPDATE time_change SET new_ends_at = old_ends_at WHERE kind = 'added'",
    ),
    (
        "A pause that no change of time notes",
        "UPDATE attempt SET paused_at = started_at WHERE id = :open",
    ),
    (
        "A stage that its changes of time do not know",
        "UPDATE attempt SET stage_first = 2, stage_last = 2 WHERE id = :open",
    ),
    (
        "A stage in an attempt without any",
        "INSERT INTO time_change (attempt_id, at, made_by_id, kind, reason, stage_first)"
        " SELECT id, started_at, user_id, 'stage', '', 2 FROM attempt WHERE id = :done",
    ),
    (
        "A change after its stage",
        "INSERT INTO time_change (attempt_id, at, made_by_id, kind, reason, stage_first)"
        " SELECT id, started_at, user_id, 'stage', '', 2 FROM attempt WHERE id = :done",
    ),
    (
        "A change after its answer was checked",
        "UPDATE response SET checked_at = (SELECT started_at FROM attempt WHERE id = :done)"
        " WHERE attempt_id = :done AND position = 1",
    ),
    (
        "Not paused, though its last pause has no end",
        "DELETE FROM time_change WHERE kind = 'resumption'",
    ),
]


@pytest.fixture
def places(session: Session, alice: models.User, bob: models.User) -> dict[str, int]:
    """Ids of a finished attempt, of one that learner and instructor have marked, and of one that
    runs, was paused and was given more time.
    """
    done = take_attempt(session, alice, "coding", NOW, right=[1, 2])
    running = start_attempt(session, alice, "math-screen", NOW)
    for is_right in (True, False, True):
        answer(session, running, 1, NOW + MINUTE, is_right=is_right)
    running.pause_left_seconds = 600
    clocks.pause(session, alice.id, running.id, NOW + 2 * MINUTE)
    clocks.resume(session, alice.id, running.id, NOW + 3 * MINUTE)
    clocks.add_time(session, running.id, 5, alice.id, "A fire drill", NOW + 4 * MINUTE)
    marked = take_essay(session, alice, bob)
    mark_own(session, marked, ALL)
    mark_as(session, bob, marked, HALF)
    session.flush()
    return {"done": done.id, "open": running.id, "marked": marked.id}


def breaches(session: Session, now: datetime = LATER) -> list[str]:
    """The broken rules, each without its places."""
    found = invariants.breaches(session, now, GRACE, MINUTE)
    return [sentence.partition(":")[0] for sentence in found]


def test_what_the_services_store_keeps_every_rule(session: Session, places: dict[str, int]) -> None:
    assert breaches(session) == []


def test_a_broken_rule_is_named(
    session: Session, places: dict[str, int], subtests: pytest.Subtests
) -> None:
    for rule, statement in BROKEN:
        used = {name: id_ for name, id_ in places.items() if f":{name}" in statement}
        with subtests.test(statement), session.begin_nested() as meanwhile:
            done = session.connection().execute(text(statement), used)
            found = breaches(session)
            meanwhile.rollback()

            assert (done.rowcount > 0, rule in found) == (True, True)


def test_a_breach_says_where(session: Session, places: dict[str, int]) -> None:
    done, running = places["done"], places["open"]
    flag = text(
        "UPDATE response SET is_flagged = true"
        " WHERE save_count > 0 AND attempt_id IN (:done, :running)"
    )
    session.execute(flag, {"done": done, "running": running})

    assert invariants.breaches(session, LATER, GRACE) == [
        "A response that is not what its record says: "
        f"attempt {done}, question 1; attempt {done}, question 2; attempt {running}, question 1."
    ]


def test_many_breaches_are_counted_not_listed(session: Session, alice: models.User) -> None:
    take_attempt(session, alice, "math-whole", NOW, right=range(1, 7))
    session.flush()
    session.execute(text("DELETE FROM response_change"))

    (sentence,) = invariants.breaches(session, LATER, GRACE)

    assert sentence.endswith("question 5; and 1 more.")


def test_an_attempt_may_be_open_until_the_next_closing(
    session: Session, places: dict[str, int]
) -> None:
    ends_at = session.get_one(models.Attempt, places["open"]).ends_at
    assert ends_at is not None

    assert breaches(session, ends_at + GRACE + MINUTE - SECOND) == []
    assert breaches(session, ends_at + GRACE + MINUTE) == ["Open, though the time was up long ago"]


def test_a_second_open_attempt_at_a_quiz_is_named(session: Session, places: dict[str, int]) -> None:
    session.execute(text("DROP INDEX uq_attempt_open"))
    copy_row(session, models.Attempt, models.Attempt.id == places["open"], {"id": 900})

    assert "Open beside another attempt of the learner at the quiz" in breaches(session)


def test_a_second_record_of_readiness_is_named(session: Session, places: dict[str, int]) -> None:
    session.execute(text("ALTER TABLE readiness_record RENAME TO former"))
    session.execute(text("CREATE TABLE readiness_record AS SELECT * FROM former"))
    session.execute(text("INSERT INTO readiness_record SELECT * FROM former"))

    assert breaches(session) == ["More than one record of readiness"]


def test_a_record_may_begin_with_answers_older_than_itself(
    session: Session, places: dict[str, int]
) -> None:
    session.execute(
        text("DELETE FROM response_change WHERE number < 3 AND attempt_id = :open"),
        {"open": places["open"]},
    )

    assert breaches(session) == []


def test_an_answer_in_the_grace_breaks_no_rule(session: Session, alice: models.User) -> None:
    attempt = start_attempt(session, alice, "math-screen", NOW)
    answer(session, attempt, 1, NOW + 10 * MINUTE + GRACE - SECOND)
    attempts.close(session, attempt.id, NOW + 12 * MINUTE)
    session.flush()

    assert breaches(session, NOW + 30 * MINUTE) == []


def test_a_broken_check_in_the_file_is_named(app: Flask, database_kind: str) -> None:
    if database_kind == "sqlite":
        with closing(raw(app)) as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute("UPDATE user_account SET role = 'king' WHERE name = 'Alice'")

        with stored(app) as session:
            assert breaches(session) == ["The file is damaged"]


def test_a_row_that_points_nowhere_is_named(app: Flask, database_kind: str) -> None:
    if database_kind == "sqlite":
        with closing(raw(app)) as connection:
            connection.execute("DELETE FROM item_bank WHERE slug = 'math'")

        with stored(app) as session:
            assert invariants.breaches(session, LATER, GRACE)[0] == (
                "In item, 6 rows point at rows of item_bank that are not there."
            )


def copy_row(
    session: Session, model: type[Base], where: ColumnElement[bool], changes: dict[str, Any]
) -> None:
    table = Base.metadata.tables[model.__tablename__]
    row = session.execute(select(table).where(where)).mappings().one()
    session.execute(insert(table).values({**row, **changes}))


def raw(app: Flask) -> sqlite3.Connection:
    """A connection to the SQLite file that checks nothing."""
    with app.app_context():
        return sqlite3.connect(db.engine.url.database or "", isolation_level=None)
