"""The overview: readiness, what is open, what to revisit next, and the last weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.mastery import Estimate
from quizapp.domain.recommendation import Recommendation
from quizapp.services import attempts, history, practice_sizes, recommendations, skills, taxonomies
from quizapp.services.history import PastAttempt
from quizapp.services.practice_sizes import PracticeSize
from quizapp.services.skills import AreaEstimate

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
    answers: int
    open_attempts: Sequence[models.Attempt]
    todays_set: PracticeSize
    revisit: tuple[Recommendation, ...]
    areas: tuple[AreaEstimate, ...]
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
    held = skills.beliefs(session, user.id)
    readiness = skills.readiness(taxonomy, held, user.target_role, now)
    days = history.seconds_by_day(session, user.id, now - timedelta(days=history.CALENDAR_DAYS))
    revisit = recommendations.revisit(session, taxonomy, held, user, now)
    todays_plan = recommendations.todays_plan_from(revisit)
    days_left = (user.interview_on - now.date()).days if user.interview_on else None
    return Overview(
        role_name=taxonomy.role(user.target_role).name,
        interview_on=user.interview_on,
        days_left=days_left,
        readiness=readiness,
        answers=held[""].answers if "" in held else 0,
        open_attempts=attempts.open_attempts(session, user.id, now),
        todays_set=practice_sizes.of_plan(session, user.id, todays_plan),
        revisit=revisit,
        areas=skills.areas(taxonomy, held, now),
        streak=history.streak(days, now.date()),
        week=_week(days, now.date()),
        trend=weekly(skills.readiness_trend(session, user.id), now),
        latest=history.latest(session, user.id, LATEST_ATTEMPTS),
    )


def weekly(
    records: Sequence[models.ReadinessRecord], now: datetime, weeks: int | None = TREND_WEEKS
) -> tuple[WeeklyReadiness, ...]:
    """The last record of each of the latest ``weeks`` weeks (None: of all), oldest first."""
    by_week: dict[date, WeeklyReadiness] = {}
    for record in records:
        monday = _monday(record.recorded_at.date())
        by_week[monday] = WeeklyReadiness(monday, record.value, record.low, record.high)
    first = _monday(now.date()) - timedelta(weeks=weeks - 1) if weeks is not None else date.min
    return tuple(point for monday, point in sorted(by_week.items()) if monday >= first)


def _week(days: dict[date, int], today: date) -> tuple[WeekDay, ...]:
    monday = _monday(today)
    dates = (monday + timedelta(days=number) for number in range(7))
    return tuple(WeekDay(day, day in days, day == today) for day in dates)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
