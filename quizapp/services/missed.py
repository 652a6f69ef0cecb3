"""Practising what was missed in an attempt."""

from datetime import datetime
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.assembly import MAXIMUM_QUESTIONS, PlanSection, QuizPlan
from quizapp.domain.errors import QuizError
from quizapp.services import attempts, quizzes

_PREFIX = "Missed in "


def practise(
    session: Session, user_id: int, attempt_id: int, now: datetime, rng: Random
) -> models.Attempt:
    """An untimed attempt over what was not fully right, or over the first questions of it where a
    plan may not hold all. Raises QuizError when everything was.
    """
    attempt = attempts.find_for(session, user_id, attempt_id)
    items = session.scalars(
        select(models.ItemRevision.item_id)
        .join(models.Response, models.Response.item_revision_id == models.ItemRevision.id)
        .where(models.Response.attempt_id == attempt.id, models.Response.score < 1)
        .order_by(models.Response.position)
        .limit(MAXIMUM_QUESTIONS)
    ).all()
    if not items:
        raise QuizError("Nothing was missed in this attempt.")
    plan = QuizPlan(sections=(PlanSection(questions=len(items), items=tuple(items)),))
    return quizzes.practise(session, user_id, plan, _title(attempt.title), now, rng)


def _title(of_attempt: str) -> str:
    """The same title however often the misses of misses are practised; at most 200 characters."""
    return (_PREFIX + of_attempt.removeprefix(_PREFIX))[:200]
