"""Attempts: started once, shown while open, unmoved by later edits."""

from datetime import datetime, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.assembly import PlanSection, QuizPlan
from quizapp.domain.errors import AttemptClosedError, NotFoundError, QuizError
from quizapp.services import attempts, question_pages, quizzes
from tests.factories import (
    GRACE,
    MINUTE,
    answer,
    in_parallel,
    item_at,
    make_bank,
    make_item,
    make_items,
    position_of,
    posted,
    row_at,
    start_attempt,
    stored,
    take_attempt,
)

SCREEN = timedelta(minutes=10)


def slugs(session: Session, attempt: models.Attempt) -> set[str]:
    positions = range(1, len(attempt.responses) + 1)
    return {item_at(session, attempt, position).slug for position in positions}


def count_of(session: Session, model: type[models.Attempt | models.ReadinessRecord]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


# --- Starting -------------------------------------------------------------------------------------


def test_an_attempt_holds_its_questions_and_its_end_from_the_start(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)

    assert (attempt.title, attempt.started_at) == ("Mathematics screen", now)
    assert attempt.ends_at == now + SCREEN
    assert [row.position for row in attempt.responses] == [1, 2, 3, 4]
    assert attempt.finished_at is None


def test_an_untimed_attempt_has_no_end(session: Session, alice: models.User) -> None:
    make_bank(session, make_items(1), quizzes=[{"id": "calm", "title": "Calm", "questions": 1}])

    assert start_attempt(session, alice, "small-calm").ends_at is None


def test_starting_again_leads_to_the_running_attempt(
    session: Session, alice: models.User, now: datetime
) -> None:
    first = start_attempt(session, alice)

    assert start_attempt(session, alice, now=now + MINUTE).id == first.id


def test_eight_clicks_at_once_start_one_attempt(app: Flask, alice: models.User) -> None:
    outcomes = in_parallel(app, [lambda session: start_attempt(session, alice).id] * 8)

    assert len(set(outcomes)) == 1
    with stored(app) as session:
        assert count_of(session, models.Attempt) == 1


def test_each_learner_has_an_attempt_of_their_own(
    session: Session, alice: models.User, charlie: models.User
) -> None:
    assert start_attempt(session, alice).id != start_attempt(session, charlie).id


def test_an_attempt_whose_time_is_up_is_finished_before_the_next_begins(
    session: Session, alice: models.User, now: datetime
) -> None:
    first = start_attempt(session, alice)

    second = start_attempt(session, alice, now=now + 2 * SCREEN)

    assert second.id != first.id
    assert first.finished_at == now + SCREEN


def test_questions_that_the_learner_has_not_met_come_first(
    session: Session, alice: models.User
) -> None:
    quiz = {"id": "half", "title": "Half", "questions": 3, "minutes": 5}
    make_bank(session, make_items(6), quizzes=[quiz])

    first = take_attempt(session, alice, "small-half")
    second = take_attempt(session, alice, "small-half")

    assert slugs(session, first) | slugs(session, second) == {f"item-{n}" for n in range(1, 7)}


def test_a_plan_that_no_item_fits_starts_nothing(
    session: Session, alice: models.User, now: datetime
) -> None:
    plan = QuizPlan(sections=(PlanSection(questions=3, skills=("ml.none",)),))
    attempt = start_attempt(session, alice)
    practice = quizzes.find(session, quizzes.PRACTICE)

    with pytest.raises(QuizError, match="Choose more"):
        attempts.start(session, alice.id, practice, plan, now, Random(1))

    assert attempts.open_attempts(session, alice.id, now) == [attempt]


def test_open_attempts_are_those_with_time_left_the_latest_first(
    session: Session, alice: models.User, now: datetime
) -> None:
    over = start_attempt(session, alice, "math-screen")
    long = start_attempt(session, alice, "math-whole", now=now + MINUTE)
    latest = start_attempt(session, alice, "ml", now=now + 9 * MINUTE)

    found = attempts.open_attempts(session, alice.id, now + SCREEN)

    assert over.finished_at is None
    assert found == [latest, long]


# --- Showing --------------------------------------------------------------------------------------


def test_a_question_page_has_the_question_and_the_whole_strip(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)
    answer(session, attempt, 2)

    page = question_pages.question_page(session, alice.id, attempt.id, 1, now)

    assert (page.position, page.count) == (1, 4)
    assert [entry.is_answered for entry in page.strip] == [False, True, False, False]


def test_options_keep_their_order_through_an_attempt(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, make_items(1))
    attempt = start_attempt(session, alice, "small")

    pages = [question_pages.question_page(session, alice.id, attempt.id, 1, now) for _ in range(3)]

    assert len({str(page.interaction) for page in pages}) == 1


@pytest.mark.parametrize("position", [0, 5])
def test_there_is_no_page_beyond_the_questions(
    session: Session, alice: models.User, now: datetime, position: int
) -> None:
    attempt = start_attempt(session, alice)

    with pytest.raises(NotFoundError):
        question_pages.question_page(session, alice.id, attempt.id, position, now)


def test_from_the_deadline_on_no_question_is_shown(
    session: Session, alice: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)

    with pytest.raises(AttemptClosedError):
        question_pages.question_page(session, alice.id, attempt.id, 1, now + SCREEN)


def test_the_attempt_of_another_does_not_exist(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    attempt = start_attempt(session, alice)

    with pytest.raises(NotFoundError):
        attempts.find_for(session, charlie.id, attempt.id)
    with pytest.raises(NotFoundError):
        question_pages.question_page(session, charlie.id, attempt.id, 1, now)
    with pytest.raises(NotFoundError):
        attempts.close_if_overdue(session, charlie.id, attempt.id, now, GRACE)


# --- Edits ----------------------------------------------------------------------------------------


def test_an_edit_changes_neither_finished_nor_running_attempts(
    session: Session, alice: models.User, charlie: models.User
) -> None:
    make_bank(session, [make_item("item-1")])
    finished = take_attempt(session, alice, "small", right=[1])
    running = start_attempt(session, charlie, "small")
    reworded = make_item(
        "item-1", stem="Reworded.", options=[{"text": "this", "correct": True}, {"text": "that"}]
    )

    make_bank(session, [reworded])

    assert item_at(session, finished, 1).question.stem == "Which option of item-1 is right?"
    assert (finished.points, finished.responses[0].score) == (1.0, 1.0)
    answer(session, running, 1)
    assert row_at(session, running, 1).value == [1]


def test_a_withdrawn_item_stays_in_attempts_that_have_it(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, make_items(2))
    attempt = start_attempt(session, alice, "small")
    position = position_of(session, attempt, "item-2")
    make_bank(session, make_items(1))

    page = question_pages.question_page(session, alice.id, attempt.id, position, now)

    assert posted(page.interaction, [1])
    answer(session, attempt, position)
    assert attempts.close(session, attempt.id, now + MINUTE).points == 1.0
