"""How ready a learner is for an interview of their choice, and what would help most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import readiness
from quizapp.domain.calibration import Calibration
from quizapp.domain.items import LEVELS, Level
from quizapp.domain.mastery import Estimate
from quizapp.domain.readiness import Raise, Round, Rung
from quizapp.domain.taxonomy import RoleFields, Taxonomy
from quizapp.services import calibration, overview, pools, skills, taxonomies
from quizapp.services.overview import WeeklyReadiness

MOST_RAISES = 3


@dataclass(frozen=True)
class ReadinessPage:
    """Readiness for ``role`` at ``level``; the estimate is None where such a role is asked nothing.

    The trend is of what is noted after each attempt: the target role at the usual level. For
    another role or level it is empty.
    """

    role: RoleFields
    roles: Sequence[RoleFields]
    level: Level
    usual_level: Level
    estimate: Estimate | None
    answers: int
    rounds: Sequence[Round]
    raises: Sequence[Raise]
    practised: frozenset[str]
    """Skills that there are questions on."""
    ladder: Sequence[Rung]
    trend: Sequence[WeeklyReadiness]
    has_trend: bool
    calibration: Calibration


def page(
    session: Session, user: models.User, role_id: str | None, level: str | None, now: datetime
) -> ReadinessPage:
    """For that role and level; where one is unknown or None, for the target role, as usual."""
    taxonomy = taxonomies.current(session)
    role, wanted = chosen(taxonomy, user, role_id, level)
    usual = readiness.usual_level(taxonomy, role)
    seen = skills.outlook(session, user.id, now)
    asked = readiness.interview(taxonomy, role, wanted)
    at_level = readiness.outlook_at(wanted, seen, now)
    has_trend = role == taxonomy.role(user.target_role) and wanted == usual
    return ReadinessPage(
        role=role,
        roles=taxonomy.roles,
        level=wanted,
        usual_level=usual,
        estimate=at_level.estimate_group(asked) if asked else None,
        answers=seen.answers,
        rounds=readiness.rounds(taxonomy, asked, at_level),
        raises=readiness.raises(taxonomy, asked, at_level, MOST_RAISES),
        practised=_practised(session),
        ladder=readiness.ladder(taxonomy, role, seen, now),
        trend=overview.trend(session, user.id, now) if has_trend else (),
        has_trend=has_trend,
        calibration=calibration.of_person(session, user.id),
    )


def chosen(
    taxonomy: Taxonomy, user: models.User, role_id: str | None, level: str | None
) -> tuple[RoleFields, Level]:
    """That role and level; where one is unknown or None, the target role and the usual level."""
    own = taxonomy.role(user.target_role)
    role = next((each for each in taxonomy.roles if each.id == role_id), own)
    usual = readiness.usual_level(taxonomy, role)
    return role, next((each for each in LEVELS if each == level), usual)


def _practised(session: Session) -> frozenset[str]:
    items = (item for item in pools.items(session) if item.is_practised and item.is_scored)
    return frozenset(skill for item in items for skill in item.skills)
