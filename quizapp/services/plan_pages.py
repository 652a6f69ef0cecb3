"""The plan as a calendar: what was done, what comes, and what it is worth on the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import log

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.calendar_feed import Event
from quizapp.domain.mastery import Estimate
from quizapp.domain.planning import Plan, PlannedDay
from quizapp.domain.readiness import interview, usual_level
from quizapp.domain.skill_model import logistic
from quizapp.services import plans, skills
from quizapp.services.plans import Basis
from quizapp.services.practice_sizes import PracticeSize
from quizapp.services.study_settings import StudySettings


@dataclass(frozen=True)
class CalendarDay:
    """One day: ``planned`` from today on, as far as the plan goes; before, only what was done."""

    on: date
    seconds_done: int
    planned: PlannedDay | None
    is_today: bool
    is_past: bool


@dataclass(frozen=True)
class PlanPage:
    """All that the page of the plan shows.

    ``with_plan`` and ``without`` are the readiness on the day; ``missed`` is what the score to
    expect on it has lost since yesterday was missed, in points of 100, and None when it was not.
    """

    role_name: str
    interview_on: date | None
    days_left: int | None
    ends_on: date
    settings: StudySettings
    todays_set: PracticeSize
    weeks: tuple[tuple[CalendarDay, ...], ...]
    with_plan: Estimate
    without: Estimate
    missed: float | None

    @property
    def has_interview(self) -> bool:
        return self.days_left is not None and self.days_left >= 0


def page(session: Session, user: models.User, now: datetime) -> PlanPage:
    """The person's plan as it is made now."""
    known = plans.basis(session, user, now)
    found = plans.plan(known)
    on_the_day = plans.midnight(known.ends_on)
    without = skills.readiness(
        known.taxonomy, plans.outlook(known, known.ends_on), user.target_role, on_the_day
    )
    return PlanPage(
        role_name=known.taxonomy.role(user.target_role).name,
        interview_on=user.interview_on,
        days_left=(user.interview_on - known.today).days if user.interview_on else None,
        ends_on=known.ends_on,
        settings=known.settings,
        todays_set=plans.size(plans.todays_set(known)),
        weeks=_weeks(known.today, known.seconds_by_day, found),
        with_plan=_moved(without, _readiness(known, found)),
        without=without,
        missed=_missed(known, found),
    )


def events(session: Session, user: models.User, now: datetime) -> list[Event]:
    """The days on which there is something to do, and the interview."""
    found = plans.plan(plans.basis(session, user, now))
    return [
        Event(f"{day.on.isoformat()}.{user.id}@quizapp", day.on, _summary(day), _description(day))
        for day in found.days
        if day.items or day.kind == "interview"
    ]


def _summary(day: PlannedDay) -> str:
    if day.kind == "interview":
        return "Interview"
    return f"Practise {plans.size(day).minutes} min: {day.sentence}"


def _description(day: PlannedDay) -> str:
    """A line for each portion."""
    if day.kind == "interview":
        return "The day that the plan leads to."
    return "\n".join(
        f"{len(portion.items)} {'new' if portion.is_new else 'to revisit'}: {portion.name}"
        for portion in day.portions
    )


def _weeks(
    today: date, done: Mapping[date, int], plan: Plan
) -> tuple[tuple[CalendarDay, ...], ...]:
    """From the Monday of the week before to the Sunday after the plan's end."""
    planned = {day.on: day for day in plan.days}
    first = today - timedelta(days=today.weekday() + 7)
    last = max(planned, default=today)
    count = ((last - first).days // 7 + 1) * 7
    days = [
        CalendarDay(on, done.get(on, 0), planned.get(on), on == today, on < today)
        for on in (first + timedelta(days=number) for number in range(count))
    ]
    return tuple(tuple(days[start : start + 7]) for start in range(0, count, 7))


def _readiness(known: Basis, plan: Plan) -> float:
    """Mean mastery on the day with the plan, by what the usual interview of the role asks."""
    role = known.taxonomy.role(known.target_role)
    asked = interview(known.taxonomy, role, usual_level(known.taxonomy, role))
    return sum(weight * plan.mastery[skill] for skill, weight in asked.items()) / sum(
        asked.values()
    )


def _moved(estimate: Estimate, value: float) -> Estimate:
    """``estimate`` with its range moved to ``value``, by the same logits at both ends."""
    shift = _logit(value) - _logit(estimate.value)
    low, high = (logistic(_logit(end) + shift) for end in (estimate.low, estimate.high))
    return estimate._replace(value=value, low=low, high=high)


def _logit(share: float) -> float:
    return log(share / (1.0 - share))


def _missed(known: Basis, plan: Plan) -> float | None:
    """What yesterday would have added: it is compared with a day that has its minutes too."""
    yesterday = known.today - timedelta(days=1)
    was_practising = any(day < yesterday for day in known.seconds_by_day)
    is_rest = yesterday.weekday() in known.settings.rest_weekdays
    if not known.time.has_interview or is_rest or not was_practising:
        return None
    if known.seconds_by_day.get(yesterday):
        return None
    more = known.time.spent_today - known.settings.minutes * 60
    ahead = plans.plan(known, known.time._replace(spent_today=more)).expected
    return max(0.0, ahead - plan.expected) * 100
