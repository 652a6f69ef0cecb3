"""A learner's past: attempts with filters, totals, practice days, and all of it to take away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

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


def attempts(session: Session, user_id: int, wanted: Filter) -> Sequence[PastAttempt]:
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
        .offset((wanted.page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    return [
        PastAttempt(id_, title, started, finished, points or 0.0, most, is_timed)
        for id_, title, started, finished, points, most, is_timed in rows
        if finished is not None
    ]


def latest(session: Session, user_id: int, count: int) -> Sequence[PastAttempt]:
    """The latest ``count`` finished attempts."""
    return attempts(session, user_id, Filter())[:count]


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
        .where(*_matches(user_id, wanted), models.Response.saved_at.is_not(None))
    )
    seconds = sum(_seconds_by_day(session, user_id, wanted).values())
    return Totals(count, questions or 0, points or 0.0, max_points, seconds)


def seconds_by_day(session: Session, user_id: int, since: datetime | None) -> dict[date, int]:
    """Seconds of finished attempts by the UTC day on which they ended."""
    return _seconds_by_day(session, user_id, Filter(since=since))


def _seconds_by_day(session: Session, user_id: int, wanted: Filter) -> dict[date, int]:
    rows = session.execute(
        select(models.Attempt.started_at, models.Attempt.finished_at).where(
            *_matches(user_id, wanted)
        )
    )
    days: dict[date, int] = {}
    for started_at, finished_at in rows:
        if finished_at is not None:
            spent = int((finished_at - started_at).total_seconds())
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


def export(session: Session, user: models.User) -> dict[str, Any]:
    """Everything that is stored about the person, fit for JSON."""
    return {
        "account": {
            "email": user.email,
            "name": user.name,
            "role": user.role,
            "target_role": user.target_role,
            "interview_on": user.interview_on.isoformat() if user.interview_on else None,
            "created_at": user.created_at.isoformat(),
        },
        "attempts": [_exported(attempt) for attempt in _all_attempts(session, user.id)],
        "skills": [_exported_belief(row) for row in _all_beliefs(session, user.id)],
    }


def export_rows(session: Session, user_id: int) -> Iterator[dict[str, Any]]:
    """One flat row for each response of the person, the oldest attempt first."""
    for attempt in _all_attempts(session, user_id):
        head = {
            "attempt": attempt.id,
            "title": attempt.title,
            "started_at": attempt.started_at.isoformat(),
            "finished_at": attempt.finished_at.isoformat() if attempt.finished_at else "",
        }
        for response in attempt.responses:
            yield head | _exported_response(response)


def _matches(user_id: int, wanted: Filter) -> list[ColumnElement[bool]]:
    conditions = [models.Attempt.user_id == user_id, models.Attempt.finished_at.is_not(None)]
    if wanted.quiz_id is not None:
        conditions.append(models.Attempt.quiz_id == wanted.quiz_id)
    if wanted.since is not None:
        conditions.append(models.Attempt.finished_at >= wanted.since)
    return conditions


def _all_attempts(session: Session, user_id: int) -> Sequence[models.Attempt]:
    return (
        session.scalars(
            select(models.Attempt)
            .options(
                joinedload(models.Attempt.responses)
                .joinedload(models.Response.item_revision)
                .joinedload(models.ItemRevision.item)
            )
            .where(models.Attempt.user_id == user_id)
            .order_by(models.Attempt.id)
        )
        .unique()
        .all()
    )


def _all_beliefs(session: Session, user_id: int) -> Sequence[models.SkillBelief]:
    return session.scalars(
        select(models.SkillBelief)
        .where(models.SkillBelief.user_id == user_id)
        .order_by(models.SkillBelief.node)
    ).all()


def _exported(attempt: models.Attempt) -> dict[str, Any]:
    return {
        "id": attempt.id,
        "title": attempt.title,
        "started_at": attempt.started_at.isoformat(),
        "ends_at": attempt.ends_at.isoformat() if attempt.ends_at else None,
        "finished_at": attempt.finished_at.isoformat() if attempt.finished_at else None,
        "points": attempt.points,
        "max_points": attempt.max_points,
        "responses": [_exported_response(response) for response in attempt.responses],
    }


def _exported_response(response: models.Response) -> dict[str, Any]:
    # Authors name questions after their answers, so an id is part of the key until the score is out
    return {
        "position": response.position,
        "item": None if response.score is None else response.item_revision.item.slug,
        "type": response.item_revision.kind,
        "response": response.value,
        "score": response.score,
        "points": response.item_revision.points,
        "seconds_spent": response.seconds_spent,
        "is_flagged": response.is_flagged,
        "saved_at": response.saved_at.isoformat() if response.saved_at else None,
    }


def _exported_belief(row: models.SkillBelief) -> dict[str, Any]:
    return {
        "node": row.node,
        "mean": row.mean,
        "variance": row.variance,
        "wins": row.wins,
        "fails": row.fails,
        "updated_at": row.updated_at.isoformat() if row.updated_at else None,
    }
