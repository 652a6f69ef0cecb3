"""Feedback after each question: a checked answer is final, and counts as its page said."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import AttemptClosedError, ConflictError, NotFoundError
from quizapp.services import (
    attempts,
    clocks,
    export,
    feedback,
    invariants,
    moving_on,
    question_pages,
    records,
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
    start_attempt,
    stored,
)

pytestmark = on_every_kind
LATER = NOW + MINUTE
RULES = {"guessing_penalty": True}


def start_each(session: Session, user: models.User, **more: object) -> models.Attempt:
    quiz = {"id": "each", "title": "Each", "questions": 3, "feedback": "each", "minutes": 10}
    make_bank(session, make_items(3), "each", quizzes=[{**quiz, **more}])
    return start_attempt(session, user, "each")


@pytest.fixture
def attempt(session: Session, alice: models.User) -> models.Attempt:
    """Alice's attempt at three questions with feedback after each."""
    return start_each(session, alice)


def check(session: Session, attempt: models.Attempt, position: int, seen: int) -> bool:
    return feedback.check(session, attempt.user_id, attempt.id, position, seen, LATER)


def test_a_checked_answer_is_final(session: Session, attempt: models.Attempt) -> None:
    answer(session, attempt, 1)

    assert check(session, attempt, 1, seen=1)

    assert answer(session, attempt, 1, is_right=False) == TooLate(True, "question")
    assert isinstance(answer(session, attempt, 1), Saved)  # the same again changes nothing
    assert isinstance(answer(session, attempt, 2, is_right=False), Saved)
    assert row_at(session, attempt, 1).save_count == 1


def test_an_answer_that_the_page_has_not_seen_is_not_checked(
    session: Session, attempt: models.Attempt
) -> None:
    answer(session, attempt, 1)

    assert not check(session, attempt, 1, seen=0)
    assert row_at(session, attempt, 1).checked_at is None


def test_a_blank_one_may_be_checked_and_is_used(session: Session, attempt: models.Attempt) -> None:
    assert check(session, attempt, 1, seen=0)
    assert check(session, attempt, 1, seen=0)

    assert not attempts.discard_if_blank(session, attempt.id)
    assert question_pages.resume_position(question_pages.strip(session, attempt.id)) == 2


def test_other_quizzes_show_what_is_right_at_their_end(
    session: Session, alice: models.User
) -> None:
    with pytest.raises(ConflictError):
        check(session, start_attempt(session, alice), 1, seen=0)


def test_nothing_is_checked_when_the_attempt_takes_no_answers(
    session: Session, attempt: models.Attempt, charlie: models.User
) -> None:
    with pytest.raises(NotFoundError):
        feedback.check(session, charlie.id, attempt.id, 1, 0, LATER)
    with pytest.raises(AttemptClosedError):
        feedback.check(session, attempt.user_id, attempt.id, 1, 0, NOW + 10 * MINUTE)
    attempt.pause_left_seconds = 60
    session.flush()
    clocks.pause(session, attempt.user_id, attempt.id, LATER)
    with pytest.raises(AttemptPausedError):
        check(session, attempt, 1, seen=0)


def test_only_open_questions_are_checked(session: Session, alice: models.User) -> None:
    attempt = start_each(session, alice, one_way=True)
    moving_on.move_on(session, alice.id, attempt.id, 1, LATER)

    for position in (1, 3):
        with pytest.raises(StageClosedError):
            check(session, attempt, position, seen=0)
    assert check(session, attempt, 2, seen=0)


@pytest.mark.parametrize("given", [True, False, None])
def test_the_page_says_what_grading_stores(
    session: Session, alice: models.User, given: bool | None
) -> None:
    attempt = start_each(session, alice, scoring=RULES)
    if given is not None:
        answer(session, attempt, 1, is_right=given)
    check(session, attempt, 1, seen=int(given is not None))

    page = question_pages.question_page(session, alice.id, attempt.id, 1, LATER)
    told = feedback.of(page.item, page.interaction, page.given, attempt)
    attempts.close(session, attempt.id, LATER)

    assert told.points == row_at(session, attempt, 1).points
    assert told.outcome == {True: "right", False: "missed", None: "unanswered"}[given]
    assert any(row.is_key for row in told.review.rows)


def test_the_record_and_the_export_tell_it(
    session: Session, attempt: models.Attempt, alice: models.User
) -> None:
    answer(session, attempt, 1)
    check(session, attempt, 1, seen=1)
    attempts.close(session, attempt.id, LATER)

    told = [event.position for event in records.events(session, attempt) if event.kind == "checked"]

    assert told == [1]
    exported = export.export(session, alice)["attempts"][0]["responses"]
    assert [each["checked_at"] for each in exported] == [LATER.isoformat(), None, None]
    assert invariants.breaches(session, LATER, GRACE) == []


def test_checking_while_saves_come_leaves_nothing_after_it(app: Flask, alice: models.User) -> None:
    with stored(app) as session:
        attempt = start_each(session, alice)
        answer(session, attempt, 1)

    def save(session: Session) -> object:
        return answer(session, attempt, 1, LATER, is_right=False)

    def look(session: Session) -> object:
        return check(session, attempt, 1, seen=1)

    outcomes = in_parallel(app, [save, look] * 10)

    assert not [each for each in outcomes if isinstance(each, BaseException)]
    with stored(app) as session:
        row = row_at(session, attempt, 1)
        assert (row.checked_at is not None) == (row.save_count == 1)
        assert invariants.breaches(session, LATER, GRACE) == []
