"""A learner's plan to the day of the interview: made when it is asked for, and never stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import planning
from quizapp.domain.assembly import PlanSection, PoolItem, QuizPlan
from quizapp.domain.outlook import Outlook
from quizapp.domain.planning import Plan, PlannedDay
from quizapp.domain.scheduling import Memory
from quizapp.domain.study import StudyItem, StudySkill, StudyTime
from quizapp.domain.study_days import MOST_DAYS, days_ahead
from quizapp.domain.taxonomy import Taxonomy
from quizapp.services import history, memories, pools, skills, study_settings, taxonomies
from quizapp.services.practice_sizes import PracticeSize
from quizapp.services.study_settings import StudySettings

DAYS_BACK = 14
"""Practice that is looked at: today's, what was missed, and the week before."""

MINUTES_A_QUESTION = 2
"""For a day on which nothing can be planned."""


@dataclass(frozen=True)
class Basis:
    """What a plan is made from, as it was read for one learner on one day."""

    taxonomy: Taxonomy
    target_role: str | None
    seen: Outlook
    memories: Mapping[int, Memory]
    pool: Sequence[PoolItem]
    settings: StudySettings
    interview_on: date | None
    today: date
    seconds_by_day: Mapping[date, int]

    @property
    def time(self) -> StudyTime:
        """The learner's time as the plan counts it."""
        return StudyTime(
            self.today,
            self.interview_on,
            self.settings.minutes,
            self.settings.rest_weekdays,
            self.seconds_by_day.get(self.today, 0),
        )

    @property
    def ends_on(self) -> date:
        """The day on which the plan's score is to be high."""
        return self.today + timedelta(days=min(MOST_DAYS, days_ahead(self.time)))


def basis(session: Session, user: models.User, now: datetime) -> Basis:
    """All that the learner's plan is made from."""
    return basis_of(
        session,
        user,
        now,
        taxonomies.current(session),
        skills.outlook(session, user.id, now),
        pools.items(session),
        history.seconds_by_day(session, user.id, now - timedelta(days=DAYS_BACK)),
    )


def basis_of(
    session: Session,
    user: models.User,
    now: datetime,
    taxonomy: Taxonomy,
    seen: Outlook,
    pool: Sequence[PoolItem],
    seconds_by_day: Mapping[date, int],
) -> Basis:
    """The same where much of it was read already."""
    return Basis(
        taxonomy,
        user.target_role,
        seen,
        {item: each.memory for item, each in memories.of_learner(session, user.id).items()},
        pool,
        study_settings.find(session, user.id),
        user.interview_on,
        now.date(),
        seconds_by_day,
    )


def plan(known: Basis, time: StudyTime | None = None) -> Plan:
    """The plan from that day on; ``time`` may differ from the learner's own."""
    return planning.plan(_skills(known), _items(known), time or known.time)


def outlook(known: Basis, on: date) -> Outlook:
    """What is believed about the learner, as it stands when that day begins."""
    return Outlook(known.seen.beliefs, midnight(on), known.seen.model)


def todays_set(known: Basis) -> PlannedDay:
    """What there is to do today.

    Whoever has done it, or comes on a day of rest or of the interview, gets a day's set all the
    same: nobody who wants to practise is sent away.
    """
    today = plan(known).days[0]
    if today.items:
        return today
    own = known.time
    willing = own._replace(rest_weekdays=own.rest_weekdays - {own.today.weekday()}, spent_today=0)
    if own.interview_on == own.today:
        willing = willing._replace(interview_on=own.today + timedelta(days=1))
    return plan(known, willing).days[0]


def todays_plan(session: Session, user_id: int, now: datetime) -> QuizPlan:
    """What today's set asks the person, as they start it."""
    return todays_quiz(basis(session, session.get_one(models.User, user_id), now))


def todays_quiz(known: Basis) -> QuizPlan:
    """The questions of today's set; where it has none, some of any kind for as many minutes."""
    day = todays_set(known)
    if day.items:
        section = PlanSection(questions=len(day.items), items=day.items)
    else:
        section = PlanSection(questions=known.settings.minutes // MINUTES_A_QUESTION)
    return QuizPlan(sections=(section,))


def size(day: PlannedDay) -> PracticeSize:
    """Questions and minutes of ``day``."""
    return PracticeSize(len(day.items), ceil(day.seconds / 60))


def _skills(known: Basis) -> tuple[StudySkill, ...]:
    """Mastery is taken as of midnight, so that the plan stands all day until an answer comes in."""
    now, then = outlook(known, known.today), outlook(known, known.ends_on)
    weights = known.taxonomy.weights(known.taxonomy.role(known.target_role))
    return tuple(
        StudySkill(
            skill.id,
            skill.name,
            weights[skill.id],
            now.estimate(skill.id).value,
            then.estimate(skill.id).value,
            skill.requires,
        )
        for skill in known.taxonomy.skills.values()
    )


def midnight(on: date) -> datetime:
    """When that day begins."""
    return datetime.combine(on, time.min, UTC)


def _items(known: Basis) -> tuple[StudyItem, ...]:
    """What may be practised, by its first skill."""
    return tuple(
        StudyItem(item.item_id, item.skills[0], item.seconds, known.memories.get(item.item_id))
        for item in known.pool
        if item.is_practised and item.is_scored
    )
