"""Saving what a learner gives while an attempt is open."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select, true, update
from sqlalchemy.orm import Session, defer, joinedload
from sqlalchemy.sql.dml import ReturningUpdate

from quizapp.db import models
from quizapp.domain import timing
from quizapp.domain.errors import AttemptClosedError, ConflictError, NotFoundError
from quizapp.domain.interactions import Posted, Response
from quizapp.services import attempts


class AnswerChangedError(ConflictError):
    """The answer stored at ``saved_at`` is one that the sender has not seen."""

    def __init__(self, saved_at: datetime) -> None:
        super().__init__("This answer was changed in another tab or window.")
        self.saved_at = saved_at


@dataclass(frozen=True)
class Stamp:
    """What the sender of a save knew, so that an older save never replaces a newer one.

    ``seen`` is the ``save_count`` of the answer it began from; None replaces whatever is stored.
    ``client`` names a page with a script, whose saves count up in ``sequence``; "" is a plain form.
    """

    seen: int | None = None
    client: str = ""
    sequence: int = 0


@dataclass(frozen=True)
class Input:
    """What a learner posted for one question; ``is_flagged`` None leaves the flag as it is."""

    fields: Posted
    seconds_spent: int = 0
    is_flagged: bool | None = None
    stamp: Stamp = Stamp()


@dataclass(frozen=True)
class Saved:
    """What the server has now; ``is_superseded`` when that is a later save of the same page."""

    saved_at: datetime
    remaining_ms: int | None
    is_answered: bool
    save_count: int
    is_superseded: bool = False


def save(
    session: Session,
    user_id: int,
    attempt_id: int,
    position: int,
    given: Input,
    now: datetime,
    grace: timedelta,
) -> Saved:
    """What was posted is stored, unless something newer is.

    Raises NotFoundError; AttemptClosedError when it came too late; AnswerChangedError.
    """
    attempt, row = _held(session, user_id, attempt_id, position)
    if attempt.finished_at is not None or timing.is_past_grace(attempt.ends_at, now, grace):
        raise AttemptClosedError("The time is up: this attempt takes no more answers.")
    shown = attempts.shown(attempts.item_of(row.item_revision), attempt.seed, position)
    value = shown.read(given.fields)
    save_count = session.scalar(_storing(attempt, row, given, value, now))
    if save_count is None:
        attempt, row = _held(session, user_id, attempt_id, position)
        return _kept(attempt, row, given, value, now)
    return Saved(now, timing.remaining_ms(attempt.ends_at, now), value is not None, save_count)


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
) -> ReturningUpdate[int]:
    """Writes the response if the attempt is open and nothing newer is stored; its save count."""
    elapsed = int((now - attempt.started_at).total_seconds())
    is_open = (models.Attempt.id == attempt.id) & models.Attempt.finished_at.is_(None)
    flag = models.Response.is_flagged if given.is_flagged is None else given.is_flagged
    return (
        update(models.Response)
        .where(
            models.Response.attempt_id == attempt.id,
            models.Response.position == row.position,
            exists().where(is_open),
            _is_newer(given.stamp),
        )
        .values(
            value=value,
            saved_at=now,
            save_count=models.Response.save_count + int(not _is_same(row, given, value)),
            saved_by=given.stamp.client or None,
            saved_sequence=given.stamp.sequence,
            seconds_spent=max(row.seconds_spent, min(given.seconds_spent, elapsed)),
            is_flagged=flag,
        )
        .returning(models.Response.save_count)
        .execution_options(synchronize_session=False)
    )


def _is_newer(stamp: Stamp) -> ColumnElement[bool]:
    """The sender has seen what is stored, or sent it itself, earlier than this."""
    if stamp.seen is None:
        return true()
    is_seen = models.Response.save_count == stamp.seen
    if not stamp.client:
        return is_seen
    is_own = models.Response.saved_by == stamp.client
    return is_seen | (is_own & (models.Response.saved_sequence < stamp.sequence))


def _is_same(row: models.Response, given: Input, value: Response | None) -> bool:
    return bool(row.value == value and given.is_flagged in (None, row.is_flagged))


def _kept(
    attempt: models.Attempt,
    row: models.Response,
    given: Input,
    value: Response | None,
    now: datetime,
) -> Saved:
    """What a save that was not stored is told. Raises AttemptClosedError, AnswerChangedError."""
    if attempt.finished_at is not None:
        raise AttemptClosedError("This attempt is finished and takes no more answers.")
    saved_at = row.saved_at or now
    remaining = timing.remaining_ms(attempt.ends_at, now)
    saved = Saved(saved_at, remaining, row.value is not None, row.save_count)
    if _is_same(row, given, value):
        return saved
    if row.saved_by == given.stamp.client and given.stamp.sequence < row.saved_sequence:
        return replace(saved, is_superseded=True)
    raise AnswerChangedError(saved_at)
