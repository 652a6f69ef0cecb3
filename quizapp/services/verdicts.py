"""Verdicts on programs: stored once, with the score that they are."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import NotFoundError
from quizapp.domain.programs.verdicts import Verdict
from quizapp.services import attempts, later_scores
from quizapp.services.grading_queue import Job


@dataclass(frozen=True)
class Found:
    """What grading found: the score (0..1), each group of tests as JSON, and what ran them."""

    score: float
    groups: list[Any]
    engine: str


def settle(session: Session, job: Job, found: Found, now: datetime) -> bool:
    """True where the program has that verdict and score now.

    False where the job was not the caller's any more: then nothing has changed, for whoever claimed
    it later settles it. So no program is ever scored twice.
    """
    try:
        learner, attempt = attempts.held(session, job.attempt_id)
    except NotFoundError:  # deleted meanwhile, and the job with it
        return False
    if session.connection().execute(_TAKE, {"held": job.claim}).rowcount != 1:
        return False
    place = (job.attempt_id, job.position)
    response = session.get_one(models.Response, place, populate_existing=True)
    session.add(
        models.Verdict(
            attempt_id=job.attempt_id,
            position=job.position,
            score=found.score,
            groups=found.groups,
            source_digest=hashlib.sha256(job.source.encode()).hexdigest(),
            engine=found.engine,
            graded_at=now,
        )
    )
    later_scores.give(session, learner, attempt, response, found.score, now)
    return True


def of_attempt(session: Session, attempt_id: int) -> Mapping[int, models.Verdict]:
    """Every verdict in the attempt by its position."""
    rows = session.scalars(_OF_ATTEMPT, {"attempt_id": attempt_id})
    return {verdict.position: verdict for verdict in rows}


def read(stored: models.Verdict) -> Verdict | None:
    """What became of each group; None where another version has stored something else."""
    return Verdict.from_json({"groups": stored.groups})


def newest(session: Session) -> datetime | None:
    """When the latest verdict was found."""
    return session.scalar(select(func.max(models.Verdict.graded_at)))


_Job = models.GradingJob
_TAKE = delete(_Job).where(_Job.claim == bindparam("held"))
_OF_ATTEMPT = select(models.Verdict).where(models.Verdict.attempt_id == bindparam("attempt_id"))
