"""What comes after an attempt took no more answers: kept once, shown, never counted."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import NotFoundError
from quizapp.services import attempts, records, responses
from quizapp.services.responses import MOST_RECOVERED, TooLate
from quizapp.services.storing import Input, Stamp
from tests.factories import (
    GRACE,
    MINUTE,
    answer,
    in_parallel,
    make_bank,
    make_item,
    rows,
    save,
    start_attempt,
    stored,
)

KEPT, NOT_KEPT = TooLate(is_recovered=True), TooLate(is_recovered=False)


def start_word(session: Session, user: models.User) -> models.Attempt:
    item = make_item("word", type="short-text", stem="Which one?", accepted=["normal"])
    make_bank(session, [item])
    return start_attempt(session, user, "small")


@pytest.fixture
def finished(session: Session, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's attempt whose only question took a word, finished with "first"."""
    attempt = start_word(session, alice)
    save(session, attempt, 1, "first", now + timedelta(seconds=20))
    return attempts.close(session, attempt.id, now + timedelta(seconds=30))


def kept(session: Session) -> list[object]:
    query = select(models.RecoveredResponse).order_by(models.RecoveredResponse.id)
    return [each.value for each in session.scalars(query)]


def test_a_late_answer_is_kept_as_it_came(
    session: Session, finished: models.Attempt, now: datetime
) -> None:
    given = Input({"text": ["late"]}, stamp=Stamp(seen=1, client="tab-1", sequence=9))

    late = responses.save(session, finished.user_id, finished.id, 1, given, now + MINUTE, GRACE)

    (row,) = session.scalars(select(models.RecoveredResponse))
    assert late == KEPT
    assert (row.attempt_id, row.position, row.value) == (finished.id, 1, "late")
    assert (row.received_at, row.client) == (now + MINUTE, "tab-1")


def test_the_same_late_answer_again_is_kept_once(
    session: Session, finished: models.Attempt
) -> None:
    assert [save(session, finished, 1, "late") for _ in range(3)] == [KEPT] * 3
    assert kept(session) == ["late"]


@pytest.mark.parametrize("value", ["first", None])
def test_what_is_stored_already_or_says_nothing_needs_no_keeping(
    session: Session, finished: models.Attempt, value: str | None
) -> None:
    assert save(session, finished, 1, value) == NOT_KEPT
    assert kept(session) == []


def test_no_more_than_twenty_are_kept_of_a_question(
    session: Session, finished: models.Attempt
) -> None:
    told = [save(session, finished, 1, f"late {number}") for number in range(22)]

    assert told == [KEPT] * MOST_RECOVERED + [NOT_KEPT] * 2
    assert len(kept(session)) == MOST_RECOVERED
    assert save(session, finished, 1, "late 0") == KEPT


def test_a_late_answer_never_counts(
    session: Session, alice: models.User, finished: models.Attempt
) -> None:
    save(session, finished, 1, "normal")

    attempts.close(session, finished.id, finished.started_at + MINUTE)

    assert (finished.points, finished.responses[0].value) == (0.0, "first")
    assert [row.number for row in session.scalars(select(models.ResponseChange))] == [1]


def test_a_late_answer_to_what_nobody_closed_yet_is_kept_too(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)

    assert answer(session, attempt, 1, now + 10 * MINUTE + GRACE) == KEPT

    assert attempt.finished_at is None
    assert len(kept(session)) == 1


def test_nobody_leaves_an_answer_in_the_attempt_of_another(
    session: Session, charlie: models.User, finished: models.Attempt, now: datetime
) -> None:
    given = Input({"text": ["not mine"]})

    with pytest.raises(NotFoundError):
        responses.save(session, charlie.id, finished.id, 1, given, now + MINUTE, GRACE)

    assert kept(session) == []


def test_the_record_shows_late_answers_after_the_end(
    session: Session, finished: models.Attempt
) -> None:
    save(session, finished, 1, "late")

    told = [(event.kind, event.by, event.lines) for event in records.events(session, finished)]

    assert told[2:] == [("finished", "Alice", ()), ("recovered", "Alice", ("late",))]


def test_late_answers_that_come_at_once_are_kept_once_each(
    app: Flask, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        attempt = start_word(session, alice)
        attempts.close(session, attempt.id, now + timedelta(seconds=30))

    outcomes = in_parallel(
        app,
        [lambda session: save(session, attempt, 1, "a")] * 3
        + [lambda session: save(session, attempt, 1, "b")] * 3,
    )

    assert outcomes == [KEPT] * 6
    assert sorted(str(each.value) for each in rows(app, models.RecoveredResponse)) == ["a", "b"]
