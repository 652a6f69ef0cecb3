"""Verdicts on programs: each is a score, and one alone, whatever graders do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import grading_queue, verdicts
from quizapp.services.grading_queue import Job
from quizapp.services.verdicts import Found
from tests.essays import totals
from tests.factories import (
    MINUTE,
    in_parallel,
    make_person,
    row_at,
    rows,
    stored,
    take_attempt,
)
from tests.programs import (
    ALL,
    HALF,
    LATER,
    LEASE,
    RIGHT,
    WRONG,
    breaches,
    claimed,
    make_programs,
    settle_all,
    take_programs,
)


@pytest.fixture
def taken(session: Session, alice: models.User) -> models.Attempt:
    """Alice's finished attempt: a program for 2 points, and a right choice."""
    return take_programs(session, alice)


def jobs_of(session: Session, attempt: models.Attempt) -> list[int]:
    of_attempt = models.GradingJob.attempt_id == attempt.id
    query = select(models.GradingJob.position).where(of_attempt)
    return list(session.scalars(query.order_by(models.GradingJob.position)))


def test_a_verdict_is_the_score(session: Session, taken: models.Attempt) -> None:
    assert verdicts.settle(session, claimed(session), HALF, LATER)

    assert totals(taken) == (2.0, 3.0, 0, 0.0)
    assert verdicts.of_attempt(session, taken.id)[1].score == 0.5
    assert (jobs_of(session, taken), verdicts.newest(session)) == ([], LATER)
    assert breaches(session) == []


def test_a_verdict_is_evidence_on_its_skills_once(
    session: Session, alice: models.User, taken: models.Attempt
) -> None:
    settle_all(session, LATER)

    seen = session.get_one(models.SkillBelief, (alice.id, ""))
    assert round(seen.wins + seen.fails) == 2


def test_who_has_lost_the_job_changes_nothing(session: Session, taken: models.Attempt) -> None:
    lost, present = claimed(session, LATER), claimed(session, LATER + LEASE)

    assert not verdicts.settle(session, lost, ALL, LATER + LEASE)
    assert row_at(session, taken, 1).score is None
    assert verdicts.settle(session, present, HALF, LATER + LEASE)
    assert not verdicts.settle(session, present, ALL, LATER + LEASE)
    assert totals(taken) == (2.0, 3.0, 0, 0.0)


def test_of_a_deleted_attempt_nothing_is_left_to_settle(
    session: Session, taken: models.Attempt
) -> None:
    job = claimed(session)
    for table in (models.ReadinessRecord, models.Response):
        session.execute(delete(table).where(table.attempt_id == taken.id))
    session.execute(delete(models.Attempt).where(models.Attempt.id == taken.id))
    session.expunge_all()

    assert session.scalars(select(models.GradingJob)).all() == []
    assert not verdicts.settle(session, job, ALL, LATER)


def test_a_verdict_cannot_be_changed(session: Session, taken: models.Attempt) -> None:
    settle_all(session, LATER)

    with pytest.raises(IntegrityError):
        session.execute(update(models.Verdict).values(score=0.0))


@pytest.mark.parametrize(
    "values",
    [
        {"claim": "a" * 32, "tries": 1},
        {"leased_until": LATER},
        {"claim": "a" * 32, "leased_until": LATER},
        {"tries": -1},
        {"turn": -1},
    ],
)
def test_the_database_refuses_a_job_that_cannot_be(
    session: Session, taken: models.Attempt, values: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError):
        session.execute(update(models.GradingJob).values(values))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (delete(models.GradingJob), "without a job"),
        (update(models.Response).values(score=0.5, points=1), "A job for an answer that has a"),
        (update(models.GradingJob).values(user_id=1_000_000), None),
        (update(models.GradingJob).values(position=2), "A job for what is no program"),
    ],
)
def test_doctor_names_a_queue_that_is_not_what_it_should_be(
    session: Session, taken: models.Attempt, statement: object, said: str | None
) -> None:
    if said is None:
        with pytest.raises(IntegrityError):
            session.execute(statement)  # type: ignore[call-overload]
        return
    session.execute(statement)  # type: ignore[call-overload]

    assert any(said in each for each in breaches(session))


# --- At once --------------------------------------------------------------------------------------


def settling(job: Job, found: Found = ALL) -> Callable[[Session], bool]:
    return lambda session: verdicts.settle(session, job, found, LATER)


def test_no_job_is_given_to_two(app: Flask, alice: models.User, charlie: models.User) -> None:
    with stored(app) as session:
        for learner in (alice, charlie):
            take_programs(session, learner, [RIGHT] * 3)

    done = in_parallel(app, [lambda session: grading_queue.claim(session, LATER, LEASE, 2)] * 4)

    found = [job for each in done if not isinstance(each, BaseException) for job in each]
    places = {(job.attempt_id, job.position) for job in found}
    assert len(places) == len(found)
    with stored(app) as session:
        left = grading_queue.claim(session, LATER, LEASE, 10)
    assert len(found) + len(left) == 6


def test_of_two_who_settle_at_once_one_does(app: Flask, alice: models.User) -> None:
    with stored(app) as session:
        take_programs(session, alice)
        job = claimed(session)

    done = in_parallel(
        app,
        [settling(job, ALL), settling(job, HALF)],
    )

    assert sorted(map(str, done)) == ["False", "True"]
    assert len(rows(app, models.Verdict)) == 1
    with stored(app) as session:
        assert breaches(session) == []


def test_programs_of_one_attempt_may_be_settled_at_once(app: Flask, alice: models.User) -> None:
    with stored(app) as session:
        take_programs(session, alice, [RIGHT, WRONG, RIGHT])
        jobs = grading_queue.claim(session, LATER, LEASE, 3)

    done = in_parallel(app, [settling(job) for job in jobs])

    assert done == [True] * 3
    assert totals(rows(app, models.Attempt)[0]) == (7.0, 7.0, 0, 0.0)
    with stored(app) as session:
        assert breaches(session) == []


@pytest.mark.parametrize("seed", range(6))
def test_whatever_graders_do_every_program_is_scored_once(
    session: Session, alice: models.User, charlie: models.User, seed: int
) -> None:
    rng, at = Random(seed), LATER
    make_programs(session, 3)
    for learner in (alice, charlie, make_person(session, "dora")):
        take_programs(session, learner, [RIGHT, WRONG, RIGHT])
    held: list[Job] = []
    settled = 0
    for _ in range(400):
        at += rng.choice([timedelta(0), LEASE / 3, LEASE])
        settled += _act(session, rng, at, held)
        assert session.query(models.Verdict).count() == settled
    settled += settle_all(session, at + 60 * MINUTE)

    assert settled == 9
    assert breaches(session, at + 60 * MINUTE) == []


def _act(session: Session, rng: Random, at: datetime, held: list[Job]) -> int:
    """Somebody does something, perhaps with a job that has not been theirs for long."""
    if not held or rng.random() < 0.4:
        held += grading_queue.claim(session, at, LEASE, rng.randint(1, 2))
        return 0
    job = rng.choice(held)
    action = rng.random()
    if action < 0.15:
        return int(verdicts.settle(session, job, rng.choice([ALL, HALF]), at))
    if action < 0.6:
        grading_queue.release(session, [job.claim], at + rng.choice([0, 2]) * LEASE)
    elif action < 0.8:
        grading_queue.renew(session, [each.claim for each in held], at + LEASE)
    else:
        held.remove(job)  # its grader has died
    return 0


def test_attempts_without_programs_have_no_verdicts(session: Session, alice: models.User) -> None:
    attempt = take_attempt(session, alice)

    assert verdicts.of_attempt(session, attempt.id) == {}
