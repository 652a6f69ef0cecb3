"""What must be true of stages: rules for ``invariants``."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from quizapp.db import models
from quizapp.db.elapsed import SecondsBetween

CLOCK_SECONDS = 0.001

PlacesAndRules: TypeAlias = tuple[Select[*tuple[Any, ...]], Mapping[str, ColumnElement[bool]]]


def of_attempts() -> PlacesAndRules:
    """Each attempt with the last stage in its changes of time."""
    attempt, change = models.Attempt, models.TimeChange
    latest = (
        select(change.attempt_id, func.max(change.stage_first).label("first"))
        .group_by(change.attempt_id)
        .subquery()
    )
    conditions = {
        "A stage that its changes of time do not know": attempt.stage_first
        != func.coalesce(latest.c.first, 1),
        "A stage in an attempt without any": and_(
            attempt.stage_first.is_(None), latest.c.first.is_not(None)
        ),
    }
    places = select(attempt.id).outerjoin(latest, latest.c.attempt_id == attempt.id)
    return places.where(or_(*conditions.values())), conditions


def of_checks() -> PlacesAndRules:
    """Each change of a response of which the learner saw what is right."""
    response, change = models.Response, models.ResponseChange
    is_late: ColumnElement[bool] = SecondsBetween(response.checked_at, change.at) > CLOCK_SECONDS
    is_of = and_(
        response.attempt_id == change.attempt_id,
        response.position == change.position,
        response.checked_at.is_not(None),
    )
    places = select(change.attempt_id, change.position).join(response, is_of).where(is_late)
    return places, {"A change after its answer was checked": is_late}


def of_changes(grace: timedelta) -> PlacesAndRules:
    """Each change of a response with the stages that began after its own.

    Who moves on has left, but what was under way when the time was over still counted.
    """
    moved, change = models.TimeChange, models.ResponseChange
    allowed = case((moved.kind == "lapse", grace.total_seconds()), else_=0.0) + CLOCK_SECONDS
    is_late: ColumnElement[bool] = SecondsBetween(moved.at, change.at) > allowed
    is_after = and_(
        moved.attempt_id == change.attempt_id, moved.stage_first > change.position, is_late
    )
    places = select(change.attempt_id, change.position).join(moved, is_after)
    return places, {"A change after its stage": is_late}
