"""The answers behind an estimate."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import attempts, skill_history, skills
from quizapp.services.skill_history import MOST_DAYS, DayOnSkill, answers_on
from tests.factories import (
    MINUTE,
    answer,
    make_bank,
    make_item,
    make_items,
    publish_model,
    save,
    start_attempt,
    take_attempt,
)

TREES = "ml.models.trees"
BAYES = "math.probability.bayes"
DAY = timedelta(days=1)


def over_time(session: Session, user: models.User, now: datetime) -> Sequence[DayOnSkill]:
    model = skills.outlook(session, user.id, now).model
    return skill_history.over_time(session, user.id, BAYES, model, now)


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


@pytest.mark.parametrize("is_fitted", [False, True])
def test_the_estimate_over_time_ends_with_what_is_stored(
    session: Session, alice: models.User, now: datetime, is_fitted: bool
) -> None:
    if is_fitted:
        publish_model(session)
    for days in (0, 3, 9):
        take_attempt(session, alice, "math-whole", now + days * DAY, right=[1, 2], wrong=[4])
    later = now + 20 * DAY

    found = over_time(session, alice, later)

    assert [each.on for each in found] == [(now + n * DAY).date() for n in (0, 3, 9, 20)]
    assert found[-1].estimate == skills.outlook(session, alice.id, later).estimate(BAYES)
    answers = [each.estimate.answers for each in found]
    assert answers == sorted(answers)


def test_a_skill_that_was_never_tried_has_no_past(
    session: Session, alice: models.User, now: datetime
) -> None:
    take_attempt(session, alice, "ml", now, right=[1])

    assert over_time(session, alice, now) == ()


def test_only_the_latest_days_are_shown(
    session: Session, alice: models.User, now: datetime
) -> None:
    for days in range(MOST_DAYS + 3):
        take_attempt(session, alice, "math-whole", now + days * DAY, right=range(1, 7))

    found = over_time(session, alice, now + (MOST_DAYS + 2) * DAY)

    assert len(found) == MOST_DAYS
    assert found[-1].on == (now + (MOST_DAYS + 2) * DAY).date()
