"""The time a person has: what is granted, what closes, what is added while an attempt runs."""

from datetime import datetime, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.assembly import PlanSection, QuizPlan
from quizapp.domain.errors import AttemptClosedError, ConflictError, NotFoundError
from quizapp.domain.timing import PRACTICE_PAUSE, Accommodation
from quizapp.services import attempts, clocks, quizzes
from quizapp.services.responses import TooLate
from quizapp.services.storing import Saved
from tests.factories import (
    GRACE,
    MINUTE,
    answer,
    grant,
    in_parallel,
    start_attempt,
    stored,
    take_attempt,
)

SCREEN = timedelta(minutes=10)
SECOND = timedelta(seconds=1)
PRACTICE = QuizPlan(sections=(PlanSection(questions=3, bank="math"),), minutes=20)


def practise(session: Session, user: models.User, now: datetime) -> models.Attempt:
    """A practice attempt with a time limit of 20 minutes."""
    return quizzes.practise(session, user.id, PRACTICE, "Practice", now, Random(1))


# --- What a person has ----------------------------------------------------------------------------


def test_who_was_granted_nothing_has_the_time_of_everybody(
    session: Session, alice: models.User
) -> None:
    assert clocks.accommodation(session, alice.id) == Accommodation()


def test_a_time_factor_lengthens_every_timed_attempt_of_its_person(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    grant(session, alice, time_factor=1.5)

    assert start_attempt(session, alice).ends_at == now + 15 * MINUTE
    assert start_attempt(session, alice, "math-whole").ends_at == now + 30 * MINUTE
    assert practise(session, alice, now).ends_at == now + 30 * MINUTE
    assert start_attempt(session, charlie).ends_at == now + SCREEN


def test_the_pause_of_a_quiz_is_what_was_granted_and_that_of_practice_is_everybodys(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    grant(session, alice, pause_minutes=15)

    assert start_attempt(session, alice).pause_left_seconds == 900
    assert start_attempt(session, charlie).pause_left_seconds == 0
    assert practise(session, charlie, now).pause_left_seconds == PRACTICE_PAUSE.total_seconds()


def test_practice_is_untimed_for_whom_that_was_granted_and_a_quiz_is_not(
    session: Session, alice: models.User, now: datetime
) -> None:
    grant(session, alice, is_untimed_in_practice=True)

    assert practise(session, alice, now).ends_at is None
    assert start_attempt(session, alice).ends_at == now + SCREEN


def test_what_is_granted_later_leaves_a_running_attempt_alone(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    grant(session, alice, time_factor=2.0)

    assert start_attempt(session, alice, now=now + MINUTE).id == attempt.id
    assert attempt.ends_at == now + SCREEN


# --- When a quiz closes ---------------------------------------------------------------------------


def test_an_attempt_ends_when_its_quiz_closes_and_the_terms_say_so_before(
    session: Session, alice: models.User, now: datetime
) -> None:
    grant(session, alice, time_factor=1.5)
    quiz = quizzes.find(session, "math-screen")
    quiz.closes_at = now + 12 * MINUTE
    plan = quizzes.plan_for(session, alice.id, quiz, now)

    terms = clocks.terms(quiz, plan, clocks.accommodation(session, alice.id))

    assert terms.is_cut(now)
    assert (terms.plan_limit, terms.limit) == (SCREEN, 15 * MINUTE)
    assert terms.ends_at(now) == start_attempt(session, alice).ends_at == quiz.closes_at


def test_a_quiz_that_has_closed_is_not_started(
    session: Session, alice: models.User, now: datetime
) -> None:
    quizzes.find(session, "math-screen").closes_at = now

    with pytest.raises(ConflictError, match="has closed"):
        start_attempt(session, alice)

    assert attempts.open_attempts(session, alice.id, now) == []


def test_who_started_before_a_closing_time_was_set_keeps_their_time(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    quizzes.find(session, "math-screen").closes_at = now + 5 * MINUTE

    assert start_attempt(session, alice, now=now + 6 * MINUTE).id == attempt.id
    assert attempt.ends_at == now + SCREEN


# --- Time added -----------------------------------------------------------------------------------


def test_time_added_moves_the_deadline_and_is_noted(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)

    clocks.add_time(session, attempt.id, 5, bob.id, "  a fire alarm ", now + MINUTE)

    assert attempt.ends_at == now + 15 * MINUTE
    (change,) = session.scalars(select(models.TimeChange))
    assert (change.kind, change.made_by_id, change.at) == ("added", bob.id, now + MINUTE)
    assert (change.old_ends_at, change.new_ends_at) == (now + SCREEN, now + 15 * MINUTE)
    assert change.reason == "a fire alarm"


def test_answers_count_until_the_new_deadline(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    clocks.add_time(session, attempt.id, 5, bob.id, "", now)

    assert isinstance(answer(session, attempt, 1, now + 15 * MINUTE), Saved)
    assert isinstance(answer(session, attempt, 2, now + 15 * MINUTE + GRACE), TooLate)
    assert attempts.overdue(session, now + 15 * MINUTE + GRACE - SECOND, GRACE) == []


def test_time_added_within_the_grace_counts_from_now(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    late = now + SCREEN + GRACE / 2

    clocks.add_time(session, attempt.id, 5, bob.id, "", late)

    assert attempt.ends_at == late + 5 * MINUTE


def test_time_added_in_a_pause_is_there_when_it_goes_on(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    grant(session, alice, pause_minutes=15)
    attempt = start_attempt(session, alice)
    clocks.pause(session, alice.id, attempt.id, now + MINUTE)

    clocks.add_time(session, attempt.id, 5, bob.id, "", now + 2 * MINUTE)
    clocks.resume(session, alice.id, attempt.id, now + 4 * MINUTE)

    assert attempt.ends_at == now + SCREEN + 5 * MINUTE + 3 * MINUTE


def test_a_finished_attempt_gets_no_more_time(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    attempt = take_attempt(session, alice)

    with pytest.raises(AttemptClosedError):
        clocks.add_time(session, attempt.id, 5, bob.id, "", now + 2 * MINUTE)


def test_an_untimed_attempt_has_no_clock_to_add_to(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice, "todays-set")

    with pytest.raises(ConflictError, match="no clock"):
        clocks.add_time(session, attempt.id, 5, bob.id, "", now)


@pytest.mark.parametrize("minutes", [0, -5, 601])
def test_time_is_added_within_bounds(
    session: Session, alice: models.User, bob: models.User, now: datetime, minutes: int
) -> None:
    attempt = start_attempt(session, alice)

    with pytest.raises(ConflictError, match="from 1 to 600 minutes"):
        clocks.add_time(session, attempt.id, minutes, bob.id, "", now)

    assert attempt.ends_at == now + SCREEN


def test_a_long_reason_is_cut_to_what_is_kept(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)

    clocks.add_time(session, attempt.id, 600, bob.id, "x" * 900, now)

    session.flush()
    assert session.scalars(select(models.TimeChange.reason)).one() == "x" * 200


def test_an_attempt_that_never_was_gets_no_time(
    session: Session, bob: models.User, now: datetime
) -> None:
    with pytest.raises(NotFoundError):
        clocks.add_time(session, 999, 5, bob.id, "", now)


def test_time_added_by_two_at_once_is_all_there(
    app: Flask, alice: models.User, bob: models.User, now: datetime
) -> None:
    with stored(app) as session:
        attempt = start_attempt(session, alice)

    in_parallel(app, [lambda session: clocks.add_time(session, attempt.id, 5, bob.id, "", now)] * 4)

    with stored(app) as session:
        assert session.get_one(models.Attempt, attempt.id).ends_at == now + SCREEN + 20 * MINUTE


def test_an_attempt_that_got_time_since_it_was_found_overdue_is_not_closed_by_the_clock(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    late = now + SCREEN + GRACE
    (found,) = attempts.overdue(session, late, GRACE)
    clocks.add_time(session, attempt.id, 5, bob.id, "", late)

    attempts.close_overdue(session, found, late, GRACE)

    assert attempt.finished_at is None


@pytest.mark.parametrize("_", range(4))
def test_time_added_as_an_attempt_is_closed_is_there_or_refused(
    app: Flask, alice: models.User, bob: models.User, now: datetime, _: int
) -> None:
    with stored(app) as session:
        attempt = start_attempt(session, alice)
    late = now + SCREEN + GRACE

    _closed, added = in_parallel(
        app,
        [
            lambda session: attempts.close_if_overdue(session, alice.id, attempt.id, late, GRACE),
            lambda session: clocks.add_time(session, attempt.id, 5, bob.id, "", late),
        ],
    )

    with stored(app) as session:
        row = session.get_one(models.Attempt, attempt.id)
    assert (row.finished_at is None) != isinstance(added, AttemptClosedError)
