"""Attempts as those who answer for them see them: instructors at their own banks' quizzes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, contains_eager, defer

from quizapp.db import models
from quizapp.domain import scoring, timing
from quizapp.domain.errors import NotFoundError
from quizapp.domain.timing import Clock
from quizapp.services import clocks

PAGE_SIZE = 50
RECENT = timedelta(hours=24)
"""So long after its end an attempt is still listed."""

State: TypeAlias = Literal["running", "paused", "over", "finished"]


@dataclass(frozen=True)
class SupervisedAttempt:
    """An attempt with its learner; ``answered`` of its ``questions`` hold an answer.

    ``recovered`` answers came too late: they are kept and do not count.
    """

    attempt: models.Attempt
    questions: int
    answered: int
    recovered: int

    @property
    def learner(self) -> models.User:
        return self.attempt.user

    @property
    def clock(self) -> Clock:
        return clocks.clock_of(self.attempt)

    @property
    def percent(self) -> int:
        """Share of the points possible on what is marked."""
        return scoring.percent(self.attempt.points or 0.0, self.marked_points)

    @property
    def marked_points(self) -> float:
        """The points possible on what is marked."""
        return round(self.attempt.max_points - self.attempt.awaiting_points, 2)

    def state(self, now: datetime) -> State:
        """``over``: the time is up and the attempt is about to be closed."""
        if self.attempt.finished_at is not None:
            return "finished"
        if self.clock.is_paused(now):
            return "paused"
        return "over" if timing.is_over(self.attempt.ends_at, now) else "running"


@dataclass(frozen=True)
class Counts:
    """How many attempts run, and how many finished lately."""

    running: int
    finished: int


def counts(session: Session, user: models.User, now: datetime) -> Counts:
    """How many attempts ``user`` supervises."""
    running, finished = session.execute(
        select(
            func.count().filter(_is_running()),
            func.count().filter(_is_recent(now)),
        )
        .select_from(models.Attempt)
        .where(*_supervised_by(user), _is_running() | _is_recent(now))
    ).one()
    return Counts(running, finished)


def running(
    session: Session, user: models.User, page: int = 1, page_size: int = PAGE_SIZE
) -> Sequence[SupervisedAttempt]:
    """One page of the attempts that are not finished: the next to end first, untimed ones last."""
    return _found(
        session,
        _attempts(user)
        .where(_is_running())
        .order_by(models.Attempt.ends_at.nulls_last(), models.Attempt.id.desc()),
        page,
        page_size,
    )


def finished(
    session: Session, user: models.User, now: datetime, page: int = 1
) -> Sequence[SupervisedAttempt]:
    """One page of the attempts that were finished lately, the latest first."""
    return _found(
        session,
        _attempts(user)
        .where(_is_recent(now))
        .order_by(models.Attempt.finished_at.desc(), models.Attempt.id.desc()),
        page,
    )


def find(session: Session, user: models.User, attempt_id: int) -> SupervisedAttempt:
    """The attempt, where ``user`` supervises it. Raises NotFoundError."""
    found = _found(session, _attempts(user).where(models.Attempt.id == attempt_id))
    if not found:
        raise NotFoundError("There is no such attempt among those that you supervise.")
    return found[0]


def add_time(
    session: Session,
    user: models.User,
    attempt_id: int,
    minutes: int,
    reason: str,
    now: datetime,
) -> models.TimeChange:
    """The attempt ends ``minutes`` later, where ``user`` supervises it; as ``clocks.add_time``.

    Raises NotFoundError, ConflictError.
    """
    find(session, user, attempt_id)
    return clocks.add_time(session, attempt_id, minutes, user.id, reason, now)


def _attempts(user: models.User) -> Select[models.Attempt, int, int, int]:
    """Attempts that ``user`` supervises, with learner and counts."""
    of_attempt = models.Response.attempt_id == models.Attempt.id
    questions = select(func.count()).where(of_attempt, models.Response.max_points > 0)
    answered = select(func.count(models.Response.value)).where(of_attempt)
    recovered = select(func.count()).where(models.RecoveredResponse.attempt_id == models.Attempt.id)
    return (
        select(
            models.Attempt,
            questions.scalar_subquery(),
            answered.scalar_subquery(),
            recovered.scalar_subquery(),
        )
        .join(models.Attempt.user)
        .options(contains_eager(models.Attempt.user), defer(models.Attempt.plan))
        .where(*_supervised_by(user))
    )


def _found(
    session: Session,
    query: Select[models.Attempt, int, int, int],
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> list[SupervisedAttempt]:
    rows = session.execute(query.offset((page - 1) * page_size).limit(page_size))
    return [SupervisedAttempt(*row) for row in rows]


def _supervised_by(user: models.User) -> list[ColumnElement[bool]]:
    """Administrators supervise all attempts, others those at the quizzes of their own banks."""
    if user.is_admin:
        return []
    own = select(models.Quiz.id).join(models.Quiz.bank).where(models.ItemBank.owner_id == user.id)
    return [models.Attempt.quiz_id.in_(own)]


def _is_running() -> ColumnElement[bool]:
    return models.Attempt.finished_at.is_(None)


def _is_recent(now: datetime) -> ColumnElement[bool]:
    return models.Attempt.finished_at > now - RECENT
