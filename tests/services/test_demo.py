"""The made-up past of the demonstration."""

from datetime import datetime
from random import Random

from flask import Flask
from sqlalchemy import func, select

from quizapp.db import models
from quizapp.runner.states import RunnerState
from quizapp.services import accounts, demo, grading_queue, invariants, question_files
from tests.factories import GRACE, SMALL_QUESTIONS, make_bank, migrate, stored
from tests.factories import cheap_passwords as passwords
from tests.programs import make_double, make_programs, settle_all
from tests.trial_runs import use_runner


def test_the_demo_makes_learners_with_a_past_once(blank_app: Flask, now: datetime) -> None:
    migrate(blank_app)
    with stored(blank_app) as session:
        question_files.load(session, SMALL_QUESTIONS, now)

        made = demo.fill(session, passwords, now, Random(1))

        finished = select(func.count()).where(models.Attempt.finished_at.is_not(None))
        assert session.scalar(finished) == made > 60
        assert len(session.scalars(select(models.MistakeNote)).all()) > 10
        assert len(session.scalars(select(models.ItemMemory)).all()) > 10
        for each in demo.PERSONAS:
            user = accounts.authenticate(session, passwords, each.email, demo.PASSWORD)
            assert user.role == each.role
        assert demo.fill(session, passwords, now, Random(1)) == 0


def test_programs_of_the_past_wait_for_a_runner_since_now(blank_app: Flask, now: datetime) -> None:
    migrate(blank_app)
    with stored(blank_app) as session:
        question_files.load(session, SMALL_QUESTIONS, now)
        make_programs(session, 3)

        demo.fill(session, passwords, now, Random(1))

        waiting = grading_queue.load(session, now)
        assert waiting.waiting > 0
        assert waiting.oldest == now
        assert invariants.breaches(session, now, GRACE) == []
        assert settle_all(session, now) == waiting.waiting
        assert invariants.breaches(session, now, GRACE) == []


def test_the_demo_needs_no_runner(blank_app: Flask, now: datetime) -> None:
    migrate(blank_app)
    use_runner(blank_app, RunnerState("off"))
    with stored(blank_app) as session:
        question_files.load(session, SMALL_QUESTIONS, now)
        make_bank(
            session,
            [make_double()],
            "programs",
            quizzes=[{"id": "programs", "title": "Programs", "questions": 1}],
        )

        assert demo.fill(session, passwords, now, Random(1)) > 60


def test_a_database_that_has_people_is_left_alone(app: Flask, now: datetime) -> None:
    with stored(app) as session:
        assert demo.fill(session, passwords, now, Random(1)) == 0
