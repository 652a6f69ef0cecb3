"""What must be true of programs, their jobs and their verdicts: rules for ``invariants``."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from quizapp.db import models
from quizapp.domain.question_types.code import Code

ROUNDING = 1e-9


def places_and_rules() -> tuple[Select[*tuple[Any, ...]], Mapping[str, ColumnElement[bool]]]:
    """Each response with its job and its verdict."""
    attempt, response = models.Attempt, models.Response
    job, verdict = models.GradingJob, models.Verdict
    is_program = models.ItemRevision.kind == Code.kind
    is_queued, is_judged = job.attempt_id.is_not(None), verdict.attempt_id.is_not(None)
    is_finished = attempt.finished_at.is_not(None)
    conditions = {
        "A program that awaits its verdict without a job": and_(
            is_program, is_finished, response.score.is_(None), ~is_queued
        ),
        "A job for an answer that has a score": and_(is_queued, response.score.is_not(None)),
        "A job of an attempt that is open": and_(is_queued, ~is_finished),
        "A job for what is no program": and_(is_queued, ~is_program),
        "A job of somebody else's attempt": and_(is_queued, job.user_id != attempt.user_id),
        "A verdict that is not the score": and_(
            is_judged,
            or_(response.score.is_(None), func.abs(response.score - verdict.score) > ROUNDING),
        ),
    }
    places = (
        select(response.attempt_id, response.position)
        .join(attempt, attempt.id == response.attempt_id)
        .join(models.ItemRevision, models.ItemRevision.id == response.item_revision_id)
        .outerjoin(job, _is_of(job))
        .outerjoin(verdict, _is_of(verdict))
    )
    return places.where(or_(*conditions.values())), conditions


def _is_of(table: type[models.GradingJob | models.Verdict]) -> ColumnElement[bool]:
    return and_(
        table.attempt_id == models.Response.attempt_id, table.position == models.Response.position
    )
