"""What attempts draw from: every item that is asked now, and how often a learner has met it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import compress
from typing import TypeAlias
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, and_, bindparam, case, func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import scheduling
from quizapp.domain.assembly import PoolItem
from quizapp.domain.items import LEVELS
from quizapp.domain.question_types.code import Code
from quizapp.services import runner_state
from quizapp.services.runner_state import Runnable

Editions: TypeAlias = tuple[tuple[int, int], ...]
"""Id and edition of every bank."""
LIBRARY = models.ItemRevision.content["library"].as_string()
"""What such a program imports, or NULL."""


@dataclass(frozen=True)
class Supply:
    """What may be drawn now, and what may not since its programs cannot be run."""

    items: tuple[PoolItem, ...]
    left_out: tuple[PoolItem, ...] = ()


@dataclass(frozen=True)
class _Kept:
    """The pool of one database, with or without what cannot be run, and its editions."""

    editions: Editions
    runnable: Runnable
    found: tuple[PoolItem, ...]
    supply: Supply


_kept: WeakKeyDictionary[Engine | Connection, _Kept] = WeakKeyDictionary()


def pool(session: Session, user_id: int, now: datetime) -> tuple[PoolItem, ...]:
    """Every item that may be drawn, with how often and when this learner has met it, and since when
    it is due.
    """
    known = {"user_id": user_id, "due_until": scheduling.due_until(now)}
    seen = {row.item_id: row for row in session.execute(_SEEN, known)}
    return tuple(
        replace(item, times_seen=row.times, seen_at=row.seen_at, due_at=row.due_at)
        if (row := seen.get(item.item_id))
        else item
        for item in items(session)
    )


def items(session: Session) -> tuple[PoolItem, ...]:
    """The pool as nobody has met it; read anew only when a bank has changed."""
    return supply(session).items


def supply(session: Session) -> Supply:
    """The pool as nobody has met it, and what is not in it at present."""
    editions = tuple((row[0], row[1]) for row in session.execute(_EDITIONS))
    kept = _kept.get(session.get_bind())
    runnable = runner_state.runnable(session)
    if kept is None or kept.editions != editions:
        kept = _sorted_out(editions, runnable, _read(session))
    elif kept.runnable != runnable:
        kept = _sorted_out(editions, runnable, kept.found)
    _kept[session.get_bind()] = kept
    return kept.supply


def _sorted_out(editions: Editions, runnable: Runnable, found: tuple[PoolItem, ...]) -> _Kept:
    can_be_asked = [item.kind != Code.kind or runnable.has(item.library) for item in found]
    asked = tuple(compress(found, can_be_asked))
    left_out = tuple(compress(found, (not each for each in can_be_asked)))
    return _Kept(editions, runnable, found, Supply(asked, left_out))


def _read(session: Session) -> tuple[PoolItem, ...]:
    skills, rows = _skills_by_revision(session), session.execute(_DRAWABLE)
    return tuple(
        PoolItem(
            item_id=item_id,
            revision_id=revision_id,
            bank=bank,
            is_practised=is_practised,
            skills=tuple(skills[revision_id]),
            level=next(each for each in LEVELS if each == level),
            seconds=seconds,
            points=points,
            times_seen=0,
            template_hash=template_hash,
            kind=kind,
            library=library,
        )
        for (
            revision_id,
            item_id,
            bank,
            is_practised,
            level,
            seconds,
            points,
            template_hash,
            kind,
            library,
        ) in rows
    )


def _skills_by_revision(session: Session) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for revision_id, skill_id in session.execute(_SKILLS):
        found[revision_id].append(skill_id)
    return found


_EDITIONS = select(models.ItemBank.id, models.ItemBank.edition).order_by(models.ItemBank.id)
_DRAWABLE = (
    select(
        models.ItemRevision.id,
        models.ItemRevision.item_id,
        models.ItemBank.slug,
        models.ItemBank.is_practised,
        models.ItemRevision.level,
        models.ItemRevision.seconds,
        models.ItemRevision.points,
        case(
            (
                models.ItemRevision.content["parameters"].as_string().is_not(None),
                models.ItemRevision.content_hash,
            )
        ),
        models.ItemRevision.kind,
        LIBRARY,
    )
    .join(models.ItemRevision.item)
    .join(models.Item.bank)
    .where(models.ItemRevision.is_current, models.Item.retired_at.is_(None))
    .order_by(models.ItemBank.id, models.Item.position, models.ItemRevision.id)
)
_SKILLS = (
    select(models.ItemSkill.revision_id, models.ItemSkill.skill_id)
    .join(models.ItemRevision, models.ItemRevision.id == models.ItemSkill.revision_id)
    .where(models.ItemRevision.is_current)
    .order_by(models.ItemSkill.revision_id, models.ItemSkill.position)
)
_SEEN = (
    select(
        models.ItemRevision.item_id,
        func.count().label("times"),
        func.max(models.Attempt.started_at).label("seen_at"),
        func.max(models.ItemMemory.due_at).label("due_at"),
    )
    .join(models.Response, models.Response.item_revision_id == models.ItemRevision.id)
    .join(models.Attempt, models.Attempt.id == models.Response.attempt_id)
    .outerjoin(
        models.ItemMemory,
        and_(
            models.ItemMemory.user_id == models.Attempt.user_id,
            models.ItemMemory.item_id == models.ItemRevision.item_id,
            models.ItemMemory.due_at < bindparam("due_until"),
        ),
    )
    .where(models.Attempt.user_id == bindparam("user_id"))
    .group_by(models.ItemRevision.item_id)
)
