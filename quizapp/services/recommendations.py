"""What to revisit next and why, from the learner's own answers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.assembly import PoolItem
from quizapp.domain.mastery import Estimate
from quizapp.domain.outlook import Outlook
from quizapp.domain.recommendation import Recommendation, recommend
from quizapp.domain.skill_standing import PastAnswer, Prerequisite, SkillStanding
from quizapp.domain.taxonomy import Skill, Taxonomy

LATEST_RESPONSES = 500
ANSWERS_A_SKILL = 10


@dataclass(frozen=True)
class _Supply:
    """What there is to practise on a skill in our own banks: items, and the mean seconds of one."""

    items: int
    seconds: float


def revisit(
    session: Session,
    taxonomy: Taxonomy,
    seen: Outlook,
    pool: Sequence[PoolItem],
    user: models.User,
    now: datetime,
) -> tuple[Recommendation, ...]:
    """Up to four skills of ``pool`` worth the next minutes, each with its reason."""
    role = taxonomy.role(user.target_role)
    weights = taxonomy.weights(role)
    supply = _supply(pool)
    answers = _past_answers(session, user.id)
    known = {skill_id: seen.estimate(skill_id) for skill_id in taxonomy.skills}
    standings = [
        _standing(taxonomy, skill, weights[skill.id], known, answers.get(skill.id, ()), supply)
        for skill in taxonomy.skills.values()
    ]
    return recommend(standings, now, role_name=role.name.lower())


def _standing(
    taxonomy: Taxonomy,
    skill: Skill,
    weight: float,
    known: Mapping[str, Estimate],
    answers: Sequence[PastAnswer],
    supply: Mapping[str, _Supply],
) -> SkillStanding:
    stock = supply.get(skill.id, _Supply(0, 0.0))
    return SkillStanding(
        skill=skill.id,
        name=skill.name,
        weight=weight,
        level=skill.level,
        estimate=known[skill.id],
        prerequisites=tuple(
            Prerequisite(required, taxonomy.skill(required).name, known[required])
            for required in skill.requires
        ),
        responses=tuple(answers),
        items_available=stock.items,
        seconds_per_item=stock.seconds,
    )


def _supply(pool: Sequence[PoolItem]) -> dict[str, _Supply]:
    seconds: dict[str, list[int]] = defaultdict(list)
    for item in pool:
        if item.is_practised and item.is_scored:
            for skill in item.skills:
                seconds[skill].append(item.seconds)
    return {skill: _Supply(len(each), sum(each) / len(each)) for skill, each in seconds.items()}


def _past_answers(session: Session, user_id: int) -> dict[str, list[PastAnswer]]:
    """The latest answers on each skill, the newest first."""
    rows = session.execute(_LATEST, {"user_id": user_id}).all()
    found: dict[str, list[PastAnswer]] = defaultdict(list)
    for skill, score, saved_at, spent, expected in sorted(rows, key=_SAVED_AT, reverse=True):
        answers = found[skill]
        if len(answers) < ANSWERS_A_SKILL:
            answers.append(PastAnswer(score, saved_at, spent or None, expected))
    return found


# By attempts first: the latest ones are found by their index, and nothing older is looked at.
_response, _attempt, _revision, _skill = (
    model.__table__.c
    for model in (models.Response, models.Attempt, models.ItemRevision, models.ItemSkill)
)
_SAVED_AT = itemgetter(2)
_LATEST = (
    select(
        _skill.skill_id,
        _response.score,
        _response.saved_at,
        _response.seconds_spent,
        _revision.seconds,
    )
    .join_from(models.Attempt.__table__, models.Response.__table__)
    .join(models.ItemRevision.__table__)
    .join(models.ItemSkill.__table__)
    .where(
        _attempt.user_id == bindparam("user_id"),
        _attempt.finished_at.is_not(None),
        _response.value.is_not(None),
        _response.score.is_not(None),
        _response.saved_at.is_not(None),
    )
    .order_by(_attempt.finished_at.desc(), _response.saved_at.desc())
    .limit(LATEST_RESPONSES)
)
