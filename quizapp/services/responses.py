"""Saving what a learner gives while an attempt is open."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Update, exists, select, update
from sqlalchemy.orm import Session, defer, joinedload

from quizapp.db import models
from quizapp.domain import timing
from quizapp.domain.errors import AttemptClosedError, NotFoundError
from quizapp.domain.interactions import Posted, Response
from quizapp.services import attempts


@dataclass(frozen=True)
class Input:
    """What a learner posted for one question; ``is_flagged`` None leaves the flag as it is."""

    fields: Posted
    seconds_spent: int = 0
    is_flagged: bool | None = None


@dataclass(frozen=True)
class Saved:
    """What the server has now."""

    saved_at: datetime
    remaining_ms: int | None
    is_answered: bool


def save(
    session: Session,
    user_id: int,
    attempt_id: int,
    position: int,
    given: Input,
    now: datetime,
    grace: timedelta,
) -> Saved:
    """What was posted is stored. Raises NotFoundError; AttemptClosedError when it came too late."""
    attempt, row = _held(session, user_id, attempt_id, position)
    if attempt.finished_at is not None or timing.is_past_grace(attempt.ends_at, now, grace):
        raise AttemptClosedError("The time is up: this attempt takes no more answers.")
    shown = attempts.shown(attempts.item_of(row.item_revision), attempt.seed, position)
    value = shown.read(given.fields)
    stored = session.execute(_storing(attempt, row, given, value, now))
    if stored.rowcount != 1:  # type: ignore[attr-defined]
        raise AttemptClosedError("This attempt is finished and takes no more answers.")
    return Saved(now, timing.remaining_ms(attempt.ends_at, now), value is not None)


def _held(
    session: Session, user_id: int, attempt_id: int, position: int
) -> tuple[models.Attempt, models.Response]:
    """Attempt and response, the attempt locked against being closed before the save is stored."""
    row = session.execute(
        select(models.Attempt, models.Response)
        .join(models.Response, models.Response.attempt_id == models.Attempt.id)
        .options(joinedload(models.Response.item_revision), defer(models.Attempt.plan))
        .where(
            models.Attempt.id == attempt_id,
            models.Attempt.user_id == user_id,
            models.Response.position == position,
        )
        .with_for_update(read=True, of=models.Attempt)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFoundError("There is no such question in your attempts.")
    return row


def _storing(
    attempt: models.Attempt,
    row: models.Response,
    given: Input,
    value: Response | None,
    now: datetime,
) -> Update:
    """Writes the response on condition that the attempt is still open."""
    elapsed = int((now - attempt.started_at).total_seconds())
    is_open = (models.Attempt.id == attempt.id) & models.Attempt.finished_at.is_(None)
    return (
        update(models.Response)
        .where(
            models.Response.attempt_id == attempt.id,
            models.Response.position == row.position,
            exists().where(is_open),
        )
        .values(
            value=value,
            saved_at=now,
            save_count=models.Response.save_count + 1,
            seconds_spent=max(row.seconds_spent, min(given.seconds_spent, elapsed)),
            is_flagged=row.is_flagged if given.is_flagged is None else given.is_flagged,
        )
        .execution_options(synchronize_session=False)
    )
