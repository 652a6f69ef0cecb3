"""The time a person has: accommodations, time added to a running attempt, pauses."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, bindparam, column, select, text
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.base import UtcDateTime
from quizapp.domain import timing
from quizapp.domain.assembly import QuizPlan
from quizapp.domain.errors import AttemptClosedError, ConflictError, NotFoundError
from quizapp.domain.timing import Accommodation, Clock, Terms
from quizapp.services import sign_ins
from quizapp.services.sign_ins import Proof


@dataclass(frozen=True)
class Standing:
    """The times of an attempt, and whether it is finished."""

    clock: Clock
    is_finished: bool

    def is_overdue(self, now: datetime, grace: timedelta) -> bool:
        """True when it is still to be closed, its time and ``grace`` being over."""
        return not self.is_finished and timing.is_past_grace(self.clock.ends_at, now, grace)


PRACTICE_KINDS = frozenset(("practice", "today"))
MOST_MINUTES_ADDED = 600


def accommodation(session: Session, user_id: int) -> Accommodation:
    """What was granted to the person; nothing special where nothing was."""
    return _accommodation(session.execute(_GRANTED, {"user_id": user_id}).one_or_none())


def held_accommodation(session: Session, user_id: int) -> Accommodation:
    """As ``accommodation``; until this transaction ends, nobody else who asks so for them goes on.

    Of an attempt not yet made there is no row to lock: the person's row stands for it.
    """
    return _accommodation(session.execute(_GRANTED_HELD, {"user_id": user_id}).one_or_none())


def terms(quiz: models.Quiz, plan: QuizPlan, granted: Accommodation) -> Terms:
    """The time that a person who was granted this has for ``quiz`` by ``plan``."""
    is_practice = quiz.kind in PRACTICE_KINDS
    return timing.terms(plan.duration, granted, quiz.closes_at, is_practice=is_practice)


_GRANTED = (
    select(
        models.Accommodation.time_factor,
        models.Accommodation.pause_minutes,
        models.Accommodation.is_untimed_in_practice,
    )
    .select_from(models.User)
    .outerjoin(models.Accommodation, models.Accommodation.user_id == models.User.id)
    .where(models.User.id == bindparam("user_id"))
)
_GRANTED_HELD = _GRANTED.with_for_update(of=models.User, key_share=True)


def _accommodation(row: Row[float, int, bool] | None) -> Accommodation:
    if row is None or row[0] is None:
        return Accommodation()
    return Accommodation(row[0], timedelta(minutes=row[1]), row[2])


def clock_of(attempt: models.Attempt) -> Clock:
    """The times of a stored attempt."""
    left = timedelta(seconds=attempt.pause_left_seconds)
    return Clock(attempt.ends_at, attempt.paused_at, left)


def standing(session: Session, proof: Proof, attempt_id: int) -> Standing | None:
    """The clock of the attempt, asked for by every open page; None if it is not this sign-in's."""
    row = (
        session.connection()
        .execute(_STANDING, {"attempt_id": attempt_id, **proof.parameters()})
        .one_or_none()
    )
    if row is None:
        return None
    ends_at, paused_at, pause_left, finished_at = row
    clock = Clock(ends_at, paused_at, timedelta(seconds=pause_left))
    return Standing(clock, is_finished=finished_at is not None)


_STANDING_SQL = """
SELECT ends_at, paused_at, pause_left_seconds, finished_at FROM attempt
WHERE attempt.id = :attempt_id AND {is_learners}
"""
_STANDING = (
    text(_STANDING_SQL.format(is_learners=sign_ins.holds("attempt.user_id")))
    .bindparams(*sign_ins.PARAMETERS)
    .columns(
        column("ends_at", UtcDateTime()),
        column("paused_at", UtcDateTime()),
        column("pause_left_seconds"),
        column("finished_at", UtcDateTime()),
    )
)


def add_time(
    session: Session,
    attempt_id: int,
    minutes: int,
    made_by_id: int,
    reason: str,
    now: datetime,
) -> models.TimeChange:
    """A running attempt ends ``minutes`` (1..600) later; the caller has checked whose it is.

    An attempt whose time is up but which is not yet closed gets them from now on. Raises
    AttemptClosedError, ConflictError for an untimed attempt.
    """
    attempt = _held(session, attempt_id)
    if attempt.ends_at is None:
        raise ConflictError("This attempt has no clock.")
    if not 1 <= minutes <= MOST_MINUTES_ADDED:
        raise ConflictError(f"Add from 1 to {MOST_MINUTES_ADDED} minutes.")
    new = max(attempt.ends_at, now) + timedelta(minutes=minutes)
    change = _note(session, attempt, "added", new, made_by_id, now)
    change.reason = reason.strip()[:200]
    return change


def pause(session: Session, user_id: int, attempt_id: int, now: datetime) -> models.Attempt:
    """The person's attempt stands still; a second call changes nothing.

    Raises NotFoundError, AttemptClosedError, ConflictError where no pause is left.
    """
    attempt = _held(session, attempt_id, models.Attempt.user_id == user_id)
    if clock_of(attempt).is_paused(now):
        return attempt
    end_pause(session, attempt, now)
    if timing.is_over(attempt.ends_at, now):
        raise AttemptClosedError("The time is up.")
    if attempt.pause_left_seconds == 0:
        raise ConflictError("This attempt cannot be paused, or its pauses are used up.")
    paused = clock_of(attempt).paused(now)
    _note(session, attempt, "pause", paused.ends_at, user_id, now)
    attempt.paused_at = now
    return attempt


def resume(session: Session, user_id: int, attempt_id: int, now: datetime) -> models.Attempt:
    """The person's attempt goes on; a second call changes nothing. Raises NotFoundError."""
    attempt = _held(session, attempt_id, models.Attempt.user_id == user_id)
    end_pause(session, attempt, now)
    return attempt


def end_pause(session: Session, attempt: models.Attempt, now: datetime) -> None:
    """``attempt``, which the caller has locked, is not paused any more."""
    if attempt.paused_at is None:
        return
    clock = clock_of(attempt)
    resumed = clock.resumed(now)
    lasted = min(now - attempt.paused_at, clock.pause_left)
    _note(session, attempt, "resumption", resumed.ends_at, attempt.user_id, now)
    attempt.paused_at = None
    attempt.paused_seconds += int(lasted.total_seconds())
    attempt.pause_left_seconds = int(resumed.pause_left.total_seconds())


def _note(
    session: Session,
    attempt: models.Attempt,
    kind: str,
    new_ends_at: datetime | None,
    made_by_id: int,
    now: datetime,
) -> models.TimeChange:
    change = models.TimeChange(
        attempt_id=attempt.id,
        at=now,
        made_by_id=made_by_id,
        kind=kind,
        old_ends_at=attempt.ends_at,
        new_ends_at=new_ends_at,
    )
    session.add(change)
    attempt.ends_at = new_ends_at
    return change


def _held(session: Session, attempt_id: int, *conditions: ColumnElement[bool]) -> models.Attempt:
    """The running attempt, locked against what others do to it meanwhile."""
    attempt = session.scalar(
        select(models.Attempt)
        .where(models.Attempt.id == attempt_id, *conditions)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if attempt is None:
        raise NotFoundError("There is no such attempt.")
    if attempt.finished_at is not None:
        raise AttemptClosedError("This attempt is finished.")
    return attempt
