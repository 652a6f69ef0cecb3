"""Programs of finished attempts that wait for their verdict, and who works on which.

A grader claims a job, runs the program outside of any transaction, and settles the job by
``verdicts.settle``. Its claim has a lease: of a grader that dies, others take over the jobs.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.base import UtcDateTime
from quizapp.db.batch import Batch

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=5)

_Job, _Response = models.GradingJob, models.Response


@dataclass(frozen=True)
class Job:
    """A claimed job: the program as it was handed in, by whom, and its question as ``item_of``
    of ``banks`` finds it.
    """

    attempt_id: int
    position: int
    user_id: int
    claim: str
    tries: int
    content_hash: str
    draw: str | None
    source: str


@dataclass(frozen=True)
class Load:
    """How many jobs wait, how many of them are being worked on, and since when the oldest does."""

    waiting: int
    running: int
    oldest: datetime | None


def add(
    session: Session, attempt: models.Attempt, positions: Collection[int], now: datetime
) -> None:
    """The programs at ``positions`` wait for their verdict; the caller has just graded the rest.

    Each has as its turn the number of jobs of the same learner that waited before it.
    """
    of_attempt = {"attempt": attempt.id, "user": attempt.user_id, "now": now}
    _ADD.run(session.connection(), [{**of_attempt, "position": each} for each in positions])


def wait_since(session: Session, now: datetime) -> None:
    """All that wait do so since ``now``: the attempts of a made-up past were closed in the past."""
    session.execute(update(_Job).values(queued_at=now), execution_options=_PLAIN)


def is_any_due(session: Session, now: datetime) -> bool:
    """Whether ``claim`` would find a job; writes nothing, and waits for nobody."""
    return bool(session.scalar(_IS_ANY_DUE, {"now": now}))


def claim(session: Session, now: datetime, lease: timedelta, most: int = 1) -> Sequence[Job]:
    """Up to ``most`` jobs are the caller's until ``now`` and ``lease``; those of low turns first.

    What another claims at the same moment is passed over.
    """
    rows = session.execute(_DUE, {"now": now, "most": most}).all()
    jobs = [
        Job(
            row.attempt_id,
            row.position,
            row.user_id,
            secrets.token_hex(16),
            row.tries + 1,
            row.content_hash,
            row.draw,
            row.value,
        )
        for row in rows
    ]
    claims = [
        {
            "attempt": job.attempt_id,
            "position": job.position,
            "claim": job.claim,
            "until": now + lease,
            "retry": now + pause_after(job.tries),
        }
        for job in jobs
    ]
    _CLAIM.run(session.connection(), claims)
    return jobs


def renew(session: Session, claims: Collection[str], until: datetime) -> None:
    """Those of ``claims`` that still hold do so until then."""
    held = _Job.claim.in_(claims)
    session.execute(update(_Job).where(held).values(leased_until=until), execution_options=_PLAIN)


def release(session: Session, claims: Collection[str], retry_at: datetime) -> None:
    """Those of ``claims`` that still hold are given back, to be claimed again from ``retry_at``."""
    given_back = {"claim": None, "leased_until": None, "retry_at": retry_at}
    held = _Job.claim.in_(claims)
    session.execute(update(_Job).where(held).values(given_back), execution_options=_PLAIN)


def pause_after(tries: int) -> timedelta:
    """How long a job is left alone that came to nothing so often: one may break its grader."""
    doublings = min(tries - 1, 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def load(session: Session, now: datetime) -> Load:
    """What waits."""
    is_running = _Job.leased_until > now
    columns = (func.count(), func.count().filter(is_running), func.min(_Job.queued_at))
    return Load(*session.execute(select(*columns)).one())


_PLAIN = {"synchronize_session": False}
_ADD = Batch(
    """
    INSERT INTO grading_job (attempt_id, position, user_id, turn, queued_at, tries)
    VALUES (:attempt, :position, :user,
        (SELECT count(*) FROM grading_job WHERE user_id = :user), :now, 0)
    """,
    now=UtcDateTime(),
)
_CLAIM = Batch(
    """
    UPDATE grading_job
    SET claim = :claim, leased_until = :until, tries = tries + 1, retry_at = :retry
    WHERE attempt_id = :attempt AND position = :position
    """,
    until=UtcDateTime(),
    retry=UtcDateTime(),
)
_now = bindparam("now", type_=UtcDateTime())
_is_due = and_(
    or_(_Job.leased_until.is_(None), _Job.leased_until <= _now),
    or_(_Job.retry_at.is_(None), _Job.retry_at <= _now),
)
_IS_ANY_DUE = select(exists().where(_is_due))
_DUE = (
    select(
        _Job.attempt_id,
        _Job.position,
        _Job.user_id,
        _Job.tries,
        _Response.value,
        _Response.draw,
        models.ItemRevision.content_hash,
    )
    .join(
        _Response,
        and_(_Response.attempt_id == _Job.attempt_id, _Response.position == _Job.position),
    )
    .join(models.ItemRevision, models.ItemRevision.id == _Response.item_revision_id)
    .where(_is_due)
    .order_by(_Job.turn, _Job.queued_at, _Job.attempt_id, _Job.position)
    .limit(bindparam("most"))
    .with_for_update(of=_Job, skip_locked=True)
)
