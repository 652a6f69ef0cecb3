"""What must be true of marks: rules for ``invariants``."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from quizapp.db import models

ROUNDING = 1e-9


def places_and_rules() -> tuple[Select[*tuple[Any, ...]], Mapping[str, ColumnElement[bool]]]:
    """Each marked response with both marks and the changes of which they are the result."""
    attempt, response = models.Attempt, models.Response
    own, theirs = aliased(models.Mark), aliased(models.Mark)
    own_change, their_change = aliased(models.MarkChange), aliased(models.MarkChange)
    decided = func.coalesce(theirs.score, own.score)
    conditions = {
        "A score that is not its mark": or_(
            response.score.is_(None), func.abs(response.score - decided) > ROUNDING
        ),
        "A mark of an attempt that is open": attempt.finished_at.is_(None),
        "A mark of no answer": response.value.is_(None),
        "A mark that is not what its record says": or_(
            and_(own.score.is_not(None), own_change.score.is_distinct_from(own.score)),
            and_(theirs.score.is_not(None), their_change.score.is_distinct_from(theirs.score)),
        ),
    }
    places = (
        select(response.attempt_id, response.position)
        .join(attempt, attempt.id == response.attempt_id)
        .outerjoin(own, _is_of(own, "self"))
        .outerjoin(theirs, _is_of(theirs, "instructor"))
        .outerjoin(own_change, _made(own_change, own))
        .outerjoin(their_change, _made(their_change, theirs))
        .where(decided.is_not(None), or_(*conditions.values()))
    )
    return places, conditions


def _is_of(mark: type[models.Mark], kind: str) -> ColumnElement[bool]:
    return and_(
        mark.attempt_id == models.Response.attempt_id,
        mark.position == models.Response.position,
        mark.kind == kind,
    )


def _made(change: type[models.MarkChange], mark: type[models.Mark]) -> ColumnElement[bool]:
    return and_(
        change.attempt_id == mark.attempt_id,
        change.position == mark.position,
        change.kind == mark.kind,
        change.number == mark.number,
    )
