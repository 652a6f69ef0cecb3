"""The items on a skill: how many there are, and how many of them a learner has met."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.db import models


class ItemsAt(NamedTuple):
    """How many items of one authored difficulty can be practised, and how many were ``seen``."""

    difficulty: int
    items: int
    seen: int


def of_skill(session: Session, user_id: int, skill_id: str) -> Sequence[ItemsAt]:
    """The items of that skill by difficulty, the easiest first, with what the person was asked."""
    known = {"user_id": user_id, "skill_id": skill_id}
    return [ItemsAt(*row) for row in session.connection().execute(_BY_DIFFICULTY, known)]


_response, _attempt, _revision, _skill, _item, _bank = (
    model.__table__.c
    for model in (
        models.Response,
        models.Attempt,
        models.ItemRevision,
        models.ItemSkill,
        models.Item,
        models.ItemBank,
    )
)
# From the learner's own attempts: an item that many people have met would take longer.
_SEEN = (
    select(_revision.item_id)
    .where(
        _attempt.user_id == bindparam("user_id"),
        _attempt.finished_at.is_not(None),
        _response.attempt_id == _attempt.id,
        _response.item_revision_id == _revision.id,
        _skill.revision_id == _revision.id,
        _skill.skill_id == bindparam("skill_id"),
    )
    .distinct()
    .subquery()
)
_BY_DIFFICULTY = (
    select(_revision.difficulty, func.count(), func.count(_SEEN.c.item_id))
    .select_from(models.ItemSkill.__table__)
    .join(models.ItemRevision.__table__, _revision.id == _skill.revision_id)
    .join(models.Item.__table__, _item.id == _revision.item_id)
    .join(models.ItemBank.__table__, _bank.id == _item.bank_id)
    .outerjoin(_SEEN, _SEEN.c.item_id == _item.id)
    .where(
        _skill.skill_id == bindparam("skill_id"),
        _revision.is_current,
        _revision.points > 0,
        _item.retired_at.is_(None),
        _bank.is_practised,
    )
    .group_by(_revision.difficulty)
    .order_by(_revision.difficulty)
)
