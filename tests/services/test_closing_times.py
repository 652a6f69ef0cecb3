"""How long a quiz is open."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError, NotFoundError
from quizapp.services import attempts, closing_times, quizzes
from tests.factories import MINUTE, make_bank, make_items, start_attempt


@pytest.fixture
def quiz(session: Session, bob: models.User) -> models.Quiz:
    """Bob's quiz."""
    make_bank(session, make_items(3), owner_id=bob.id)
    return quizzes.find(session, "small")


def test_a_quiz_closes_when_its_instructor_says(
    session: Session, quiz: models.Quiz, alice: models.User, bob: models.User, now: datetime
) -> None:
    closing_times.set_for(session, bob, "small", now + 3 * MINUTE, now)

    assert start_attempt(session, alice, "small").ends_at == now + 3 * MINUTE


def test_a_closed_quiz_cannot_be_started(
    session: Session, quiz: models.Quiz, alice: models.User, bob: models.User, now: datetime
) -> None:
    closing_times.set_for(session, bob, "small", now + 3 * MINUTE, now)

    with pytest.raises(ConflictError, match="has closed"):
        start_attempt(session, alice, "small", now + 3 * MINUTE)


def test_a_running_attempt_keeps_its_end(
    session: Session, quiz: models.Quiz, alice: models.User, bob: models.User, now: datetime
) -> None:
    before = start_attempt(session, alice, "small").ends_at

    closing_times.set_for(session, bob, "small", now + MINUTE, now)

    running = attempts.open_attempt(session, alice.id, quiz.id)
    assert running is not None
    assert running.ends_at == before


def test_a_closing_time_can_be_taken_away(
    session: Session, quiz: models.Quiz, bob: models.User, now: datetime
) -> None:
    closing_times.set_for(session, bob, "small", now + MINUTE, now)

    closing_times.set_for(session, bob, "small", None, now)

    assert quiz.closes_at is None


@pytest.mark.parametrize("minutes", [0, -1])
def test_a_time_gone_by_is_refused(
    session: Session, quiz: models.Quiz, bob: models.User, now: datetime, minutes: int
) -> None:
    with pytest.raises(ConflictError, match="has passed"):
        closing_times.set_for(session, bob, "small", now + minutes * MINUTE, now)


def test_publishing_the_set_again_keeps_the_closing_time(
    session: Session, quiz: models.Quiz, bob: models.User, now: datetime
) -> None:
    closing_times.set_for(session, bob, "small", now + MINUTE, now)

    make_bank(session, make_items(4), owner_id=bob.id)

    assert quizzes.find(session, "small").closes_at == now + MINUTE


def test_an_administrator_keeps_the_quizzes_of_all_banks(
    session: Session, quiz: models.Quiz, admin: models.User
) -> None:
    kept = {
        slug: closing_times.is_kept_by(quizzes.find(session, slug), admin)
        for slug in ("small", "math-screen", "mock-interview", "todays-set", "practice")
    }

    assert [slug for slug, is_kept in kept.items() if is_kept] == ["small", "math-screen"]


@pytest.mark.parametrize("slug", ["small", "math-screen", "practice", "unknown"])
def test_nobody_else_sets_it(
    session: Session, quiz: models.Quiz, alice: models.User, now: datetime, slug: str
) -> None:
    with pytest.raises(NotFoundError):
        closing_times.set_for(session, alice, slug, None, now)


def test_an_instructor_does_not_set_it_for_the_banks_of_others(
    session: Session, bob: models.User, admin: models.User, now: datetime
) -> None:
    make_bank(session, make_items(1), "others", owner_id=admin.id)

    for slug in ("math-screen", "others"):
        with pytest.raises(NotFoundError):
            closing_times.set_for(session, bob, slug, None, now)
