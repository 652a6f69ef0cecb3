"""Practising what was missed."""

from datetime import datetime
from random import Random

import pytest
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import NotFoundError, QuizError
from quizapp.services import missed
from tests.factories import (
    MINUTE,
    item_at,
    make_bank,
    make_items,
    position_of,
    start_attempt,
    take_attempt,
)


def slugs(session: Session, attempt: models.Attempt) -> set[str]:
    return {item_at(session, attempt, row.position).slug for row in attempt.responses}


def test_what_was_missed_or_left_out_is_asked_again_untimed(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, make_items(4))
    first = take_attempt(session, alice, "small", right=[1], wrong=[2])
    right = item_at(session, first, 1).slug

    again = missed.practise(session, alice.id, first.id, now, Random(1))

    assert slugs(session, again) == slugs(session, first) - {right}
    assert (again.title, again.ends_at) == ("Missed in Small", None)


def test_an_item_withdrawn_since_is_not_asked(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, make_items(3))
    first = take_attempt(session, alice, "small")
    make_bank(session, make_items(2))

    again = missed.practise(session, alice.id, first.id, now, Random(1))

    assert slugs(session, again) == {"item-1", "item-2"}


def test_a_partly_right_answer_is_asked_again(
    session: Session, alice: models.User, now: datetime
) -> None:
    first = take_attempt(session, alice, "math-whole", right=range(1, 7))
    position = position_of(session, first, "discrete-families")
    first.responses[position - 1].score = 0.5
    session.flush()

    again = missed.practise(session, alice.id, first.id, now, Random(1))

    assert slugs(session, again) == {"discrete-families"}


def test_without_a_miss_there_is_nothing_to_practise(
    session: Session, alice: models.User, now: datetime
) -> None:
    first = take_attempt(session, alice, "ml", right=[1, 2, 3])

    with pytest.raises(QuizError, match="Nothing was missed"):
        missed.practise(session, alice.id, first.id, now, Random(1))


def test_a_running_attempt_does_not_tell_what_was_missed(
    session: Session, alice: models.User, now: datetime
) -> None:
    running = start_attempt(session, alice)

    with pytest.raises(QuizError, match="Nothing was missed"):
        missed.practise(session, alice.id, running.id, now, Random(1))


def test_what_another_missed_does_not_exist(
    session: Session, alice: models.User, charlie: models.User, now: datetime
) -> None:
    first = take_attempt(session, alice)

    with pytest.raises(NotFoundError):
        missed.practise(session, charlie.id, first.id, now, Random(1))


def test_of_very_many_misses_a_first_part_is_practised(
    session: Session, alice: models.User, now: datetime
) -> None:
    sections = [{"questions": 60}, {"questions": 60}]
    quiz = {"id": "long", "title": "Long", "sections": sections}
    make_bank(session, make_items(120), quizzes=[quiz])
    attempt = take_attempt(session, alice, "small-long", now, wrong=[1])

    again = missed.practise(session, alice.id, attempt.id, now + 3 * MINUTE, Random(1))

    assert len(attempt.responses) == 120  # of which 119 are blank
    assert again.plan["sections"][0]["questions"] == 100
