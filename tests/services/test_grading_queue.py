"""Programs wait for their verdict: who comes first, whose a job is, and that none counts twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import attempts, grading_queue, invariants, verdicts
from quizapp.services.grading_queue import Job, Load
from quizapp.services.verdicts import Found
from tests.conftest import CountQueries
from tests.essays import totals
from tests.factories import (
    GRACE,
    MINUTE,
    NOW,
    in_parallel,
    make_person,
    row_at,
    rows,
    save,
    start_attempt,
    stored,
    take_attempt,
)
from tests.programs import (
    ALL,
    HALF,
    LEASE,
    RIGHT,
    WRONG,
    claim_one,
    make_programs,
    settle_all,
    start_programs,
    take_programs,
)

FINISHED = NOW + 2 * MINUTE
LATER = NOW + 3 * MINUTE


@pytest.fixture
def taken(session: Session, alice: models.User) -> models.Attempt:
    """Alice's finished attempt: a program for 2 points, and a right choice."""
    return take_programs(session, alice)


def breaches(session: Session, now: datetime = LATER) -> list[str]:
    session.flush()
    return invariants.breaches(session, now, GRACE)


def claimed(session: Session, now: datetime = LATER) -> Job:
    job = claim_one(session, now)
    assert job is not None
    return job


def jobs_of(session: Session, attempt: models.Attempt) -> list[int]:
    of_attempt = models.GradingJob.attempt_id == attempt.id
    query = select(models.GradingJob.position).where(of_attempt)
    return list(session.scalars(query.order_by(models.GradingJob.position)))


# --- What is queued -------------------------------------------------------------------------------


def test_a_program_waits_and_the_rest_is_graded_at_once(
    session: Session, taken: models.Attempt
) -> None:
    assert totals(taken) == (1.0, 3.0, 1, 2.0)
    assert jobs_of(session, taken) == [1]
    assert grading_queue.load(session, LATER) == Load(1, 0, FINISHED)
    assert breaches(session) == []


@pytest.mark.parametrize("source", [None, " \n "])
def test_what_was_left_blank_waits_for_nothing(
    session: Session, alice: models.User, source: str | None
) -> None:
    attempt = take_programs(session, alice, [source])

    assert (jobs_of(session, attempt), totals(attempt)) == ([], (1.0, 3.0, 0, 0.0))
    assert breaches(session) == []


def test_finishing_again_queues_nothing_more(session: Session, taken: models.Attempt) -> None:
    attempts.close(session, taken.id, LATER)

    assert jobs_of(session, taken) == [1]


def test_an_overdue_attempt_queues_its_programs(session: Session, alice: models.User) -> None:
    attempt = start_programs(session, alice)
    save(session, attempt, 1, RIGHT)

    attempts.close_overdue(session, attempt.id, NOW + 120 * MINUTE, GRACE)

    assert jobs_of(session, attempt) == [1]
    assert breaches(session, NOW + 121 * MINUTE) == []


@pytest.mark.parametrize(
    "quiz",
    [{"feedback": "each"}, {"minutes": None}, {"one_way": True}],
)
def test_every_kind_of_attempt_queues_its_programs(
    session: Session, alice: models.User, quiz: dict[str, Any]
) -> None:
    attempt = start_programs(session, alice, **quiz)
    save(session, attempt, 1, RIGHT)

    attempts.finish(session, alice.id, attempt.id, FINISHED)

    assert jobs_of(session, attempt) == [1]


def test_an_attempt_without_programs_asks_no_more_than_before(
    session: Session, alice: models.User, count_queries: CountQueries
) -> None:
    attempt = start_attempt(session, alice)
    session.flush()
    with count_queries() as statements:
        attempts.close(session, attempt.id, LATER)

    assert [each for each in statements if "grading_job" in each] == []


def test_programs_are_queued_by_one_statement(
    session: Session, alice: models.User, count_queries: CountQueries
) -> None:
    attempt = start_programs(session, alice, 3)
    for position in (1, 2, 3):
        save(session, attempt, position, RIGHT)
    session.flush()
    with count_queries() as statements:
        attempts.close(session, attempt.id, LATER)

    assert len([each for each in statements if "grading_job" in each]) == 1


# --- Who comes first ------------------------------------------------------------------------------


def test_who_hands_in_many_programs_delays_nobodys_first(
    session: Session, alice: models.User, charlie: models.User
) -> None:
    many = take_programs(session, alice, [RIGHT] * 3)
    one = take_programs(session, charlie, [RIGHT] * 3, NOW + MINUTE)

    order = [(claimed(session).attempt_id, n) for n in range(4)]

    assert order == [(many.id, 0), (one.id, 1), (many.id, 2), (one.id, 3)]


def test_a_second_attempt_goes_behind_the_first(session: Session, alice: models.User) -> None:
    take_programs(session, alice, [RIGHT] * 2)
    take_programs(session, alice, [RIGHT] * 2, NOW + 3 * MINUTE)

    turns = session.scalars(select(models.GradingJob.turn).order_by(models.GradingJob.turn))

    assert list(turns) == [0, 1, 2, 3]


# --- Whose a job is -------------------------------------------------------------------------------


def test_a_claimed_job_is_nobody_elses_until_its_lease_is_over(
    session: Session, taken: models.Attempt
) -> None:
    claimed(session, LATER)

    assert not grading_queue.is_any_due(session, LATER + LEASE / 2)
    assert claim_one(session, LATER + LEASE / 2) is None
    assert grading_queue.is_any_due(session, LATER + LEASE)
    assert claimed(session, LATER + LEASE).tries == 2


def test_a_renewed_lease_lasts_longer(session: Session, taken: models.Attempt) -> None:
    job = claimed(session, LATER)
    grading_queue.renew(session, [job.claim], LATER + 2 * LEASE)

    assert claim_one(session, LATER + LEASE) is None


def test_a_job_that_was_given_back_waits_until_it_is_tried_again(
    session: Session, taken: models.Attempt
) -> None:
    job = claimed(session, LATER)
    grading_queue.release(session, [job.claim], LATER + MINUTE)

    assert claim_one(session, LATER + MINUTE / 2) is None
    assert claimed(session, LATER + MINUTE).claim != job.claim
    assert row_at(session, taken, 1).score is None
    assert breaches(session) == []


def test_who_has_lost_a_job_can_neither_renew_nor_give_it_back(
    session: Session, taken: models.Attempt
) -> None:
    lost = claimed(session, LATER)
    present = claimed(session, LATER + LEASE)
    grading_queue.renew(session, [lost.claim], LATER + 9 * LEASE)
    grading_queue.release(session, [lost.claim], LATER)

    held = session.scalars(select(models.GradingJob)).one()

    assert (held.claim, held.leased_until) == (present.claim, LATER + 2 * LEASE)


def test_a_job_that_breaks_its_graders_is_tried_more_and_more_rarely(
    session: Session, taken: models.Attempt
) -> None:
    at, waits = LATER, []
    for _ in range(9):
        claimed(session, at)
        due = at + LEASE
        while not grading_queue.is_any_due(session, due):
            due += timedelta(seconds=1)
        waits.append((due - at).total_seconds())
        at = due

    assert waits == [15, 15, 20, 40, 80, 160, 300, 300, 300]


# --- Verdicts -------------------------------------------------------------------------------------


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
