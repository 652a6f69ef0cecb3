"""Attempts as instructors and administrators see them."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import AttemptClosedError, ConflictError, NotFoundError
from quizapp.services import attempts, clocks, supervision
from quizapp.services.supervision import Counts
from tests.conftest import CountQueries
from tests.factories import (
    MINUTE,
    answer,
    make_bank,
    make_items,
    make_person,
    start_attempt,
    take_attempt,
)

UNTIMED = {"id": "calm", "title": "Calm", "questions": 2}
TIMED = {"id": "timed", "title": "Timed", "questions": 3, "minutes": 10}
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def bobs_bank(session: Session, bob: models.User) -> None:
    """Bob's quizzes ``small-timed`` (3 questions, 10 minutes) and ``small-calm``, untimed."""
    make_bank(session, make_items(4), owner_id=bob.id, quizzes=[TIMED, UNTIMED])


def test_an_instructor_sees_who_takes_a_quiz_of_their_bank(
    session: Session, alice: models.User, bob: models.User
) -> None:
    attempt = start_attempt(session, alice, "small-timed")
    start_attempt(session, alice, "math-screen")
    answer(session, attempt, 2)

    (found,) = supervision.running(session, bob)

    assert found.attempt.id == attempt.id
    assert found.learner.name == "Alice"
    assert (found.answered, found.questions, found.recovered) == (1, 3, 0)


def test_an_administrator_sees_every_attempt(
    session: Session, alice: models.User, charlie: models.User, admin: models.User
) -> None:
    for person, quiz in (
        (alice, "small-timed"),
        (charlie, "math-screen"),
        (alice, "mock-interview"),
    ):
        start_attempt(session, person, quiz)

    assert len(supervision.running(session, admin)) == 3


def test_the_next_to_end_comes_first_and_the_untimed_last(
    session: Session, alice: models.User, charlie: models.User, bob: models.User, now: datetime
) -> None:
    start_attempt(session, alice, "small-calm", now)
    start_attempt(session, alice, "small-timed", now)
    start_attempt(session, charlie, "small-timed", now - MINUTE)

    found = supervision.running(session, bob)

    assert [(each.learner.name, each.attempt.title) for each in found] == [
        ("Charlie", "Timed"),
        ("Alice", "Timed"),
        ("Alice", "Calm"),
    ]


def test_the_state_says_running_paused_over_or_finished(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice, "small-timed")
    attempt.pause_left_seconds = 60
    found = supervision.find(session, bob, attempt.id)

    assert found.state(now) == "running"
    clocks.pause(session, alice.id, attempt.id, now)
    assert found.state(now + 59 * SECOND) == "paused"
    assert found.state(now + MINUTE) == "running"
    assert found.state(now + 11 * MINUTE) == "over"
    attempts.close(session, attempt.id, now + 12 * MINUTE)
    assert found.state(now + 12 * MINUTE) == "finished"


def test_a_finished_attempt_is_listed_for_a_day(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "small-timed", now, right=(1, 2))

    end = now + 3 * MINUTE
    (found,) = supervision.finished(session, bob, end)
    assert (found.percent, found.answered) == (67, 2)
    assert supervision.running(session, bob) == []
    assert supervision.finished(session, bob, end + timedelta(hours=24)) == []


def test_an_answer_that_came_too_late_is_counted_as_recovered(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    attempt = take_attempt(session, alice, "small-timed", now, right=(1,))

    answer(session, attempt, 2, now + 13 * MINUTE)

    (found,) = supervision.finished(session, bob, now + 14 * MINUTE)
    assert (found.recovered, found.answered, found.percent) == (1, 1, 33)


def test_the_counts_are_those_of_the_lists(
    session: Session, alice: models.User, charlie: models.User, bob: models.User, now: datetime
) -> None:
    start_attempt(session, alice, "small-timed", now)
    start_attempt(session, alice, "math-screen", now)
    take_attempt(session, charlie, "small-timed", now - timedelta(days=2))
    take_attempt(session, charlie, "small-calm", now - MINUTE)

    assert supervision.counts(session, bob, now) == Counts(running=1, finished=1)


def test_long_lists_come_in_pages(session: Session, bob: models.User, now: datetime) -> None:
    for number in range(3):
        person = make_person(session, f"learner-{number}")
        start_attempt(session, person, "small-timed", now + number * SECOND)

    names = [
        [each.learner.name for each in supervision.running(session, bob, page, page_size=2)]
        for page in (1, 2, 3)
    ]

    assert names == [["Learner-0", "Learner-1"], ["Learner-2"], []]


def test_many_attempts_are_asked_for_as_often_as_one(
    session: Session, bob: models.User, count_queries: CountQueries
) -> None:
    for number in range(5):
        start_attempt(session, make_person(session, f"learner-{number}"), "small-timed")
    session.expire_all()
    _ = bob.id

    with count_queries() as statements:
        found = supervision.running(session, bob)
        assert {each.learner.email for each in found} >= {"learner-4@example.org"}

    assert len(statements) == 1


def test_time_is_added_by_whoever_supervises(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice, "small-timed", now)

    change = supervision.add_time(session, bob, attempt.id, 5, "noise", now + MINUTE)

    assert attempt.ends_at == now + 15 * MINUTE
    assert (change.old_ends_at, change.new_ends_at) == (now + 10 * MINUTE, now + 15 * MINUTE)
    assert (change.made_by_id, change.reason) == (bob.id, "noise")


def test_no_time_is_added_where_there_is_no_clock_or_no_more_attempt(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    untimed = start_attempt(session, alice, "small-calm", now)
    finished = take_attempt(session, alice, "small-timed", now)

    with pytest.raises(ConflictError, match="no clock"):
        supervision.add_time(session, bob, untimed.id, 5, "", now)
    with pytest.raises(AttemptClosedError):
        supervision.add_time(session, bob, finished.id, 5, "", now)


def test_what_somebody_does_not_supervise_is_not_there(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    theirs = start_attempt(session, alice, "math-screen", now)
    taught = start_attempt(session, alice, "small-timed", now)

    for user, attempt_id in ((bob, theirs.id), (bob, 999), (alice, taught.id)):
        with pytest.raises(NotFoundError):
            supervision.find(session, user, attempt_id)
        with pytest.raises(NotFoundError):
            supervision.add_time(session, user, attempt_id, 5, "", now)
    assert theirs.ends_at == now + 10 * MINUTE
