"""Saving what a learner gives while an attempt is open."""

from datetime import datetime, timedelta
from time import sleep

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import NotFoundError
from quizapp.services import attempts, responses
from quizapp.services.responses import TooLate
from quizapp.services.storing import Input, Saved
from tests.factories import (
    GRACE,
    MINUTE,
    answer,
    in_parallel,
    item_at,
    make_bank,
    make_items,
    row_at,
    save,
    start_attempt,
    stored,
    take_attempt,
)

SCREEN = timedelta(minutes=10)


def test_what_was_given_is_stored_by_authored_place(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, make_items(1, seconds=120))
    attempt = start_attempt(session, alice, "small")

    saved = save(session, attempt, 1, [2], now + MINUTE)

    assert saved == Saved(now + MINUTE, attempt.ends_at, is_answered=True, save_count=1)
    row = row_at(session, attempt, 1)
    assert (row.value, row.save_count, row.saved_at) == ([2], 1, now + MINUTE)


def test_a_later_save_replaces_an_earlier_one(session: Session, alice: models.User) -> None:
    make_bank(session, make_items(1))
    attempt = start_attempt(session, alice, "small")
    save(session, attempt, 1, [2])

    save(session, attempt, 1, [0])

    row = row_at(session, attempt, 1)
    assert (row.value, row.save_count) == ([0], 2)


def test_an_answer_can_be_taken_back(session: Session, alice: models.User) -> None:
    attempt = start_attempt(session, alice)
    answer(session, attempt, 1)

    saved = save(session, attempt, 1, None)

    assert isinstance(saved, Saved)
    assert not saved.is_answered
    assert row_at(session, attempt, 1).value is None


@pytest.mark.parametrize(
    ("posted_flag", "is_flagged"), [(None, True), (True, True), (False, False)]
)
def test_a_save_leaves_the_flag_unless_it_says_otherwise(
    session: Session,
    alice: models.User,
    now: datetime,
    posted_flag: bool | None,
    is_flagged: bool,
) -> None:
    attempt = start_attempt(session, alice)
    flagged = Input({}, is_flagged=True)
    responses.save(session, alice.id, attempt.id, 1, flagged, now, GRACE)

    given = Input({}, is_flagged=posted_flag)
    responses.save(session, alice.id, attempt.id, 1, given, now, GRACE)

    assert row_at(session, attempt, 1).is_flagged == is_flagged


def test_seconds_spent_grow_but_never_beyond_the_time_since_the_start(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    stored_seconds = []
    for claimed in (40, 20, -5, 100_000):
        answer(session, attempt, 1, now + MINUTE, seconds_spent=claimed)
        stored_seconds.append(row_at(session, attempt, 1).seconds_spent)

    assert stored_seconds == [40, 40, 40, 60]


def test_a_position_without_a_question_takes_no_answer(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)

    with pytest.raises(NotFoundError):
        responses.save(session, alice.id, attempt.id, 5, Input({}), now, GRACE)


def test_a_save_within_the_grace_after_the_deadline_counts(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)

    saved = answer(session, attempt, 1, now + SCREEN + GRACE - timedelta(milliseconds=1))

    assert isinstance(saved, Saved)
    closed = attempts.close(session, attempt.id, now + SCREEN + GRACE)
    assert closed.points == item_at(session, attempt, 1).fields.points


def test_a_save_after_the_grace_does_not_count_and_is_kept_aside(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)

    late = answer(session, attempt, 1, now + SCREEN + GRACE)

    assert late == TooLate(is_recovered=True)
    assert row_at(session, attempt, 1).saved_at is None
    assert attempts.close(session, attempt.id, now + SCREEN + GRACE).points == 0


def test_a_finished_attempt_takes_no_more_answers(session: Session, alice: models.User) -> None:
    attempt = take_attempt(session, alice)
    score = attempt.points

    assert isinstance(answer(session, attempt, 1), TooLate)

    assert (row_at(session, attempt, 1).value, attempt.points) == (None, score)


def test_another_cannot_answer(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)

    with pytest.raises(NotFoundError):
        responses.save(session, charlie.id, attempt.id, 1, Input({}), now, GRACE)


@pytest.mark.parametrize("seed", range(6))
def test_a_save_that_races_the_end_is_graded_when_it_was_acknowledged(
    app: Flask, alice: models.User, now: datetime, seed: int
) -> None:
    with stored(app) as session:
        attempt = start_attempt(session, alice, seed=seed)

    def give(session: Session) -> Saved | TooLate:
        return answer(session, attempt, 1, now + MINUTE)

    def finish(session: Session) -> None:
        attempts.close(session, attempt.id, now + MINUTE)

    outcomes = in_parallel(app, [give, finish] if seed % 2 else [finish, give])

    was_acknowledged = any(isinstance(each, Saved) for each in outcomes)
    assert was_acknowledged or TooLate(is_recovered=True) in outcomes
    with stored(app) as session:
        assert row_at(session, attempt, 1).score == float(was_acknowledged)


@pytest.mark.parametrize("first", ["give", "finish"])
def test_of_a_save_and_the_end_one_waits_for_the_other(
    app: Flask, alice: models.User, now: datetime, first: str
) -> None:
    with stored(app) as session:
        attempt = start_attempt(session, alice)

    def give(session: Session) -> object:
        sleep(0.1 if first == "finish" else 0)
        saved = answer(session, attempt, 1)
        sleep(0.2 if first == "give" else 0)
        return saved

    def finish(session: Session) -> None:
        sleep(0.1 if first == "give" else 0)
        attempts.close(session, attempt.id, now + MINUTE)
        sleep(0.2 if first == "finish" else 0)

    saved, _ = in_parallel(app, [give, finish])

    with stored(app) as session:
        assert row_at(session, attempt, 1).score == float(isinstance(saved, Saved))
