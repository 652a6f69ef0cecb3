"""Grading an attempt: the score of every response, the sum, and what it says about skills."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quizapp.db import models
from quizapp.domain.mastery import Observation
from quizapp.domain.scoring import AttemptScore, ScoredResponse, total
from quizapp.services import banks


@dataclass(frozen=True)
class Graded:
    """What grading found: the attempt's score, and the evidence on skills, by position."""

    score: AttemptScore
    observations: tuple[Observation, ...]


def grade(session: Session, attempt_id: int) -> Graded:
    """Every response has its score; the caller holds the attempt's lock and stores the sum.

    What was left blank scores 0 but is no evidence on a skill: to look at a question, flag it and
    finish is not to get it wrong.
    """
    responses = _responses(session, attempt_id)
    for response in responses:
        response.score = _score(response)
    return Graded(
        score=total(map(_scored, responses)),
        observations=tuple(
            _observation(response, response.saved_at)
            for response in responses
            if response.saved_at and response.value is not None
        ),
    )


def _responses(session: Session, attempt_id: int) -> list[models.Response]:
    return list(
        session.scalars(
            select(models.Response)
            .options(joinedload(models.Response.item_revision))
            .where(models.Response.attempt_id == attempt_id)
            .order_by(models.Response.position)
            .execution_options(populate_existing=True)
        )
    )


def _score(response: models.Response) -> float:
    revision = response.item_revision
    item = banks.parsed(revision.content_hash, revision.content)
    return item.question.grade(response.value).score or 0.0


def _scored(response: models.Response) -> ScoredResponse:
    points = response.item_revision.points
    return ScoredResponse(response.score or 0.0, points, response.value is not None)


def _observation(response: models.Response, answered_at: datetime) -> Observation:
    revision = response.item_revision
    item = banks.parsed(revision.content_hash, revision.content)
    return Observation(
        skills=item.fields.skills,
        score=response.score or 0.0,
        difficulty=revision.difficulty,
        guess=item.question.guess_score,
        answered_at=answered_at,
    )
