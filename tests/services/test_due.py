"""The due list: what is on it, when, and the set that is made of it."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError, QuizError
from quizapp.services import attempts, due
from quizapp.services.due import Load
from tests.descriptions import answer_shop, make_shop, start_shop
from tests.factories import (
    MINUTE,
    NOW,
    answer,
    item_at,
    make_bank,
    make_items,
    make_sum,
    start_attempt,
    take_attempt,
)

DAY = timedelta(days=1)


def started(session: Session, user: models.User, at_days: int = 1) -> models.Attempt:
    attempt = due.start(session, user.id, NOW + at_days * DAY, Random(1))
    session.refresh(attempt, ["responses"])
    return attempt


def asked(session: Session, attempt: models.Attempt) -> set[str]:
    return {item_at(session, attempt, each.position).slug for each in attempt.responses}


@pytest.fixture
def taken(session: Session, alice: models.User) -> models.Attempt:
    """Of three questions, 60 seconds each, one was missed, one right, one left blank."""
    make_bank(session, make_items(3, seconds=60), "three")
    return take_attempt(session, alice, "three", wrong=(1,), right=(2,))


def test_what_was_missed_is_due_on_the_next_day_and_what_was_right_a_day_later(
    session: Session, alice: models.User, taken: models.Attempt
) -> None:
    found = due.due_list(session, alice.id, NOW + MINUTE)

    assert found.now == Load(0, 0)
    assert found.days[:3] == [
        ((NOW + DAY).date(), Load(1, 60)),
        ((NOW + 2 * DAY).date(), Load(1, 60)),
        ((NOW + 3 * DAY).date(), Load(0, 0)),
    ]
    assert found.coming == 2


def test_what_is_due_today_is_due_from_its_morning(
    session: Session, alice: models.User, taken: models.Attempt
) -> None:
    early = (NOW + DAY).replace(hour=0, minute=0)

    assert due.due_list(session, alice.id, early - MINUTE).now.questions == 0
    assert due.due_list(session, alice.id, early).now.questions == 1


def test_what_was_due_before_stays_due_and_is_counted_by_skill(
    session: Session, alice: models.User, taken: models.Attempt
) -> None:
    found = due.due_list(session, alice.id, NOW + 30 * DAY)

    assert found.now == Load(2, 120)
    assert [(skill.id, load) for skill, load in found.by_skill] == [
        ("math.probability.bayes", Load(2, 120))
    ]


def test_a_set_asks_what_is_due_without_a_clock(
    session: Session, alice: models.User, taken: models.Attempt
) -> None:
    attempt = started(session, alice)

    assert asked(session, attempt) == {item_at(session, taken, 1).slug}
    assert (attempt.title, attempt.ends_at) == ("Due questions", None)


def test_starting_again_is_the_running_set(
    session: Session, alice: models.User, taken: models.Attempt
) -> None:
    assert started(session, alice).id == started(session, alice).id


def test_another_practice_set_with_answers_comes_first(
    session: Session, alice: models.User, taken: models.Attempt
) -> None:
    answer(session, started(session, alice), 1, NOW + DAY)

    with pytest.raises(ConflictError, match="still open"):
        started(session, alice, at_days=2)


def test_what_was_answered_in_the_set_is_due_no_more(
    session: Session, alice: models.User, taken: models.Attempt
) -> None:
    attempt = started(session, alice)
    answer(session, attempt, 1, NOW + DAY)
    attempts.close(session, attempt.id, NOW + DAY + MINUTE)

    assert due.due_list(session, alice.id, NOW + DAY + MINUTE).now.questions == 0
    with pytest.raises(QuizError, match="Nothing is due"):
        started(session, alice)


def test_a_set_takes_what_fits_twenty_minutes_the_most_forgotten_first(
    session: Session, alice: models.User
) -> None:
    make_bank(session, make_items(4, seconds=400), "four")
    first = take_attempt(session, alice, "four", wrong=(1, 2), right=(3, 4))

    found = due.due_list(session, alice.id, NOW + 30 * DAY)

    assert (found.now.questions, found.set) == (4, Load(3, 1200))
    missed = {item_at(session, first, position).slug for position in (1, 2)}
    assert missed < asked(session, started(session, alice, 30))


def test_one_item_that_takes_longer_is_a_set_too(session: Session, alice: models.User) -> None:
    make_bank(session, make_items(1, seconds=3600), "long")
    take_attempt(session, alice, "long", wrong=(1,))

    assert len(started(session, alice).responses) == 1


def test_an_item_with_parameters_comes_back_with_other_numbers(
    session: Session, alice: models.User
) -> None:
    make_bank(session, [make_sum()], "sums")
    first = take_attempt(session, alice, "sums", wrong=(1,))

    second = started(session, alice)

    assert asked(session, second) == asked(session, first)
    assert item_at(session, second, 1) != item_at(session, first, 1)


def test_a_retired_item_is_never_due(
    session: Session, alice: models.User, taken: models.Attempt
) -> None:
    make_bank(session, [make_sum()], "three")

    found = due.due_list(session, alice.id, NOW + 30 * DAY)

    assert (found.now, found.coming) == (Load(0, 0), 0)


def test_a_new_revision_is_what_is_asked(
    session: Session, alice: models.User, taken: models.Attempt
) -> None:
    make_bank(session, make_items(3, seconds=60, stem="Anew?"), "three")

    assert item_at(session, started(session, alice), 1).question.prompt == "Anew?"


def test_what_asks_nothing_is_never_due(session: Session, alice: models.User) -> None:
    make_shop(session)
    attempt = start_shop(session, alice)
    answer_shop(session, attempt)
    attempts.close(session, attempt.id, NOW + 9 * MINUTE)

    found = due.due_list(session, alice.id, NOW + 30 * DAY)

    assert found.now.questions == sum(1 for each in attempt.responses if each.value is not None)


def test_a_learner_without_answers_has_nothing_due(session: Session, alice: models.User) -> None:
    start_attempt(session, alice)

    found = due.due_list(session, alice.id, NOW)

    assert (found.now.questions, found.coming, found.by_skill) == (0, 0, [])
