"""The overview: readiness, what is open, what to revisit next, and the last weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.mastery import Estimate
from quizapp.domain.readiness import Round, usual_rounds
from quizapp.domain.recommendation import Recommendation
from quizapp.services import (
    attempts,
    history,
    plans,
    pools,
    practice_sizes,
    recommendations,
    skills,
    taxonomies,
)
from quizapp.services.history import PastAttempt
from quizapp.services.practice_sizes import PracticeSize
from quizapp.services.recommendations import SetAside
from quizapp.services.skills import Readiness

LATEST_ATTEMPTS = 4
TREND_WEEKS = 8


@dataclass(frozen=True)
class WeekDay:
    """One day of the present week: practised, today, or ahead."""

    on: date
    is_practised: bool
    is_today: bool


@dataclass(frozen=True)
class WeeklyReadiness:
    """The last readiness of a week."""

    week_of: date
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Overview:
    """All that the overview page shows."""

    role_name: str
    interview_on: date | None
    days_left: int | None
    readiness: Estimate
    rounds: tuple[Round, ...]
    answers: int
    open_attempts: Sequence[models.Attempt]
    todays_set: PracticeSize
    revisit: tuple[Recommendation, ...]
    set_aside: tuple[SetAside, ...]
    streak: int
    week: tuple[WeekDay, ...]
    trend: tuple[WeeklyReadiness, ...]
    latest: Sequence[PastAttempt]

    @property
    def has_answers(self) -> bool:
        return self.answers > 0


def overview(session: Session, user: models.User, now: datetime) -> Overview:
    """The person's overview at ``now``."""
    taxonomy = taxonomies.current(session)
    seen = skills.outlook(session, user.id, now)
    days = history.seconds_by_day(session, user.id, now - timedelta(days=history.CALENDAR_DAYS))
    pool = pools.items(session)
    advice = recommendations.advice(session, taxonomy, seen, pool, user, now)
    known = plans.basis_of(session, user, now, taxonomy, seen, pool, days)
    days_left = (user.interview_on - now.date()).days if user.interview_on else None
    return Overview(
        role_name=taxonomy.role(user.target_role).name,
        interview_on=user.interview_on,
        days_left=days_left,
        readiness=skills.readiness(taxonomy, seen, user.target_role, now),
        rounds=usual_rounds(taxonomy, taxonomy.role(user.target_role), seen, now),
        answers=seen.answers,
        open_attempts=attempts.open_attempts(session, user.id, now),
        todays_set=practice_sizes.of_plan(plans.todays_quiz(known), pool),
        revisit=advice.revisit,
        set_aside=advice.set_aside,
        streak=history.streak(days, now.date()),
        week=_week(days, now.date()),
        trend=trend(session, user.id, now),
        latest=history.latest(session, user.id, LATEST_ATTEMPTS),
    )


def trend(
    session: Session, user_id: int, now: datetime, weeks: int | None = TREND_WEEKS
) -> tuple[WeeklyReadiness, ...]:
    """The person's last readiness of each of the latest ``weeks`` weeks (None: of all)."""
    since = None if weeks is None else _first_week(now, weeks)
    return weekly(skills.readiness_trend(session, user_id, since), now, weeks)


def weekly(
    records: Sequence[Readiness], now: datetime, weeks: int | None = TREND_WEEKS
) -> tuple[WeeklyReadiness, ...]:
    """The last record of each of the latest ``weeks`` weeks (None: of all), oldest first."""
    # Day 1 of the calendar was a Monday.
    by_week = {(record.recorded_at.toordinal() - 1) // 7: record for record in records}
    first = 0 if weeks is None else (_first_week(now, weeks).toordinal() - 1) // 7
    return tuple(
        WeeklyReadiness(date.fromordinal(week * 7 + 1), last.value, last.low, last.high)
        for week, last in sorted(by_week.items())
        if week >= first
    )


def _first_week(now: datetime, weeks: int) -> datetime:
    """When the first of so many weeks began, this one included."""
    monday = _monday(now.date()) - timedelta(weeks=weeks - 1)
    return datetime.combine(monday, time.min, now.tzinfo)


def _week(days: dict[date, int], today: date) -> tuple[WeekDay, ...]:
    monday = _monday(today)
    dates = (monday + timedelta(days=number) for number in range(7))
    return tuple(WeekDay(day, day in days, day == today) for day in dates)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
