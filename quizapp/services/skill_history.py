"""The answers behind an estimate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import scoring
from quizapp.domain.scoring import Outcome

LATEST = 20


@dataclass(frozen=True)
class AnswerOnSkill:
    """One graded response on a skill."""

    attempt_id: int
    attempt_title: str
    position: int
    answered_at: datetime
    score: float
    seconds_spent: int
    expected_seconds: int
    difficulty: int

    @property
    def outcome(self) -> Outcome:
        return scoring.outcome(self.score, is_answered=True)


def answers_on(session: Session, user_id: int, skill_id: str) -> Sequence[AnswerOnSkill]:
    """The person's latest graded answers on that skill, the newest first."""
    rows = session.execute(
        select(models.Response, models.Attempt.title, models.ItemRevision)
        .join(models.Attempt, models.Attempt.id == models.Response.attempt_id)
        .join(models.ItemRevision, models.ItemRevision.id == models.Response.item_revision_id)
        .join(models.ItemSkill, models.ItemSkill.revision_id == models.ItemRevision.id)
        .where(
            models.Attempt.user_id == user_id,
            models.Attempt.finished_at.is_not(None),
            models.ItemSkill.skill_id == skill_id,
            models.Response.value.is_not(None),
        )
        .order_by(models.Response.saved_at.desc())
        .limit(LATEST)
    )
    return [_answer(response, title, revision) for response, title, revision in rows]


def _answer(response: models.Response, title: str, revision: models.ItemRevision) -> AnswerOnSkill:
    if response.saved_at is None:
        raise ValueError("only saved responses are answers")
    return AnswerOnSkill(
        attempt_id=response.attempt_id,
        attempt_title=title,
        position=response.position,
        answered_at=response.saved_at,
        score=response.score or 0.0,
        seconds_spent=response.seconds_spent,
        expected_seconds=revision.seconds,
        difficulty=revision.difficulty,
    )
