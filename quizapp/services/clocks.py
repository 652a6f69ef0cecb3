"""The time a person has: accommodations, time added to a running attempt, pauses."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import JSON, ColumnElement, Row, bindparam, column, select, text
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.base import UtcDateTime
from quizapp.domain import timing
from quizapp.domain.assembly import QuizPlan
from quizapp.domain.errors import AttemptClosedError, ConflictError, NotFoundError
from quizapp.domain.stages import Opening, Stages, at_position, loaded, opening_at
from quizapp.domain.timing import Accommodation, Clock, Terms
from quizapp.services import sign_ins, stages
from quizapp.services.sign_ins import Proof


@dataclass(frozen=True)
class Standing:
    """The times of an attempt, and whether it is finished."""

    clock: Clock
    is_finished: bool
    stages: Stages = ()
    stored_first: int | None = None
    """Where the stage begins that is stored as open; None without stages."""

    def is_overdue(self, now: datetime, grace: timedelta) -> bool:
        """True when it is still to be closed, its time and ``grace`` being over."""
        return not self.is_finished and timing.is_past_grace(self.clock.ends_at, now, grace)

    def opening(self, now: datetime) -> Opening | None:
        """The stage that is open ``now``; None without stages."""
        if self.stored_first is None:
            return None
        stored = at_position(self.stages, self.stored_first, self.clock.stage_ends_at)
        return opening_at(self.stages, stored, self.clock.ends_at, now)


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
    return Clock(attempt.ends_at, attempt.paused_at, left, attempt.stage_ends_at)


def standing(session: Session, proof: Proof, attempt_id: int) -> Standing | None:
    """The clock of the attempt, asked for by every open page; None if it is not this sign-in's."""
    row = (
        session.connection()
        .execute(_STANDING, {"attempt_id": attempt_id, **proof.parameters()})
        .one_or_none()
    )
    if row is None:
        return None
    ends_at, paused_at, pause_left, finished_at, stages_stored, first, stage_ends_at = row
    clock = Clock(ends_at, paused_at, timedelta(seconds=pause_left), stage_ends_at)
    return Standing(clock, finished_at is not None, loaded(stages_stored), first)


def standing_of(attempt: models.Attempt) -> Standing:
    """The same of an attempt that was read."""
    is_finished = attempt.finished_at is not None
    return Standing(clock_of(attempt), is_finished, stages.of(attempt), attempt.stage_first)


_STANDING_SQL = """
SELECT ends_at, paused_at, pause_left_seconds, finished_at, stages, stage_first, stage_ends_at
FROM attempt
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
        column("stages", JSON()),
        column("stage_first"),
        column("stage_ends_at", UtcDateTime()),
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

    An attempt whose time is up but which is not yet closed gets them from now on. The stage that is
    open gets them, where it has a time of its own. Raises
    AttemptClosedError, ConflictError for an untimed attempt.
    """
    attempt = held(session, attempt_id)
    if attempt.ends_at is None:
        raise ConflictError("This attempt has no clock.")
    if not 1 <= minutes <= MOST_MINUTES_ADDED:
        raise ConflictError(f"Add from 1 to {MOST_MINUTES_ADDED} minutes.")
    if not clock_of(attempt).is_paused(now):
        stages.catch_up(session, attempt, now)
    more = timedelta(minutes=minutes)
    new = max(attempt.ends_at, now) + more
    if attempt.stage_ends_at is not None:
        attempt.stage_ends_at = max(attempt.stage_ends_at, now) + more
    change = _note(session, attempt, "added", new, made_by_id, now)
    change.reason = reason.strip()[:200]
    return change


def pause(session: Session, user_id: int, attempt_id: int, now: datetime) -> models.Attempt:
    """The person's attempt stands still; a second call changes nothing.

    Raises NotFoundError, AttemptClosedError, ConflictError where no pause is left.
    """
    attempt = held(session, attempt_id, models.Attempt.user_id == user_id)
    if clock_of(attempt).is_paused(now):
        return attempt
    end_pause(session, attempt, now)
    stages.catch_up(session, attempt, now)
    if timing.is_over(attempt.ends_at, now):
        raise AttemptClosedError("The time is up.")
    if attempt.pause_left_seconds == 0:
        raise ConflictError("This attempt cannot be paused, or its pauses are used up.")
    paused = clock_of(attempt).paused(now)
    _note(session, attempt, "pause", paused.ends_at, user_id, now)
    attempt.paused_at, attempt.stage_ends_at = now, paused.stage_ends_at
    return attempt


def resume(session: Session, user_id: int, attempt_id: int, now: datetime) -> models.Attempt:
    """The person's attempt goes on; a second call changes nothing. Raises NotFoundError."""
    attempt = held(session, attempt_id, models.Attempt.user_id == user_id)
    end_pause(session, attempt, now)
    return attempt


def end_pause(session: Session, attempt: models.Attempt, now: datetime) -> None:
    """``attempt``, which the caller has locked, is not paused any more."""
    if attempt.paused_at is None:
        return
    now = max(now, attempt.paused_at)  # read before the pause was stored, for which this waited
    clock = clock_of(attempt)
    resumed = clock.resumed(now)
    lasted = min(now - attempt.paused_at, clock.pause_left)
    _note(session, attempt, "resumption", resumed.ends_at, attempt.user_id, now)
    attempt.paused_at, attempt.stage_ends_at = None, resumed.stage_ends_at
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


def held(session: Session, attempt_id: int, *conditions: ColumnElement[bool]) -> models.Attempt:
    """The running attempt, locked against what others do to it meanwhile.

    Raises NotFoundError, AttemptClosedError.
    """
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
