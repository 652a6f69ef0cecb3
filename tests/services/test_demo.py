"""The made-up past of the demonstration."""

from datetime import datetime
from random import Random

from flask import Flask
from sqlalchemy import func, select

from quizapp.db import models
from quizapp.services import accounts, demo, question_files
from tests.factories import SMALL_QUESTIONS, migrate, stored
from tests.factories import cheap_passwords as passwords


def test_the_demo_makes_learners_with_a_past_once(blank_app: Flask, now: datetime) -> None:
    migrate(blank_app)
    with stored(blank_app) as session:
        question_files.load(session, SMALL_QUESTIONS, now)

        made = demo.fill(session, passwords, now, Random(1))

        finished = select(func.count()).where(models.Attempt.finished_at.is_not(None))
        assert session.scalar(finished) == made > 60
        for each in demo.PERSONAS:
            user = accounts.authenticate(session, passwords, each.email, demo.PASSWORD)
            assert user.role == each.role
        assert demo.fill(session, passwords, now, Random(1)) == 0


def test_a_database_that_has_people_is_left_alone(app: Flask, now: datetime) -> None:
    with stored(app) as session:
        assert demo.fill(session, passwords, now, Random(1)) == 0
