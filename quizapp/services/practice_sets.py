"""Practice sets on one skill, with others mixed in: how long they are, and starting one."""

from collections.abc import Sequence
from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import practice_sets
from quizapp.domain.assembly import PoolItem
from quizapp.domain.errors import ConflictError
from quizapp.domain.mastery import Estimate
from quizapp.domain.practice_sets import SetLength
from quizapp.domain.taxonomy import Skill
from quizapp.services import pools, practice_stock, quizzes, skills


def length(pool: Sequence[PoolItem], skill_id: str, estimate: Estimate) -> SetLength:
    """How long a set on that skill is for somebody of that ``estimate``."""
    found = practice_stock.of(pool)
    stock = found.of(skill_id)
    return practice_sets.length(estimate.value, stock.items, stock.seconds, found.elsewhere.seconds)


def start(
    session: Session, user_id: int, skill: Skill, now: datetime, rng: Random
) -> models.Attempt:
    """A set on ``skill`` of the length that fits the person; raises what ``quizzes.practise`` does,
    and ConflictError where there is nothing to practise.
    """
    estimate = skills.outlook(session, user_id, now).estimate(skill.id)
    wanted = length(pools.items(session), skill.id, estimate)
    if not wanted.own:
        raise ConflictError("There is no question on this skill yet.")
    plan = practice_sets.plan(skill.id, wanted)
    return quizzes.practise(session, user_id, plan, f"Practice: {skill.name}", now, rng)
