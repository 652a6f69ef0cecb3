"""What is kept of an attempt in the process never leads a save to another attempt's question."""

from datetime import datetime

import pytest
from sqlalchemy import func
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import NotFoundError
from quizapp.services import attempts, layouts, question_pages, responses
from quizapp.services.storing import Input, Saved
from tests.conftest import CountQueries
from tests.factories import (
    GRACE,
    MINUTE,
    answer,
    fields_for,
    item_at,
    make_bank,
    make_items,
    row_at,
    start_attempt,
)


@pytest.fixture
def forgotten(session: Session, alice: models.User) -> int:
    """The id of an attempt with one question that is gone, but not from this process."""
    make_bank(session, make_items(1))
    attempt = start_attempt(session, alice, "small")
    layouts.of(session, attempt.id)
    attempts.discard_if_blank(session, attempt.id)
    return attempt.id


def start_with_id(
    session: Session, attempt_id: int, user: models.User, quiz: str = "math-screen"
) -> models.Attempt:
    """An attempt of that id; SQLite uses the id of a row that is gone again by itself."""
    if session.get_bind().dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence("attempt", "id")
        session.scalar(func.setval(sequence, attempt_id, False))
    attempt = start_attempt(session, user, quiz, seed=2)
    assert attempt.id == attempt_id
    return attempt


@pytest.mark.parametrize("position", [1, 2, 4])
def test_a_save_reaches_the_question_of_the_attempt_that_has_the_id_now(
    session: Session, charlie: models.User, forgotten: int, position: int
) -> None:
    attempt = start_with_id(session, forgotten, charlie)

    assert isinstance(answer(session, attempt, position), Saved)

    right = item_at(session, attempt, position).question.right_response()
    assert row_at(session, attempt, position).value == right
    (change,) = session.query(models.ResponseChange)
    assert (change.position, change.made_by_id) == (position, charlie.id)


def test_an_attempt_with_fewer_questions_than_the_one_before_has_no_more(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    long = start_attempt(session, alice)
    layouts.of(session, long.id)
    attempts.discard_if_blank(session, long.id)
    make_bank(session, make_items(1))
    attempt = start_with_id(session, long.id, charlie, "small")

    with pytest.raises(NotFoundError):
        responses.save(session, charlie.id, attempt.id, 2, Input({}), now, GRACE)


def test_who_had_the_id_before_cannot_answer(
    session: Session, alice: models.User, charlie: models.User, forgotten: int, now: datetime
) -> None:
    attempt = start_with_id(session, forgotten, charlie)
    given = Input(fields_for(session, attempt, 1))

    with pytest.raises(NotFoundError):
        responses.save(session, alice.id, attempt.id, 1, given, now, GRACE)

    assert row_at(session, attempt, 1).value is None


def test_a_page_shows_the_question_of_the_attempt_that_has_the_id_now(
    session: Session, charlie: models.User, forgotten: int, now: datetime
) -> None:
    attempt = start_with_id(session, forgotten, charlie)

    page = question_pages.question_page(session, charlie.id, attempt.id, 1, now)

    assert page.item == item_at(session, attempt, 1)
    assert page.count == 4


def test_a_page_of_an_attempt_as_long_as_the_one_before_shows_its_own_question(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    before = start_attempt(session, alice, "ml")
    layouts.of(session, before.id)
    attempts.discard_if_blank(session, before.id)
    make_bank(session, make_items(3))
    attempt = start_with_id(session, before.id, charlie, "small")

    page = question_pages.question_page(session, charlie.id, attempt.id, 2, now)

    assert page.item == item_at(session, attempt, 2)


def test_a_layout_is_read_once(
    session: Session, alice: models.User, count_queries: CountQueries
) -> None:
    attempt = start_attempt(session, alice)
    first = layouts.of(session, attempt.id)

    with count_queries() as statements:
        second = layouts.of(session, attempt.id)

    assert (first, statements) == (second, [])
    assert first.started_at + 10 * MINUTE == attempt.ends_at


def test_an_attempt_that_never_was_has_no_layout(session: Session) -> None:
    with pytest.raises(NotFoundError):
        layouts.of(session, 999)


def test_an_answer_to_an_attempt_that_is_gone_is_not_stored_in_the_one_that_has_its_id(
    session: Session, alice: models.User, now: datetime
) -> None:
    gone = start_attempt(session, alice, "ml")
    shown = row_at(session, gone, 1).item_revision_id
    attempts.discard_if_blank(session, gone.id)
    make_bank(session, make_items(3))
    attempt = start_with_id(session, gone.id, alice, "small")
    given = Input({"choice": ["0"]}, revision=shown)

    with pytest.raises(NotFoundError):
        responses.save(session, alice.id, attempt.id, 1, given, now, GRACE)

    assert row_at(session, attempt, 1).value is None
