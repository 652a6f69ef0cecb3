"""Bob's quiz, and Alice's attempt at it."""

from datetime import datetime

import pytest
from flask import Flask

from quizapp.db import models
from tests.factories import MINUTE, answer, make_bank, make_items, start_attempt, stored

QUIZ = {"id": "timed", "title": "Bob’s test", "questions": 3, "minutes": 10}
CALM = {"id": "calm", "title": "Bob’s calm test", "questions": 2}


@pytest.fixture
def bobs_bank(app: Flask, bob: models.User) -> None:
    """The quizzes ``small-timed`` (3 questions, 10 minutes) and ``small-calm``, untimed."""
    with stored(app) as session:
        make_bank(session, make_items(3), owner_id=bob.id, quizzes=[QUIZ, CALM])


@pytest.fixture
def taught(app: Flask, bobs_bank: None, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's attempt at Bob's quiz: begun 2 minutes ago, question 1 answered a minute ago."""
    with stored(app) as session:
        attempt = start_attempt(session, alice, "small-timed", now - 2 * MINUTE)
        answer(session, attempt, 1, now - MINUTE)
        return attempt
