"""What to revisit next and why, from the learner's own answers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from operator import itemgetter

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.assembly import PoolItem
from quizapp.domain.claims import Claim
from quizapp.domain.outlook import Outlook
from quizapp.domain.recommendation import Recommendation, Setting, recommend
from quizapp.domain.skill_standing import (
    RECENT,
    PastAnswer,
    Prerequisite,
    SkillStanding,
)
from quizapp.domain.taxonomy import Skill, Taxonomy
from quizapp.services import practice_stock, skill_claims
from quizapp.services.practice_stock import Stock

LATEST_RESPONSES = 400
ANSWERS_A_SKILL = RECENT + 1
"""Those that reasons count, and one more to tell whether there are others."""
WITHOUT_INTERVIEW = timedelta(weeks=4)
"""What is learnt is to last so long where no interview has a date."""


@dataclass(frozen=True)
class SetAside:
    """A skill that is not recommended because the learner said so."""

    skill: Skill
    claim: Claim


@dataclass(frozen=True)
class Advice:
    """What to revisit next, and what would be weighed up too but for the learner's own word."""

    revisit: tuple[Recommendation, ...]
    set_aside: tuple[SetAside, ...]


@dataclass(frozen=True)
class _Facts:
    """All that standings are made of."""

    taxonomy: Taxonomy
    weights: Mapping[str, float]
    seen: Outlook
    on_the_day: Outlook
    answers: Mapping[str, Sequence[PastAnswer]]
    claims: Mapping[str, Claim]
    """Those that hold."""


def advice(
    session: Session,
    taxonomy: Taxonomy,
    seen: Outlook,
    pool: Sequence[PoolItem],
    user: models.User,
    now: datetime,
) -> Advice:
    """Up to four skills of ``pool`` worth the next minutes, each with its reason; and what the
    person has set aside, what comes back first at the top.
    """
    role = taxonomy.role(user.target_role)
    answers = _past_answers(session, user.id)
    said = skill_claims.of(session, user.id)
    claims = {
        skill_id: claim
        for skill_id, claim in said.items()
        if skill_id in taxonomy.skills and claim.holds(answers.get(skill_id, ()), now)
    }
    on_the_day = Outlook(seen.beliefs, _day(user, now), seen.model)
    facts = _Facts(taxonomy, taxonomy.weights(role), seen, on_the_day, answers, claims)
    stocks = practice_stock.of(pool)
    standings = [
        _standing(facts, skill, stocks.of(skill.id))
        for skill in taxonomy.skills.values()
        if skill.id not in claims
    ]
    setting = Setting(now, role.name, stocks.elsewhere.seconds)
    return Advice(recommend(standings, setting), _set_aside(taxonomy, claims))


def _day(user: models.User, now: datetime) -> datetime:
    """The day for which the person practises."""
    if user.interview_on is None or user.interview_on < now.date():
        return now + WITHOUT_INTERVIEW
    return max(now, datetime.combine(user.interview_on, time(12), UTC))


def _set_aside(taxonomy: Taxonomy, claims: Mapping[str, Claim]) -> tuple[SetAside, ...]:
    found = [SetAside(taxonomy.skills[skill_id], claim) for skill_id, claim in claims.items()]
    return tuple(sorted(found, key=lambda each: (each.claim.holds_until, each.skill.id)))


def _standing(facts: _Facts, skill: Skill, stock: Stock) -> SkillStanding:
    return SkillStanding(
        skill=skill.id,
        name=skill.name,
        weight=facts.weights[skill.id],
        level=skill.level,
        estimate=facts.seen.estimate(skill.id),
        value_on_the_day=facts.on_the_day.estimate(skill.id).value,
        prerequisites=tuple(
            Prerequisite(
                required, facts.taxonomy.skills[required].name, facts.seen.estimate(required)
            )
            for required in skill.requires
            if required not in facts.claims or facts.claims[required].kind != "known"
        ),
        responses=tuple(facts.answers.get(skill.id, ())),
        items_available=stock.items,
        seconds_per_item=stock.seconds,
    )


def _past_answers(session: Session, user_id: int) -> dict[str, list[PastAnswer]]:
    """The latest answers on each skill, the newest first."""
    rows = session.connection().execute(_LATEST, {"user_id": user_id}).all()
    found: dict[str, list[PastAnswer]] = defaultdict(list)
    for row in sorted(rows, key=_SAVED_AT, reverse=True):
        answers = found[row[0]]
        if len(answers) < ANSWERS_A_SKILL:
            answers.append(PastAnswer(*row[1:]))
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
        func.nullif(_response.seconds_spent, 0),
        _revision.seconds,
        _response.attempt_id,
        _response.position,
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
