"""How sure a learner was, beside what came of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import calibration
from tests.factories import row_at, start_attempt, take_attempt


def say(session: Session, attempt: models.Attempt, confidences: Mapping[int, int]) -> None:
    for position, confidence in confidences.items():
        row_at(session, attempt, position).confidence = confidence
    session.flush()


def test_answers_are_tallied_over_all_attempts(
    session: Session, alice: models.User, now: datetime
) -> None:
    for days in (0, 1):
        at = now + timedelta(days=days)
        taken = take_attempt(session, alice, "math-whole", at, right=[1, 2], wrong=[4])
        say(session, taken, {1: 3, 2: 1, 4: 3, 5: 3})

    found = calibration.of_person(session, alice.id)

    assert [(step.confidence, step.answers, step.right) for step in found.steps] == [
        (3, 4, 2.0),
        (1, 2, 2.0),
    ]


def test_only_the_latest_attempts_count(
    session: Session, alice: models.User, now: datetime
) -> None:
    for number in range(calibration.LATEST_ATTEMPTS + 1):
        taken = take_attempt(session, alice, now=now + timedelta(hours=number), right=[1])
        say(session, taken, {1: 1 if number == 0 else 3})

    found = calibration.of_person(session, alice.id)

    assert [(step.confidence, step.answers) for step in found.steps] == [(3, 100)]


def test_open_attempts_and_others_say_nothing(
    session: Session, alice: models.User, charlie: models.User
) -> None:
    say(session, start_attempt(session, alice), {1: 3})
    say(session, take_attempt(session, charlie, right=[1]), {1: 3})

    assert calibration.of_person(session, alice.id).answers == 0
