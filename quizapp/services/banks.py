"""Item banks: publishing items as revisions, and the pool that attempts draw from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, defer

from quizapp.db import models
from quizapp.domain.assembly import PlanSection, PoolItem, QuizPlan
from quizapp.domain.errors import ConflictError
from quizapp.domain.items import LEVELS, Item, Level
from quizapp.domain.reading import QuizFields, SetHeader


@dataclass(frozen=True)
class Published:
    """What publishing changed: numbers of items, and the bank."""

    bank: models.ItemBank
    added: int
    revised: int
    retired: int
    unchanged: int

    @property
    def has_changed(self) -> bool:
        return bool(self.added or self.revised or self.retired)


def publish(
    session: Session,
    header: SetHeader,
    items: Sequence[Item],
    owner_id: int | None,
    now: datetime,
) -> Published:
    """The bank holds exactly ``items``: unchanged ones keep their revision, missing ones retire.

    Raises ConflictError when the bank belongs to somebody else.
    """
    bank = _bank(session, header, owner_id, now)
    known = {row.slug: row for row in session.scalars(_items_of(bank.id))}
    hashes = _current_hashes(session, bank.id)
    added = revised = 0
    for item in items:
        row = known.get(item.slug)
        if row is None:
            row = models.Item(bank_id=bank.id, slug=item.slug)
            session.add(row)
            session.flush()
            added += 1
        elif row.retired_at is not None or hashes.get(row.id) != item.content_hash():
            revised += 1
        row.retired_at = None
        if hashes.get(row.id) != item.content_hash():
            _make_current(session, row, item, now)
    retired = _retire(known, {item.slug for item in items}, now)
    _publish_quizzes(session, bank, header, items, now)
    unchanged = len(items) - added - revised
    return Published(bank, added, revised, retired, unchanged)


def pool(session: Session, user_id: int) -> tuple[PoolItem, ...]:
    """Every item that may be drawn, with how often this learner has met it."""
    seen = _times_seen(session, user_id)
    skills = _skills_by_revision(session)
    rows = session.execute(
        select(models.ItemRevision, models.ItemBank.slug)
        .join(models.ItemRevision.item)
        .join(models.Item.bank)
        .where(models.ItemRevision.is_current, models.Item.retired_at.is_(None))
        .options(defer(models.ItemRevision.content))
        .order_by(models.ItemRevision.id)
    )
    return tuple(
        PoolItem(
            item_id=revision.item_id,
            revision_id=revision.id,
            bank=slug,
            skills=tuple(skills[revision.id]),
            level=_level(revision.level),
            seconds=revision.seconds,
            points=revision.points,
            times_seen=seen.get(revision.item_id, 0),
        )
        for revision, slug in rows
    )


def parsed(content_hash: str, content: Mapping[str, Any]) -> Item:
    """The item of a stored revision; parsed once in a process, because revisions never change."""
    return _parsed(_Content(content_hash, content))


@dataclass(frozen=True)
class _Content:
    content_hash: str
    content: Mapping[str, Any] = field(compare=False)


@lru_cache(maxsize=4096)
def _parsed(stored: _Content) -> Item:
    return Item.parse(stored.content)


def _bank(
    session: Session, header: SetHeader, owner_id: int | None, now: datetime
) -> models.ItemBank:
    """The bank of that id, held so that whoever publishes it at the same time waits."""
    bank = session.scalar(_held_bank(header.id)) or _new_bank(session, header, owner_id, now)
    if bank.owner_id != owner_id:
        raise ConflictError(
            f"The id `{header.id}` is taken by another bank. Choose another `id` for this set."
        )
    bank.title, bank.description, bank.updated_at = header.title, header.description, now
    session.flush()
    return bank


def _new_bank(
    session: Session, header: SetHeader, owner_id: int | None, now: datetime
) -> models.ItemBank:
    """A stored bank of that id; the one of whoever was faster, where somebody was."""
    bank = models.ItemBank(
        slug=header.id, title=header.title, owner_id=owner_id, created_at=now, updated_at=now
    )
    try:
        with session.begin_nested():
            session.add(bank)
    except IntegrityError:
        return session.scalars(_held_bank(header.id)).one()
    return bank


def _held_bank(slug: str) -> Select[models.ItemBank]:
    query = select(models.ItemBank).where(models.ItemBank.slug == slug)
    return query.with_for_update(key_share=True)


def _items_of(bank_id: int) -> Any:
    return select(models.Item).where(models.Item.bank_id == bank_id)


def _current_hashes(session: Session, bank_id: int) -> dict[int, str]:
    rows = session.execute(
        select(models.ItemRevision.item_id, models.ItemRevision.content_hash)
        .join(models.ItemRevision.item)
        .where(models.Item.bank_id == bank_id, models.ItemRevision.is_current)
    )
    return dict(rows.all())


def _make_current(session: Session, row: models.Item, item: Item, now: datetime) -> None:
    """The revision with the content of ``item`` is the current one; made when it is new."""
    of_item = models.ItemRevision.item_id == row.id
    session.execute(update(models.ItemRevision).where(of_item).values(is_current=False))
    content_hash = item.content_hash()
    earlier = session.scalar(
        select(models.ItemRevision).where(of_item, models.ItemRevision.content_hash == content_hash)
    )
    if earlier is not None:
        earlier.is_current = True
        return
    last = session.scalar(select(func.max(models.ItemRevision.number)).where(of_item)) or 0
    session.add(_revision(row.id, last + 1, item, content_hash, now))
    session.flush()


def _revision(
    item_id: int, number: int, item: Item, content_hash: str, now: datetime
) -> models.ItemRevision:
    return models.ItemRevision(
        item_id=item_id,
        number=number,
        is_current=True,
        content_hash=content_hash,
        content=item.export(),
        kind=item.question.kind,
        level=item.fields.level,
        difficulty=item.fields.difficulty,
        seconds=item.fields.seconds,
        points=item.fields.points,
        created_at=now,
        skills=[
            models.ItemSkill(skill_id=skill, position=position)
            for position, skill in enumerate(dict.fromkeys(item.fields.skills))
        ],
    )


def _retire(known: Mapping[str, models.Item], present: set[str], now: datetime) -> int:
    missing = [row for slug, row in known.items() if slug not in present and not row.retired_at]
    for row in missing:
        row.retired_at = now
    return len(missing)


def _publish_quizzes(
    session: Session,
    bank: models.ItemBank,
    header: SetHeader,
    items: Sequence[Item],
    now: datetime,
) -> None:
    """The bank's quizzes are those of ``header``, or one over everything; others retire."""
    wanted = header.quizzes or (_quiz_over_all(header, items),)
    rows = session.scalars(select(models.Quiz).where(models.Quiz.bank_id == bank.id))
    known = {row.slug: row for row in rows}
    for fields in wanted:
        slug = fields.id if fields.id == bank.slug else f"{bank.slug}-{fields.id}"
        row = known.pop(slug, None) or _new_quiz(session, slug, now)
        row.bank_id, row.retired_at = bank.id, None
        row.title, row.description = fields.title, fields.description
        row.plan = _plan(bank.slug, fields).model_dump(mode="json")
        session.add(row)
    for row in known.values():
        row.retired_at = row.retired_at or now


def _new_quiz(session: Session, slug: str, now: datetime) -> models.Quiz:
    """A quiz yet to be described. Raises ConflictError when its address leads elsewhere."""
    if session.scalar(select(models.Quiz.id).where(models.Quiz.slug == slug)) is not None:
        raise ConflictError(
            f"There is another quiz at /quizzes/{slug}. Choose another `id` for this one."
        )
    return models.Quiz(slug=slug, kind="ready-made", created_at=now)


def _quiz_over_all(header: SetHeader, items: Sequence[Item]) -> QuizFields:
    count = max(1, min(len(items), 20))
    seconds = sum(item.fields.seconds for item in items) / max(1, len(items)) * count
    minutes = max(1, min(600, round(seconds / 60 + 0.49)))
    return QuizFields(id=header.id, title=header.title, questions=count, minutes=minutes)


def _plan(bank: str, fields: QuizFields) -> QuizPlan:
    section = PlanSection(
        questions=fields.questions, bank=bank, skills=fields.skills, levels=fields.levels
    )
    return QuizPlan(sections=(section,), minutes=fields.minutes)


def _times_seen(session: Session, user_id: int) -> dict[int, int]:
    rows = session.execute(
        select(models.ItemRevision.item_id, func.count())
        .join(models.Response, models.Response.item_revision_id == models.ItemRevision.id)
        .join(models.Attempt, models.Attempt.id == models.Response.attempt_id)
        .where(models.Attempt.user_id == user_id)
        .group_by(models.ItemRevision.item_id)
    )
    return dict(rows.all())


def _skills_by_revision(session: Session) -> Mapping[int, list[str]]:
    rows = session.execute(
        select(models.ItemSkill.revision_id, models.ItemSkill.skill_id)
        .join(models.ItemRevision, models.ItemRevision.id == models.ItemSkill.revision_id)
        .where(models.ItemRevision.is_current)
        .order_by(models.ItemSkill.revision_id, models.ItemSkill.position)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for revision_id, skill_id in rows:
        found[revision_id].append(skill_id)
    return found


def _level(text: str) -> Level:
    return next(level for level in LEVELS if level == text)
