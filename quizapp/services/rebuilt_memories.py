"""Memories of items made anew from the answers that are stored."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.skill_model import LEARNER
from quizapp.services import evidence, memories
from quizapp.services.memories import ScoredAnswer


def rebuild(session: Session, user_id: int) -> None:
    """The learner's memories are what their answers have left, in the order of evidence."""
    memories.rebuild(
        session,
        user_id,
        (
            ScoredAnswer(each.item_id, each.observation.score, each.observation.answered_at)
            for each in evidence.of_learner(session, user_id)
        ),
    )


def missing(session: Session) -> Sequence[int]:
    """Ids of learners who have answered, and have no memory: from before there were memories."""
    return session.scalars(_WITHOUT).all()


_WITHOUT = (
    select(models.SkillBelief.user_id)
    .where(
        models.SkillBelief.node == LEARNER,
        ~exists().where(models.ItemMemory.user_id == models.SkillBelief.user_id),
    )
    .order_by(models.SkillBelief.user_id)
)
