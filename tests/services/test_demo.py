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
        assert [user.role for user in accounts.people(session)].count("learner") == 3
        assert demo.fill(session, passwords, now, Random(1)) == 0


def test_people_of_the_demo_can_sign_in(blank_app: Flask, now: datetime) -> None:
    migrate(blank_app)
    with stored(blank_app) as session:
        question_files.load(session, SMALL_QUESTIONS, now)
        demo.fill(session, passwords, now, Random(1))

        found = [
            accounts.authenticate(session, passwords, persona.email, demo.PASSWORD).role
            for persona in demo.PERSONAS
        ]

    assert found == [persona.role for persona in demo.PERSONAS]


def test_a_database_that_has_people_is_left_alone(app: Flask, now: datetime) -> None:
    with stored(app) as session:
        assert demo.fill(session, passwords, now, Random(1)) == 0
