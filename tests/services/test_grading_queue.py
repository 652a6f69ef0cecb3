"""Programs wait for their verdict: who comes first, and whose a job is."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.services import attempts, grading_queue
from quizapp.services.grading_queue import Load
from tests.conftest import CountQueries
from tests.essays import totals
from tests.factories import (
    GRACE,
    MINUTE,
    NOW,
    row_at,
    save,
    start_attempt,
)
from tests.programs import (
    FINISHED,
    LATER,
    LEASE,
    RIGHT,
    breaches,
    claim_one,
    claimed,
    start_programs,
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
