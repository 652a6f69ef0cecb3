"""The items on a skill: how many there are, and how many a learner has answered and has due."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, case, func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import scheduling


class ItemsAt(NamedTuple):
    """How many items of one authored difficulty can be practised; how many of them have a memory
    and how many are due.
    """

    difficulty: int
    items: int
    memories: int
    due: int


class Remembered(NamedTuple):
    """How many items on a skill have a memory, and how many are due."""

    memories: int
    due: int


def of_skill(session: Session, user_id: int, skill_id: str, now: datetime) -> Sequence[ItemsAt]:
    """The items of that skill by difficulty, the easiest first, with the person's memories."""
    known = {"user_id": user_id, "skill_id": skill_id, "due_until": scheduling.due_until(now)}
    return [ItemsAt(*row) for row in session.connection().execute(_BY_DIFFICULTY, known)]


def remembered(session: Session, user_id: int, now: datetime) -> Mapping[str, Remembered]:
    """By skill that has any the person's memories of items that are still asked."""
    known = {"user_id": user_id, "due_until": scheduling.due_until(now)}
    rows = session.connection().execute(_BY_SKILL, known)
    return {skill_id: Remembered(memories, due) for skill_id, memories, due in rows}


_memory, _revision, _skill, _item, _bank = (
    model.__table__.c
    for model in (
        models.ItemMemory,
        models.ItemRevision,
        models.ItemSkill,
        models.Item,
        models.ItemBank,
    )
)
_MEMORIES = func.count(_memory.item_id)
_DUE = func.count(case((_memory.due_at < bindparam("due_until"), _memory.item_id)))
_BY_DIFFICULTY = (
    select(_revision.difficulty, func.count(), _MEMORIES, _DUE)
    .select_from(models.ItemSkill.__table__)
    .join(models.ItemRevision.__table__, _revision.id == _skill.revision_id)
    .join(models.Item.__table__, _item.id == _revision.item_id)
    .join(models.ItemBank.__table__, _bank.id == _item.bank_id)
    .outerjoin(
        models.ItemMemory.__table__,
        and_(_memory.user_id == bindparam("user_id"), _memory.item_id == _item.id),
    )
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
_BY_SKILL = (
    select(_skill.skill_id, _MEMORIES, _DUE)
    .select_from(models.ItemMemory.__table__)
    .join(models.Item.__table__, _item.id == _memory.item_id)
    .join(models.ItemRevision.__table__, _revision.item_id == _item.id)
    .join(models.ItemSkill.__table__, _skill.revision_id == _revision.id)
    .where(
        _memory.user_id == bindparam("user_id"), _revision.is_current, _item.retired_at.is_(None)
    )
    .group_by(_skill.skill_id)
)
