"""Pausing: the clock stands still for as long as a person may, and loses nothing."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import AttemptClosedError, ConflictError, NotFoundError
from quizapp.domain.timing import PRACTICE_PAUSE
from quizapp.services import attempts, clocks, question_pages, responses
from quizapp.services.responses import AnswerChangedError, AttemptPausedError
from quizapp.services.storing import Input, Saved, Stamp
from tests.factories import (
    GRACE,
    MINUTE,
    answer,
    grant,
    in_parallel,
    row_at,
    start_attempt,
    stored,
)

SCREEN = timedelta(minutes=10)
SECOND = timedelta(seconds=1)


@pytest.fixture
def pausable(session: Session, alice: models.User) -> models.Attempt:
    """Alice's attempt of 10 minutes, which she may pause for 15."""
    grant(session, alice, pause_minutes=15)
    return start_attempt(session, alice)


@pytest.fixture
def paused(session: Session, pausable: models.Attempt, now: datetime) -> models.Attempt:
    """The same, paused two minutes after it began."""
    return clocks.pause(session, pausable.user_id, pausable.id, now + 2 * MINUTE)


def changes(session: Session, attempt: models.Attempt) -> list[tuple[object, ...]]:
    query = select(models.TimeChange).filter_by(attempt_id=attempt.id).order_by("id")
    return [(each.kind, each.old_ends_at, each.new_ends_at) for each in session.scalars(query)]


def test_a_pause_moves_the_deadline_to_where_all_of_it_would_lead(
    session: Session, paused: models.Attempt, now: datetime
) -> None:
    assert (paused.paused_at, paused.ends_at) == (now + 2 * MINUTE, now + SCREEN + 15 * MINUTE)
    assert changes(session, paused) == [("pause", now + SCREEN, now + SCREEN + 15 * MINUTE)]


def test_going_on_moves_the_deadline_back_by_what_was_not_needed(
    session: Session, paused: models.Attempt, now: datetime
) -> None:
    resumed = clocks.resume(session, paused.user_id, paused.id, now + 7 * MINUTE)

    assert (resumed.paused_at, resumed.ends_at) == (None, now + SCREEN + 5 * MINUTE)
    assert (resumed.pause_left_seconds, resumed.paused_seconds) == (600, 300)
    assert changes(session, paused)[1:] == [
        ("resumption", now + SCREEN + 15 * MINUTE, now + SCREEN + 5 * MINUTE)
    ]


def test_going_on_that_waited_for_the_pause_takes_nothing_of_it(
    session: Session, paused: models.Attempt, now: datetime
) -> None:
    resumed = clocks.resume(session, paused.user_id, paused.id, now + 2 * MINUTE - 3 * SECOND)

    assert (resumed.ends_at, resumed.paused_seconds) == (now + SCREEN, 0)
    assert resumed.pause_left_seconds == 15 * 60


def test_what_is_left_of_the_pauses_can_be_taken_later(
    session: Session, paused: models.Attempt, now: datetime
) -> None:
    clocks.resume(session, paused.user_id, paused.id, now + 7 * MINUTE)
    clocks.pause(session, paused.user_id, paused.id, now + 8 * MINUTE)

    resumed = clocks.resume(session, paused.user_id, paused.id, now + 11 * MINUTE)

    assert resumed.ends_at == now + SCREEN + 8 * MINUTE
    assert (resumed.pause_left_seconds, resumed.paused_seconds) == (420, 480)


def test_a_second_call_changes_nothing(
    session: Session, paused: models.Attempt, now: datetime
) -> None:
    clocks.pause(session, paused.user_id, paused.id, now + 5 * MINUTE)
    assert paused.paused_at == now + 2 * MINUTE

    for minute in (7, 9):
        clocks.resume(session, paused.user_id, paused.id, now + minute * MINUTE)

    assert paused.ends_at == now + SCREEN + 5 * MINUTE
    assert [kind for kind, _, _ in changes(session, paused)] == ["pause", "resumption"]


def test_a_pause_hides_the_questions_until_it_is_over(
    session: Session, paused: models.Attempt, now: datetime
) -> None:
    with pytest.raises(AttemptPausedError):
        question_pages.question_page(session, paused.user_id, paused.id, 1, now + 3 * MINUTE)

    clocks.resume(session, paused.user_id, paused.id, now + 3 * MINUTE)

    page = question_pages.question_page(session, paused.user_id, paused.id, 1, now + 3 * MINUTE)
    assert page.count == 4


def test_a_pause_that_is_used_up_ends_by_itself(
    session: Session, paused: models.Attempt, now: datetime
) -> None:
    used_up = now + 17 * MINUTE

    page = question_pages.question_page(session, paused.user_id, paused.id, 1, used_up)
    saved = answer(session, paused, 1, used_up + MINUTE)

    assert page.position == 1
    assert saved == Saved(used_up + MINUTE, now + 25 * MINUTE, is_answered=True, save_count=1)
    session.refresh(paused)
    assert (paused.paused_at, paused.pause_left_seconds, paused.paused_seconds) == (None, 0, 900)


def test_a_save_that_was_under_way_when_the_attempt_was_paused_counts(
    session: Session, paused: models.Attempt, now: datetime
) -> None:
    saved = answer(session, paused, 1, now + 2 * MINUTE + GRACE - SECOND)

    assert isinstance(saved, Saved)
    session.refresh(paused)
    assert paused.paused_at == now + 2 * MINUTE


def test_a_later_save_is_refused_until_the_attempt_goes_on(
    session: Session, paused: models.Attempt, now: datetime
) -> None:
    with pytest.raises(AttemptPausedError):
        answer(session, paused, 1, now + 2 * MINUTE + GRACE)
    assert row_at(session, paused, 1).value is None

    clocks.resume(session, paused.user_id, paused.id, now + 4 * MINUTE)

    assert isinstance(answer(session, paused, 1, now + 4 * MINUTE), Saved)


def test_a_save_sent_again_in_the_grace_of_a_pause_does_not_end_it(
    session: Session, pausable: models.Attempt, now: datetime
) -> None:
    given = Input({}, is_flagged=True, stamp=Stamp(seen=0, client="tab", sequence=1))
    moments = (now + MINUTE, now + 2 * MINUTE + 5 * SECOND)

    def send(moment: datetime) -> object:
        return responses.save(session, pausable.user_id, pausable.id, 1, given, moment, GRACE)

    first = send(moments[0])
    clocks.pause(session, pausable.user_id, pausable.id, now + 2 * MINUTE)

    assert isinstance(first, Saved)
    assert isinstance(send(moments[1]), Saved)
    session.refresh(pausable)
    assert pausable.paused_at == now + 2 * MINUTE


def test_a_conflict_in_the_grace_of_a_pause_does_not_end_it(
    session: Session, paused: models.Attempt, now: datetime
) -> None:
    answer(session, paused, 1, now + 2 * MINUTE + SECOND)
    older = Input({}, stamp=Stamp(seen=0, client="tab", sequence=1))
    moment = now + 2 * MINUTE + 5 * SECOND

    with pytest.raises(AnswerChangedError):
        responses.save(session, paused.user_id, paused.id, 1, older, moment, GRACE)

    session.flush()
    session.refresh(paused)
    assert paused.paused_at == now + 2 * MINUTE


def test_a_paused_attempt_can_be_finished(
    session: Session, paused: models.Attempt, now: datetime
) -> None:
    closed = attempts.close(session, paused.id, now + 5 * MINUTE)

    assert (closed.finished_at, closed.closed_by) == (now + 5 * MINUTE, "learner")
    assert (closed.paused_at, closed.paused_seconds) == (None, 180)
    assert closed.ends_at == now + SCREEN + 3 * MINUTE


def test_a_paused_attempt_to_which_nobody_comes_back_is_closed_when_all_is_used_up(
    session: Session, paused: models.Attempt, now: datetime
) -> None:
    end = now + SCREEN + 15 * MINUTE

    assert attempts.overdue(session, end + GRACE - SECOND, GRACE) == []
    assert attempts.overdue(session, end + GRACE, GRACE) == [paused.id]
    closed = attempts.close(session, paused.id, end + timedelta(days=1))

    assert (closed.finished_at, closed.closed_by) == (end, "deadline")


def test_without_an_allowance_a_timed_quiz_cannot_be_paused(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)

    with pytest.raises(ConflictError, match="cannot be paused"):
        clocks.pause(session, alice.id, attempt.id, now + MINUTE)

    assert attempt.paused_at is None


def test_pauses_that_are_used_up_are_not_granted_again(
    session: Session, paused: models.Attempt, now: datetime
) -> None:
    clocks.resume(session, paused.user_id, paused.id, now + 20 * MINUTE)

    with pytest.raises(ConflictError, match="used up"):
        clocks.pause(session, paused.user_id, paused.id, now + 21 * MINUTE)


def test_what_is_over_cannot_be_paused(
    session: Session, pausable: models.Attempt, now: datetime
) -> None:
    with pytest.raises(AttemptClosedError):
        clocks.pause(session, pausable.user_id, pausable.id, now + SCREEN)
    attempts.close(session, pausable.id, now + MINUTE)

    with pytest.raises(AttemptClosedError):
        clocks.pause(session, pausable.user_id, pausable.id, now + 2 * MINUTE)
    with pytest.raises(AttemptClosedError):
        clocks.resume(session, pausable.user_id, pausable.id, now + 2 * MINUTE)


def test_practice_may_be_paused_by_everybody(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice, "todays-set")
    clocks.pause(session, alice.id, attempt.id, now + MINUTE)

    resumed = clocks.resume(session, alice.id, attempt.id, now + timedelta(days=2))

    assert (resumed.ends_at, resumed.paused_at) == (None, None)
    assert resumed.paused_seconds == 2 * 86_400 - 60
    assert resumed.pause_left_seconds == PRACTICE_PAUSE.total_seconds() - resumed.paused_seconds


def test_an_untimed_attempt_stays_paused_until_it_goes_on(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice, "todays-set")
    clocks.pause(session, alice.id, attempt.id, now)
    much_later = now + timedelta(days=60)

    with pytest.raises(AttemptPausedError):
        answer(session, attempt, 1, much_later)

    clocks.resume(session, alice.id, attempt.id, much_later)
    assert isinstance(answer(session, attempt, 1, much_later), Saved)


def test_nobody_pauses_for_another(
    session: Session, charlie: models.User, pausable: models.Attempt, now: datetime
) -> None:
    for act in (clocks.pause, clocks.resume):
        with pytest.raises(NotFoundError):
            act(session, charlie.id, pausable.id, now)


def test_clicks_at_once_make_one_pause(app: Flask, alice: models.User, now: datetime) -> None:
    with stored(app) as session:
        grant(session, alice, pause_minutes=15)
        attempt = start_attempt(session, alice)

    outcomes = in_parallel(
        app, [lambda session: clocks.pause(session, alice.id, attempt.id, now).ends_at] * 6
    )

    assert set(outcomes) == {now + SCREEN + 15 * MINUTE}
    with stored(app) as session:
        assert len(changes(session, attempt)) == 1
