"""A quiz of one question after the other: there is no way back, whoever tries and how often."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import AttemptClosedError, NotFoundError
from quizapp.services import (
    attempts,
    clocks,
    invariants,
    moving_on,
    question_pages,
    records,
    stages,
)
from quizapp.services.responses import AttemptPausedError, TooLate
from quizapp.services.stages import StageClosedError
from quizapp.services.storing import Saved
from tests.databases import on_every_kind
from tests.factories import (
    GRACE,
    MINUTE,
    NOW,
    answer,
    in_parallel,
    make_bank,
    make_items,
    row_at,
    rows,
    start_attempt,
    stored,
)

pytestmark = on_every_kind
LATER = NOW + MINUTE


@pytest.fixture
def attempt(session: Session, alice: models.User) -> models.Attempt:
    """Alice's attempt at three questions in ten minutes, one after the other."""
    return start_one_way(session, alice)


def start_one_way(session: Session, user: models.User, **more: object) -> models.Attempt:
    quiz = {"id": "way", "title": "One way", "questions": 3, "one_way": True, "minutes": 10}
    make_bank(session, make_items(3), "way", quizzes=[{**quiz, **more}])
    return start_attempt(session, user, "way")


def move_on(
    session: Session, attempt: models.Attempt, shown: int, now: datetime = LATER
) -> models.Attempt:
    return moving_on.move_on(session, attempt.user_id, attempt.id, shown, now)


def is_open(session: Session, attempt: models.Attempt, position: int) -> bool:
    try:
        question_pages.question_page(session, attempt.user_id, attempt.id, position, LATER)
    except StageClosedError:
        return False
    return True


def test_one_question_is_open_at_a_time(session: Session, attempt: models.Attempt) -> None:
    assert [is_open(session, attempt, position) for position in (1, 2, 3)] == [True, False, False]

    move_on(session, attempt, 1)

    assert [is_open(session, attempt, position) for position in (1, 2, 3)] == [False, True, False]


def test_only_the_open_question_is_stored(session: Session, attempt: models.Attempt) -> None:
    move_on(session, attempt, 1)

    told = [answer(session, attempt, position, LATER) for position in (1, 2, 3)]

    assert told[0] == TooLate(is_recovered=True, closed="stage")
    assert isinstance(told[1], Saved)
    assert told[2] == TooLate(is_recovered=True, closed="stage")
    assert [row_at(session, attempt, each).save_count for each in (1, 2, 3)] == [0, 1, 0]


def test_the_pages_that_moved_on_already_move_nothing(
    session: Session, attempt: models.Attempt
) -> None:
    for shown in (1, 1, 3, 7):
        move_on(session, attempt, shown)

    assert attempt.stage_first == 2


def test_after_the_last_question_comes_nothing(session: Session, attempt: models.Attempt) -> None:
    for shown in (1, 2, 3):
        move_on(session, attempt, shown)

    assert (attempt.stage_first, attempt.stage_last) == (3, 3)
    assert attempt.ends_at == NOW + 10 * MINUTE


def test_nobody_else_moves_on_and_nobody_after_the_end(
    session: Session, attempt: models.Attempt, charlie: models.User
) -> None:
    with pytest.raises(NotFoundError):
        moving_on.move_on(session, charlie.id, attempt.id, 1, LATER)
    with pytest.raises(AttemptClosedError):
        move_on(session, attempt, 1, NOW + 10 * MINUTE)
    attempts.close(session, attempt.id, LATER)
    with pytest.raises(AttemptClosedError):
        move_on(session, attempt, 1)


def test_a_paused_attempt_does_not_move_on(session: Session, attempt: models.Attempt) -> None:
    attempt.pause_left_seconds = 600
    session.flush()
    clocks.pause(session, attempt.user_id, attempt.id, LATER)

    with pytest.raises(AttemptPausedError):
        move_on(session, attempt, 1)


def test_an_attempt_without_stages_has_nothing_to_move_on_to(
    session: Session, alice: models.User
) -> None:
    attempt = start_attempt(session, alice)

    move_on(session, attempt, 1)

    assert stages.opening(attempt, LATER) is None
    assert (attempt.stages, attempt.stage_first) == (None, None)


def test_an_untimed_quiz_may_be_one_way(session: Session, alice: models.User) -> None:
    attempt = start_one_way(session, alice, minutes=None)

    move_on(session, attempt, 1, NOW + timedelta(days=3))

    assert (attempt.stage_first, attempt.ends_at) == (2, None)


def test_all_that_was_answered_counts_and_the_record_tells_the_way(
    session: Session, attempt: models.Attempt
) -> None:
    for position in (1, 2):
        answer(session, attempt, position, LATER)
        move_on(session, attempt, position)
    attempts.close(session, attempt.id, LATER + MINUTE)

    told = [(event.kind, event.position) for event in records.events(session, attempt)]

    assert attempt.points == 2
    assert [each for each in told if each[0] == "stage"] == [("stage", 2), ("stage", 3)]
    assert invariants.breaches(session, LATER + MINUTE, GRACE) == []


# --- At once --------------------------------------------------------------------------------------


def test_fifty_clicks_at_once_move_on_once(app: Flask, alice: models.User) -> None:
    with stored(app) as session:
        attempt = start_one_way(session, alice)

    outcomes = in_parallel(app, [lambda session: move_on(session, attempt, 1)] * 50)

    moved = rows(app, models.TimeChange)
    assert not [each for each in outcomes if isinstance(each, BaseException)]
    assert [(each.kind, each.stage_first) for each in moved] == [("stage", 2)]
    assert rows(app, models.Attempt)[0].stage_first == 2


def test_saves_and_moving_on_at_once_leave_nothing_between(app: Flask, alice: models.User) -> None:
    with stored(app) as session:
        attempt = start_one_way(session, alice)

    def save(session: Session) -> object:
        return answer(session, attempt, 1, LATER)

    def move(session: Session) -> object:
        return move_on(session, attempt, 1)

    outcomes = in_parallel(app, [save, move] * 10)

    assert not [each for each in outcomes if isinstance(each, BaseException)]
    with stored(app) as session:
        kept = row_at(session, attempt, 1)
        saved = [each for each in outcomes if isinstance(each, Saved)]
        assert (kept.value is not None) == bool(saved)
        assert invariants.breaches(session, LATER, GRACE) == []
