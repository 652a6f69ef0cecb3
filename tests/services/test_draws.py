"""Drawn numbers: another draw in each attempt, the same for as long as an attempt is stored."""

import json
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.formulas import stored
from quizapp.domain.items import DRAWS
from quizapp.services import (
    attempts,
    draws,
    export,
    grading,
    layouts,
    question_pages,
    records,
    results,
)
from tests.conftest import CountQueries
from tests.factories import (
    MINUTE,
    answer,
    make_bank,
    make_items,
    make_sum,
    row_at,
    save,
    start_attempt,
)


@pytest.fixture
def attempt(session: Session, alice: models.User) -> models.Attempt:
    """Alice's open attempt at one question with drawn numbers."""
    make_bank(session, [make_sum()])
    return start_attempt(session, alice, "small")


def stem(session: Session, attempt: models.Attempt, now: datetime) -> str:
    page = question_pages.question_page(session, attempt.user_id, attempt.id, 1, now)
    return page.item.question.stem


def numbers(session: Session, attempt: models.Attempt) -> Any:
    return row_at(session, attempt, 1).draw


def test_the_page_the_grade_and_the_review_are_of_the_same_numbers(
    session: Session, attempt: models.Attempt, now: datetime
) -> None:
    asked = stem(session, attempt, now)
    left, right = (int(part) for part in asked.strip("What is$?").split("+"))

    save(session, attempt, 1, str(left + right))
    closed = attempts.close(session, attempt.id, now + MINUTE)

    (question,) = results.result(session, closed, now + MINUTE).questions
    assert closed.points == 1
    assert question.item.question.stem == asked
    assert question.item.fields.explanation == f"Count on from {left} by {right}."


def test_another_attempt_draws_again(session: Session, alice: models.User, now: datetime) -> None:
    make_bank(session, [make_sum()])
    stems = set()
    for seed in range(12):
        attempt = start_attempt(session, alice, "small", now, seed)
        stems.add(stem(session, attempt, now))
        attempts.close(session, attempt.id, now)

    assert len(stems) > 8


def test_only_numbers_that_can_be_checked_beforehand_are_asked(
    session: Session, attempt: models.Attempt
) -> None:
    checked = [stored(make_sum().draw(number)) for number in range(DRAWS)]

    assert json.loads(numbers(session, attempt)) in checked


def test_an_edit_of_the_item_changes_no_attempt(
    session: Session, attempt: models.Attempt, now: datetime
) -> None:
    asked, drawn = stem(session, attempt, now), numbers(session, attempt)

    make_bank(session, [make_sum(stem="Add {{ a }} and {{ b }}.")])

    assert stem(session, attempt, now) == asked
    assert numbers(session, attempt) == drawn


def test_the_question_is_the_same_in_a_process_that_remembers_nothing(
    session: Session, attempt: models.Attempt, now: datetime
) -> None:
    asked = stem(session, attempt, now)

    layouts._kept.clear()
    layouts._shown.clear()
    draws._texts.clear()
    draws._items.clear()

    assert stem(session, attempt, now) == asked


def test_grading_again_does_not_draw_again(
    session: Session, attempt: models.Attempt, now: datetime
) -> None:
    answer(session, attempt, 1)
    attempts.close(session, attempt.id, now + MINUTE)
    drawn = numbers(session, attempt)

    assert grading.grade(session, attempt.id).score.points == 1
    assert numbers(session, attempt) == drawn


def test_the_database_refuses_other_numbers(session: Session, attempt: models.Attempt) -> None:
    other = update(models.Response).where(models.Response.attempt_id == attempt.id)

    with pytest.raises(DBAPIError, match="numbers are drawn once"), session.begin_nested():
        session.execute(other.values(draw='{"a":"1","b":"1"}'))


def test_an_export_tells_the_numbers_only_after_the_end(
    session: Session, alice: models.User, attempt: models.Attempt, now: datetime
) -> None:
    def told() -> Any:
        return export.export(session, alice)["attempts"][0]["responses"][0]["numbers"]

    assert told() is None
    attempts.close(session, attempt.id, now + MINUTE)
    assert set(told()) == {"a", "b"}


def test_the_record_reads_answers_by_their_numbers(
    session: Session, attempt: models.Attempt, now: datetime
) -> None:
    save(session, attempt, 1, "12")

    assert [event.lines for event in records.events(session, attempt)][-1] == ("12",)


def test_questions_without_parameters_have_no_numbers(session: Session, alice: models.User) -> None:
    make_bank(session, [*make_items(3), make_sum()])
    attempt = start_attempt(session, alice, "small")

    found = session.scalars(
        select(models.Response.draw).where(models.Response.attempt_id == attempt.id)
    ).all()

    assert [draw is None for draw in found].count(True) == 3


def test_drawing_needs_no_query_of_its_own_once_an_item_is_known(
    session: Session, alice: models.User, charlie: models.User, count_queries: CountQueries
) -> None:
    make_bank(session, [make_sum(f"sum-{number}") for number in range(10)])
    make_bank(session, make_items(10), "plain")
    start_attempt(session, alice, "small")

    with count_queries() as with_numbers:
        start_attempt(session, charlie, "small")
    with count_queries() as without:
        start_attempt(session, charlie, "plain")

    assert len(with_numbers) == len(without) > 0
