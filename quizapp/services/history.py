"""A learner's past: attempts with filters, totals and practice days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import scoring

PAGE_SIZE = 50
CALENDAR_DAYS = 16 * 7


@dataclass(frozen=True)
class Filter:
    """Which attempts to list: of one quiz, since a time; page counts from 1."""

    quiz_id: int | None = None
    since: datetime | None = None
    page: int = 1


@dataclass(frozen=True)
class PastAttempt:
    """One row of the history."""

    id: int
    title: str
    started_at: datetime
    finished_at: datetime
    points: float
    max_points: float
    is_timed: bool

    @property
    def percent(self) -> int:
        return scoring.percent(self.points, self.max_points)

    @property
    def seconds_used(self) -> int:
        return int((self.finished_at - self.started_at).total_seconds())


@dataclass(frozen=True)
class Totals:
    """All finished attempts of the filter together."""

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
    rows = session.execute(
        select(
            models.Attempt.id,
            models.Attempt.title,
            models.Attempt.started_at,
            models.Attempt.finished_at,
            models.Attempt.points,
            models.Attempt.max_points,
            models.Attempt.ends_at.is_not(None),
        )
        .where(*_matches(user_id, wanted))
        .order_by(models.Attempt.finished_at.desc(), models.Attempt.id.desc())
        .offset((wanted.page - 1) * page_size)
        .limit(page_size)
    )
    return [
        PastAttempt(id_, title, started, finished, points or 0.0, most, is_timed)
        for id_, title, started, finished, points, most, is_timed in rows
        if finished is not None
    ]


def latest(session: Session, user_id: int, count: int) -> Sequence[PastAttempt]:
    """The latest ``count`` finished attempts."""
    return attempts(session, user_id, Filter(), page_size=count)


def totals(session: Session, user_id: int, wanted: Filter) -> Totals:
    """Number, points and time of all finished attempts of the filter."""
    points, max_points, count = session.execute(
        select(
            func.coalesce(func.sum(models.Attempt.points), 0.0),
            func.coalesce(func.sum(models.Attempt.max_points), 0.0),
            func.count(),
        ).where(*_matches(user_id, wanted))
    ).one()
    questions = session.scalar(
        select(func.count())
        .select_from(models.Response)
        .join(models.Attempt)
        .where(*_matches(user_id, wanted), models.Response.value.is_not(None))
    )
    seconds = sum(_seconds_by_day(session, user_id, wanted).values())
    return Totals(count, questions or 0, points or 0.0, max_points, seconds)


def seconds_by_day(session: Session, user_id: int, since: datetime | None) -> dict[date, int]:
    """Seconds of practice by the UTC day on which attempts ended."""
    return _seconds_by_day(session, user_id, Filter(since=since))


def _seconds_by_day(session: Session, user_id: int, wanted: Filter) -> dict[date, int]:
    """Of a timed attempt all its time counts, of an untimed one that on its questions."""
    on_questions = (
        select(func.coalesce(func.sum(models.Response.seconds_spent), 0))
        .where(models.Response.attempt_id == models.Attempt.id)
        .scalar_subquery()
    )
    is_timed = models.Attempt.ends_at.is_not(None)
    rows = session.execute(
        select(
            models.Attempt.started_at,
            models.Attempt.finished_at,
            is_timed,
            case((is_timed, 0), else_=on_questions),
        ).where(*_matches(user_id, wanted))
    )
    days: dict[date, int] = {}
    for started_at, finished_at, timed, seconds in rows:
        if finished_at is not None:
            spent = int((finished_at - started_at).total_seconds()) if timed else seconds
            days[finished_at.date()] = days.get(finished_at.date(), 0) + spent
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
    rows = session.execute(
        select(models.Quiz.id, models.Quiz.title)
        .join(models.Attempt, models.Attempt.quiz_id == models.Quiz.id)
        .where(models.Attempt.user_id == user_id, models.Attempt.finished_at.is_not(None))
        .group_by(models.Quiz.id, models.Quiz.title)
        .order_by(models.Quiz.title)
    )
    return [(quiz_id, title) for quiz_id, title in rows]


def _matches(user_id: int, wanted: Filter) -> list[ColumnElement[bool]]:
    conditions = [models.Attempt.user_id == user_id, models.Attempt.finished_at.is_not(None)]
    if wanted.quiz_id is not None:
        conditions.append(models.Attempt.quiz_id == wanted.quiz_id)
    if wanted.since is not None:
        conditions.append(models.Attempt.finished_at >= wanted.since)
    return conditions
