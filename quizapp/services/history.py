"""A learner's past: attempts with filters, totals and practice days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, func, or_, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import scoring

PAGE_SIZE = 50
CALENDAR_DAYS = 16 * 7
_BEGINNING = datetime.min.replace(tzinfo=UTC)

# Statements on columns, made once: rows as objects would cost a page most of its time.
_attempt, _quiz = models.Attempt.__table__.c, models.Quiz.__table__.c
_FINISHED = (
    _attempt.user_id == bindparam("user_id"),
    _attempt.finished_at >= bindparam("since"),
)
_WANTED = (
    *_FINISHED,
    or_(bindparam("quiz_id", type_=Integer).is_(None), _attempt.quiz_id == bindparam("quiz_id")),
)
_LISTED = (
    select(
        _attempt.id,
        _attempt.title,
        _attempt.finished_at,
        _attempt.points,
        _attempt.max_points,
        _attempt.seconds_used,
        _attempt.ends_at.is_not(None),
        _attempt.awaiting_count,
        _attempt.awaiting_points,
    )
    .where(*_WANTED)
    .order_by(_attempt.finished_at.desc(), _attempt.id.desc())
    .offset(bindparam("skipped", type_=Integer))
    .limit(bindparam("most", type_=Integer))
)
_TOTALS = select(
    func.count(),
    func.coalesce(func.sum(_attempt.answered_count), 0),
    func.coalesce(func.sum(_attempt.points), 0.0),
    func.coalesce(func.sum(_attempt.max_points - _attempt.awaiting_points), 0.0),
    func.coalesce(func.sum(_attempt.seconds_used), 0),
).where(*_WANTED)
_TIMES = select(_attempt.finished_at, _attempt.seconds_used).where(*_FINISHED)
_QUIZZES = (
    select(_quiz.id, _quiz.title)
    .where(_quiz.id.in_(select(_attempt.quiz_id).where(*_FINISHED)))
    .order_by(_quiz.title)
)


@dataclass(frozen=True)
class Filter:
    """Which attempts to list: of one quiz, since a time; page counts from 1."""

    quiz_id: int | None = None
    since: datetime | None = None
    page: int = 1


class PastAttempt(NamedTuple):
    """One row of the history. Of ``awaiting_count`` answers the points are not known yet."""

    id: int
    title: str
    finished_at: datetime
    points: float
    max_points: float
    seconds_used: int
    is_timed: bool
    awaiting_count: int
    awaiting_points: float

    @property
    def marked_points(self) -> float:
        """The points possible on what is marked."""
        return round(self.max_points - self.awaiting_points, 2)

    @property
    def percent(self) -> int:
        """Share of the points possible on what is marked."""
        return scoring.percent(self.points, self.marked_points)


class Totals(NamedTuple):
    """All finished attempts of the filter together; ``max_points`` only of what is marked."""

    attempts: int
    questions: int
    points: float
    max_points: float
    seconds: int

    @property
    def percent(self) -> int:
        return scoring.percent(self.points, self.max_points)


def attempts(
    session: Session, user_id: int, wanted: Filter, page_size: int = PAGE_SIZE
) -> Sequence[PastAttempt]:
    """One page of finished attempts, the latest first."""
    page = {"skipped": (wanted.page - 1) * page_size, "most": page_size}
    rows = session.execute(_LISTED, {**_parameters(user_id, wanted), **page})
    return [PastAttempt(*row) for row in rows]


def latest(session: Session, user_id: int, count: int) -> Sequence[PastAttempt]:
    """The latest ``count`` finished attempts."""
    return attempts(session, user_id, Filter(), page_size=count)


def totals(session: Session, user_id: int, wanted: Filter) -> Totals:
    """Number, answers, points and time of all finished attempts of the filter."""
    return Totals(*session.execute(_TOTALS, _parameters(user_id, wanted)).one())


def seconds_by_day(session: Session, user_id: int, since: datetime | None) -> dict[date, int]:
    """Seconds of practice by the UTC day on which attempts ended."""
    days: dict[date, int] = {}
    rows = session.execute(_TIMES, {"user_id": user_id, "since": since or _BEGINNING})
    for finished_at, seconds in rows:
        day = finished_at.date()
        days[day] = days.get(day, 0) + seconds
    return days


def streak(days: Sequence[date] | dict[date, int], today: date) -> int:
    """Days in a row with practice, up to today or, when today has none yet, yesterday."""
    day = today if today in days else today - timedelta(days=1)
    count = 0
    while day in days:
        count += 1
        day -= timedelta(days=1)
    return count


def longest_streak(days: dict[date, int]) -> int:
    """The longest run of days with practice."""
    ends = [day for day in days if day + timedelta(days=1) not in days]
    return max((streak(days, end) for end in ends), default=0)


def quizzes_taken(session: Session, user_id: int) -> Sequence[tuple[int, str]]:
    """Id and title of every quiz that the person has finished, for the filter."""
    rows = session.execute(_QUIZZES, {"user_id": user_id, "since": _BEGINNING})
    return [(quiz_id, title) for quiz_id, title in rows]


def _parameters(user_id: int, wanted: Filter) -> dict[str, Any]:
    since = wanted.since or _BEGINNING
    return {"user_id": user_id, "since": since, "quiz_id": wanted.quiz_id}
