"""The answers behind an estimate."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import attempts, skill_history
from quizapp.services.skill_history import answers_on
from tests.factories import (
    MINUTE,
    answer,
    make_bank,
    make_item,
    make_items,
    save,
    start_attempt,
    take_attempt,
)

TREES = "ml.models.trees"
DAY = timedelta(days=1)


def test_answers_on_a_skill_come_the_newest_first(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, [make_item("tree", skills=[TREES], difficulty=4, seconds=75)])
    take_attempt(session, alice, "small", now, wrong=[1])
    take_attempt(session, alice, "small", now + DAY, right=[1])

    newest, oldest = answers_on(session, alice.id, TREES)

    assert (newest.outcome, oldest.outcome) == ("right", "missed")
    assert newest.answered_at == now + DAY + MINUTE
    assert (newest.attempt_title, newest.position) == ("Small", 1)
    assert (newest.seconds_spent, newest.expected_seconds, newest.difficulty) == (30, 75, 4)


def test_an_item_of_two_skills_stands_under_both(session: Session, alice: models.User) -> None:
    make_bank(session, [make_item("both", skills=[TREES, "ml.models.linear"])])
    take_attempt(session, alice, "small", right=[1])

    assert len(answers_on(session, alice.id, TREES)) == 1
    assert len(answers_on(session, alice.id, "ml.models.linear")) == 1


def test_a_question_left_blank_is_no_answer(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, make_items(2, skills=[TREES]))
    attempt = start_attempt(session, alice, "small")
    save(session, attempt, 2, None)
    attempts.close(session, attempt.id, now + 2 * MINUTE)

    assert answers_on(session, alice.id, TREES) == []


def test_running_attempts_and_other_people_do_not_show(
    session: Session, alice: models.User, charlie: models.User
) -> None:
    make_bank(session, [make_item("tree", skills=[TREES])])
    answer(session, start_attempt(session, alice, "small"), 1)
    take_attempt(session, charlie, "small", right=[1])

    assert answers_on(session, alice.id, TREES) == []


def test_only_the_latest_answers_are_listed(
    session: Session, alice: models.User, now: datetime
) -> None:
    make_bank(session, make_items(12, skills=[TREES]))
    for day in range(2):
        take_attempt(session, alice, "small", now + day * DAY, right=range(1, 13))

    found = answers_on(session, alice.id, TREES)

    assert len(found) == skill_history.LATEST
    assert found[-1].answered_at < now + DAY
