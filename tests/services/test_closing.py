"""Attempts are closed once, by whoever comes first, and graded."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import attempts
from tests.factories import (
    GRACE,
    MINUTE,
    answer,
    in_parallel,
    item_at,
    make_bank,
    make_items,
    start_attempt,
    stored,
    take_attempt,
)

SCREEN = timedelta(minutes=10)
SECOND = timedelta(seconds=1)
QUIZZES = ("math-screen", "math-whole", "ml", "coding", "system-design")


def count_of(session: Session, model: type[models.Attempt | models.ReadinessRecord]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_submitting_finishes_and_grades(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    answer(session, attempt, 1)

    closed = attempts.close(session, attempt.id, now + 2 * MINUTE)

    assert (closed.finished_at, closed.closed_by) == (now + 2 * MINUTE, "learner")
    assert closed.points == item_at(session, attempt, 1).fields.points
    assert [row.score for row in closed.responses] == [1.0, 0.0, 0.0, 0.0]


def test_after_the_deadline_an_attempt_was_finished_at_the_deadline(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)

    closed = attempts.close(session, attempt.id, now + timedelta(days=3))

    assert (closed.finished_at, closed.closed_by) == (now + SCREEN, "deadline")


def test_closing_a_second_time_changes_nothing(
    session: Session, alice: models.User, now: datetime
) -> None:
    closed = take_attempt(session, alice, right=[1])
    first = (closed.finished_at, closed.points, closed.closed_by)

    again = attempts.close(session, closed.id, now + timedelta(days=1))

    assert (again.finished_at, again.points, again.closed_by) == first
    assert count_of(session, models.ReadinessRecord) == 1


def test_eight_submissions_at_once_grade_once(
    app: Flask, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        attempt = start_attempt(session, alice)
        answer(session, attempt, 1)
        answer(session, attempt, 2)

    outcomes = in_parallel(
        app, [lambda session: attempts.close(session, attempt.id, now + 2 * MINUTE).points] * 8
    )

    assert len(set(outcomes)) == 1
    with stored(app) as session:
        assert count_of(session, models.ReadinessRecord) == 1
        learner = session.get_one(models.SkillBelief, (alice.id, ""))
        assert learner.wins + learner.fails == 2


def test_two_attempts_that_end_at_once_both_teach_about_the_learner(
    app: Flask, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        started = [start_attempt(session, alice, quiz) for quiz in ("math-screen", "math-whole")]
        for attempt in started:
            answer(session, attempt, 1)

    def finish(number: int, session: Session) -> None:
        attempts.close(session, started[number].id, now + 2 * MINUTE)

    outcomes = in_parallel(
        app, [lambda session: finish(0, session), lambda session: finish(1, session)]
    )

    assert outcomes == [None, None]
    with stored(app) as session:
        learner = session.get_one(models.SkillBelief, (alice.id, ""))
        assert learner.wins + learner.fails == 2


def test_an_overdue_attempt_is_finished_at_its_deadline_exactly(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    answer(session, attempt, 1)

    found = attempts.overdue(session, now + SCREEN + GRACE, GRACE)
    attempts.close(session, found[0], now + SCREEN + GRACE)

    assert found == [attempt.id]
    assert (attempt.finished_at, attempt.closed_by) == (attempt.ends_at, "deadline")
    assert attempt.points == item_at(session, attempt, 1).fields.points


def test_within_the_grace_an_attempt_is_left_open(
    session: Session, alice: models.User, now: datetime
) -> None:
    start_attempt(session, alice)

    assert attempts.overdue(session, now + SCREEN + GRACE - GRACE / 10, GRACE) == []


def test_an_untimed_attempt_is_never_overdue(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, make_items(1), quizzes=[{"id": "calm", "title": "Calm", "questions": 1}])
    start_attempt(session, alice, "small-calm")

    assert attempts.overdue(session, now + timedelta(days=900), GRACE) == []


def test_looking_at_an_attempt_closes_it_once_its_time_and_grace_are_over(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    over = now + SCREEN + GRACE

    early = attempts.close_if_overdue(session, alice.id, attempt.id, over - SECOND, GRACE)
    assert early.finished_at is None

    closed = attempts.close_if_overdue(session, alice.id, attempt.id, over, GRACE)
    assert (closed.finished_at, closed.closed_by) == (now + SCREEN, "deadline")


def test_closers_and_learners_at_once_close_every_attempt_once(
    app: Flask, alice: models.User, charlie: models.User, now: datetime
) -> None:
    with stored(app) as session:
        started = [
            start_attempt(session, who, quiz) for who in (alice, charlie) for quiz in QUIZZES
        ]
        for attempt in started:
            answer(session, attempt, 1)
    late = now + timedelta(hours=3)
    closers = [submission(each, late) for each in started]
    learners = [submission(each, late) for each in reversed(started)]

    outcomes = in_parallel(app, [*closers, *learners])

    assert not [each for each in outcomes if isinstance(each, BaseException)]
    with stored(app) as session:
        assert count_of(session, models.ReadinessRecord) == len(started)


def submission(attempt: models.Attempt, now: datetime) -> Callable[[Session], int]:
    return lambda session: attempts.close(session, attempt.id, now).id
