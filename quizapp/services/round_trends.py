"""Readiness by round over the weeks, for any role and level: made anew from a learner's answers."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import readiness
from quizapp.domain.items import Level
from quizapp.domain.outlook import Outlook
from quizapp.domain.taxonomy import RoleFields
from quizapp.services import believing, replay, taxonomies
from quizapp.services.overview import TREND_WEEKS, WeeklyReadiness
from quizapp.services.readiness import chosen


class RoundTrend(NamedTuple):
    """A round, and its estimate at the end of each week with answers, the oldest first."""

    name: str
    weeks: Sequence[WeeklyReadiness]


class RoundTrends(NamedTuple):
    """The rounds of the interview for ``role`` at ``level``."""

    role: RoleFields
    level: Level
    rounds: Sequence[RoundTrend]


def page(
    session: Session, user: models.User, role_id: str | None, level: str | None
) -> RoundTrends:
    """For that role and level as ``readiness.page`` reads them; the latest eight weeks of practice.

    Takes in all answers of the learner again: see what that costs in decision 30.
    """
    taxonomy = taxonomies.current(session)
    role, at_level = chosen(taxonomy, user, role_id, level)
    asked = readiness.interview(taxonomy, role, at_level)
    found: dict[str, list[WeeklyReadiness]] = {}
    for monday, at, after in _weeks(session, user.id):
        seen = readiness.outlook_at(at_level, after, at)
        for each in readiness.rounds(taxonomy, asked, seen):
            week = WeeklyReadiness(monday, *each.estimate[:3])
            found.setdefault(each.name, []).append(week)
    return RoundTrends(role, at_level, [RoundTrend(*each) for each in found.items()])


def _weeks(session: Session, user_id: int) -> Iterator[tuple[date, datetime, Outlook]]:
    """Monday, time of the last answer and what was seen after it, of the latest weeks with any."""
    model = believing.of_learner(session, user_id).model.numbers
    last: dict[date, tuple[datetime, Outlook]] = {}
    for at, _, beliefs in replay.moments(session, user_id, model):
        monday = at.date() - timedelta(days=at.weekday())
        last[monday] = (at, Outlook(dict(beliefs), at, model))
    for monday in sorted(last)[-TREND_WEEKS:]:
        yield (monday, *last[monday])
