"""Grading an attempt: scores, points, and what is evidence of skills."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.interactions import Response
from quizapp.services import grading
from tests.factories import (
    MINUTE,
    answer,
    make_bank,
    make_item,
    position_of,
    row_at,
    save,
    start_attempt,
)

WHOLE = "math-whole"  # one item of every kind, posterior-value with 2 points


@pytest.mark.parametrize(
    ("slug", "response", "score"),
    [
        ("two-urns", [0], 1.0),
        ("two-urns", [1], 0.0),
        ("posterior-value", "0,8", 1.0),
        ("posterior-value", "4/5", 1.0),
        ("posterior-value", "0.9", 0.0),
        ("discrete-families", [0, 1], 1.0),
        ("discrete-families", [0], 0.5),
        ("discrete-families", [0, 1, 2], 0.5),
        ("bell-curve", " NORMAL ", 1.0),
        ("bell-curve", "Cauchy", 0.0),
        ("null-is-proved", [1], 1.0),
        ("null-is-proved", [0], 0.0),
        ("steps-of-a-test", [0, 1, 2, 3], 1.0),
        ("steps-of-a-test", [3, 0, 1, 2], 2 / 3),
    ],
)
def test_every_kind_is_graded_from_what_is_stored(
    session: Session, alice: models.User, slug: str, response: Response, score: float
) -> None:
    attempt = start_attempt(session, alice, WHOLE)
    position = position_of(session, attempt, slug)
    save(session, attempt, position, response)

    grading.grade(session, attempt.id)

    assert row_at(session, attempt, position).score == pytest.approx(score)


def test_points_weigh_the_scores(session: Session, alice: models.User) -> None:
    attempt = start_attempt(session, alice, WHOLE)
    save(session, attempt, position_of(session, attempt, "posterior-value"), "0.8")
    save(session, attempt, position_of(session, attempt, "discrete-families"), [0])

    score = grading.grade(session, attempt.id).score

    assert (score.points, score.max_points) == (2.5, 7.0)
    assert (score.right, score.partly, score.missed, score.unanswered) == (1, 1, 0, 4)


def test_a_question_that_was_never_reached_is_no_evidence(
    session: Session, alice: models.User
) -> None:
    attempt = start_attempt(session, alice, WHOLE)

    graded = grading.grade(session, attempt.id)

    assert graded.observations == ()
    assert graded.score.unanswered == 6


def test_a_question_that_was_left_blank_scores_nothing_but_is_no_evidence(
    session: Session, alice: models.User
) -> None:
    attempt = start_attempt(session, alice, WHOLE)
    save(session, attempt, 1, None)

    graded = grading.grade(session, attempt.id)

    assert graded.observations == ()
    assert graded.score.points == 0


def test_an_observation_says_what_was_asked_and_when(
    session: Session, alice: models.User, now: datetime
) -> None:
    skills = ["math.probability.bayes", "math.statistics.tests"]
    make_bank(session, [make_item("hard", skills=skills, difficulty=5)])
    attempt = start_attempt(session, alice, "small")
    answer(session, attempt, 1, now + MINUTE)

    (observation,) = grading.grade(session, attempt.id).observations

    assert observation.skills == tuple(skills)
    assert (observation.score, observation.difficulty) == (1.0, 5)
    assert observation.guess == pytest.approx(1 / 3)
    assert observation.answered_at == now + MINUTE
