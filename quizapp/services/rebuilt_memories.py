"""Memories of items made anew from the answers that are stored."""

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.skill_model import LEARNER
from quizapp.services import evidence, memories
from quizapp.services.evidence import Evidence
from quizapp.services.memories import ScoredAnswer


def rebuild(session: Session, user_id: int) -> None:
    """The learner's memories are what their answers have left, in the order of evidence."""
    rebuild_from(session, user_id, evidence.of_learner(session, user_id))


def rebuild_from(session: Session, user_id: int, seen: Iterable[Evidence]) -> None:
    """The same where all evidence on the learner was ``seen`` already."""
    answers = (
        ScoredAnswer(each.item_id, each.observation.score, each.observation.answered_at)
        for each in seen
    )
    memories.rebuild(session, user_id, answers)


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
