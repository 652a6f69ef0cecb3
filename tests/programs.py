"""A coding question, taken and graded without running anything."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.items import Item
from quizapp.services import attempts, grading_queue, invariants, runner_state, verdicts
from quizapp.services.grading_queue import Job
from quizapp.services.verdicts import Found
from tests.factories import GRACE, MINUTE, NOW, answer, make_bank, make_item, save, start_attempt
from tests.trial_runs import ReadyRunner

LEASE = timedelta(seconds=15)
FINISHED = NOW + 2 * MINUTE
LATER = NOW + 3 * MINUTE
CODE_SKILL = "coding.algorithms.arrays-and-hashing"
RIGHT = "def double(x):\n    return 2 * x"
WRONG = "def double(x):\n    return x * x"
DOUBLE: dict[str, Any] = {
    "type": "code",
    "points": 2,
    "stem": "Write `double(x)`, which returns twice `x`.",
    "function": "double",
    "starter": "def double(x):\n    ...\n",
    "groups": [
        {"name": "Examples", "visible": True, "cases": [{"call": "double(2)", "gives": 4}]},
        {"name": "Others", "cases": [{"call": "double(3)", "gives": 6}]},
    ],
    "solution": RIGHT,
    "wrong_solutions": [
        {"why": "Squares.", "source": WRONG},
        {"why": "Returns nothing.", "source": "def double(x):\n    2 * x\n"},
    ],
}
ALL, HALF = Found(1.0, [], "a test"), Found(0.5, [], "a test")


def make_double(slug: str = "double", **fields: Any) -> Item:
    """A question for 2 points that asks for a function."""
    return make_item(slug, **{**DOUBLE, **fields})


def make_programs(session: Session, count: int = 1, **quiz: Any) -> None:
    """A bank ``programs`` of so many coding questions and a choice, asked in that order."""
    runner_state.use(session.get_bind().engine, ReadyRunner())  # else no code is asked
    known = select(models.ItemBank.id).where(models.ItemBank.slug == "programs")
    if session.scalar(known) is None:
        items = [*(make_double(f"double-{n}") for n in range(1, count + 1)), make_item("choice")]
        fields = {"id": "programs", "title": "Programs", "questions": count + 1, "minutes": 60}
        quizzes = [{**fields, "fixed_order": True, **quiz}]
        make_bank(session, items, "programs", quizzes=quizzes)


def start_programs(
    session: Session, learner: models.User, count: int = 1, now: datetime = NOW, **quiz: Any
) -> models.Attempt:
    """An open attempt at the programs."""
    make_programs(session, count, **quiz)
    return start_attempt(session, learner, "programs", now)


def take_programs(
    session: Session,
    learner: models.User,
    sources: Sequence[str | None] = (RIGHT,),
    now: datetime = NOW,
) -> models.Attempt:
    """A finished attempt with these programs, and the right option as its last answer."""
    attempt = start_programs(session, learner, len(sources), now)
    for position, source in enumerate(sources, start=1):
        if source is not None:
            save(session, attempt, position, source, now + MINUTE)
    answer(session, attempt, len(sources) + 1, now + MINUTE)
    return attempts.close(session, attempt.id, now + 2 * MINUTE)


def claim_one(session: Session, now: datetime, lease: timedelta = LEASE) -> Job | None:
    """The next job, claimed; None when none is due."""
    return next(iter(grading_queue.claim(session, now, lease)), None)


def settle_all(session: Session, now: datetime, found: Found = ALL) -> int:
    """Every job that is due has that verdict; how many were."""
    jobs = grading_queue.claim(session, now, LEASE, most=1_000)
    return sum(verdicts.settle(session, job, found, now) for job in jobs)


def claimed(session: Session, now: datetime = LATER) -> Job:
    """The job that is next at that time."""
    job = claim_one(session, now)
    assert job is not None
    return job


def breaches(session: Session, now: datetime = LATER) -> list[str]:
    """Rules of the data that do not hold."""
    session.flush()
    return invariants.breaches(session, now, GRACE)
