"""One skill as its learner sees it: where they stand, what that is made of, and what to do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import readiness
from quizapp.domain.claims import Claim
from quizapp.domain.outlook import Outlook
from quizapp.domain.practice_sets import SetLength
from quizapp.domain.readiness import Raise
from quizapp.domain.recommendation import Recommendation
from quizapp.domain.skill_standing import AnswerPlace
from quizapp.domain.taxonomy import Skill, Taxonomy
from quizapp.services import (
    pools,
    practice_sets,
    recommendations,
    skill_claims,
    skill_history,
    skill_items,
    skills,
    taxonomies,
)
from quizapp.services.skill_history import AnswerOnSkill, DayOnSkill
from quizapp.services.skill_items import ItemsAt
from quizapp.services.skills import SkillEstimate

MOST_REPLAYED = 1_000
"""With more answers the estimate over time is drawn only for who asks for it."""


class Asked(NamedTuple):
    """Which answers are to be listed (none: all), and whether to draw the estimate over time."""

    answers: Collection[AnswerPlace]
    is_drawn: bool


@dataclass(frozen=True)
class SkillPage:
    """All that the page of a skill shows. Of ``all_answers`` on it those asked for are listed.

    ``over_time`` is None where it would take long; ``raises`` is None for a skill that is at the
    target or not asked of the target role; ``advice`` where it is among what to revisit next.
    """

    skill: Skill
    own: SkillEstimate
    before: Sequence[SkillEstimate]
    after: Sequence[SkillEstimate]
    practice: SetLength
    answers: Sequence[AnswerOnSkill]
    all_answers: int
    claim: Claim | None
    total_answers: int
    over_time: Sequence[DayOnSkill] | None
    items: Sequence[ItemsAt]
    raises: Raise | None
    advice: Recommendation | None


def page(
    session: Session, user: models.User, skill_id: str, now: datetime, asked: Asked
) -> SkillPage:
    """That skill for the person; the estimate over time of many answers only where asked for.

    Raises NotFoundError where there is no such skill.
    """
    taxonomy = taxonomies.current(session)
    skill = taxonomy.skill(skill_id)
    seen = skills.outlook(session, user.id, now)
    after = [each for each in taxonomy.skills.values() if skill.id in each.requires]
    is_drawn = asked.is_drawn or seen.answers <= MOST_REPLAYED
    own = skills.estimates([skill], seen)[0]
    pool = pools.items(session)
    advice = recommendations.advice(session, taxonomy, seen, pool, user, now)
    answers = skill_history.answers_on(session, user.id, skill.id)
    claim = skill_claims.of(session, user.id).get(skill.id)
    recent = [each.past for each in answers[: recommendations.ANSWERS_A_SKILL]]
    return SkillPage(
        skill=skill,
        own=own,
        before=skills.estimates(map(taxonomy.skill, skill.requires), seen),
        after=skills.estimates(after, seen),
        practice=practice_sets.length(pool, skill.id, own.estimate),
        answers=skill_history.only(answers, asked.answers),
        all_answers=len(answers),
        claim=claim if claim and claim.holds(recent, now) else None,
        total_answers=seen.answers,
        over_time=_over_time(session, user.id, own, seen, now) if is_drawn else None,
        items=skill_items.of_skill(session, user.id, skill.id, now),
        raises=_raises(taxonomy, skill, seen, user, now),
        advice=next((each for each in advice.revisit if each.skill == skill.id), None),
    )


def _over_time(
    session: Session, user_id: int, own: SkillEstimate, seen: Outlook, now: datetime
) -> Sequence[DayOnSkill]:
    """Days with answers; there is nothing to look for where the skill was never tried."""
    if not own.is_tried:
        return ()
    return skill_history.over_time(session, user_id, own.skill.id, seen.model, now)


def _raises(
    taxonomy: Taxonomy, skill: Skill, seen: Outlook, user: models.User, now: datetime
) -> Raise | None:
    """What mastering the skill adds to the readiness that the overview shows."""
    role = taxonomy.role(user.target_role)
    level = readiness.usual_level(taxonomy, role)
    asked = readiness.interview(taxonomy, role, level)
    return readiness.raised_by(asked, readiness.outlook_at(level, seen, now), skill)
