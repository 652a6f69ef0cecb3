"""What to revisit next and why, from the learner's own answers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import mastery
from quizapp.domain.assembly import PlanSection, QuizPlan
from quizapp.domain.mastery import Estimate, NodeBelief
from quizapp.domain.recommendation import Recommendation, recommend
from quizapp.domain.skill_standing import PastAnswer, Prerequisite, SkillStanding
from quizapp.domain.taxonomy import Skill, Taxonomy
from quizapp.services import skills, taxonomies

LATEST_RESPONSES = 500
ANSWERS_A_SKILL = 10
TODAYS_QUESTIONS = 12
MIXED_SHARE = 4
"""One question in so many of today's set comes from other skills, so that estimates stay honest."""


@dataclass(frozen=True)
class _Supply:
    """What there is to practise on a skill in our own banks: items, and the mean seconds of one."""

    items: int
    seconds: float


def revisit(
    session: Session,
    taxonomy: Taxonomy,
    held: Mapping[str, NodeBelief],
    user: models.User,
    now: datetime,
) -> tuple[Recommendation, ...]:
    """Up to four skills worth the next minutes, each with its reason."""
    role = taxonomy.role(user.target_role)
    weights = taxonomy.weights(role)
    supply = _supply(session)
    answers = _past_answers(session, user.id)
    known = {skill_id: mastery.estimate(held, skill_id, now) for skill_id in taxonomy.skills}
    standings = [
        _standing(taxonomy, skill, weights[skill.id], known, answers.get(skill.id, ()), supply)
        for skill in taxonomy.skills.values()
    ]
    return recommend(standings, now, role_name=role.name.lower())


def todays_plan(session: Session, user_id: int, now: datetime) -> QuizPlan:
    """What ``todays_plan_from`` makes of the person's recommendations."""
    user = session.get_one(models.User, user_id)
    taxonomy = taxonomies.current(session)
    held = skills.beliefs(session, user_id)
    return todays_plan_from(revisit(session, taxonomy, held, user, now))


def todays_plan_from(chosen: Sequence[Recommendation]) -> QuizPlan:
    """A dozen questions: three quarters on ``chosen``, the rest from anywhere.

    Where a skill has fewer questions to recommend than its share, more come from anywhere.
    """
    shares = _shares(chosen, TODAYS_QUESTIONS - TODAYS_QUESTIONS // MIXED_SHARE)
    mixed = TODAYS_QUESTIONS - sum(section.questions for section in shares)
    return QuizPlan(sections=(*shares, PlanSection(questions=mixed)))


def _shares(chosen: Sequence[Recommendation], questions: int) -> list[PlanSection]:
    """``questions`` dealt to the skills in turn, the first ones first."""
    base, extra = divmod(questions, len(chosen) or 1)
    shares = [min(base + (place < extra), each.questions) for place, each in enumerate(chosen)]
    return [
        PlanSection(questions=share, skills=(each.skill,))
        for each, share in zip(chosen, shares, strict=True)
        if share
    ]


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


def _supply(session: Session) -> dict[str, _Supply]:
    rows = session.execute(
        select(models.ItemSkill.skill_id, func.count(), func.avg(models.ItemRevision.seconds))
        .join(models.ItemRevision, models.ItemRevision.id == models.ItemSkill.revision_id)
        .join(models.Item, models.Item.id == models.ItemRevision.item_id)
        .join(models.ItemBank, models.ItemBank.id == models.Item.bank_id)
        .where(
            models.ItemRevision.is_current,
            models.Item.retired_at.is_(None),
            models.ItemBank.owner_id.is_(None),
        )
        .group_by(models.ItemSkill.skill_id)
    )
    return {skill: _Supply(count, float(seconds)) for skill, count, seconds in rows}


def _past_answers(session: Session, user_id: int) -> dict[str, list[PastAnswer]]:
    """The latest answers on each skill, the newest first."""
    rows = session.execute(
        select(
            models.ItemSkill.skill_id,
            models.Response.score,
            models.Response.saved_at,
            models.Response.seconds_spent,
            models.ItemRevision.seconds,
        )
        .join(models.Attempt, models.Attempt.id == models.Response.attempt_id)
        .join(models.ItemRevision, models.ItemRevision.id == models.Response.item_revision_id)
        .join(models.ItemSkill, models.ItemSkill.revision_id == models.ItemRevision.id)
        .where(
            models.Attempt.user_id == user_id,
            models.Attempt.finished_at.is_not(None),
            models.Response.value.is_not(None),
        )
        .order_by(models.Response.saved_at.desc())
        .limit(LATEST_RESPONSES)
    )
    found: dict[str, list[PastAnswer]] = defaultdict(list)
    for skill, score, saved_at, spent, expected in rows:
        if len(found[skill]) < ANSWERS_A_SKILL and saved_at is not None:
            found[skill].append(PastAnswer(score or 0.0, saved_at, spent or None, expected))
    return found
