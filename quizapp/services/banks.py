"""Item banks: publishing items as revisions, and the pool that attempts draw from."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.assembly import PoolItem
from quizapp.domain.errors import ConflictError
from quizapp.domain.items import LEVELS, Item, Level
from quizapp.domain.reading import SetHeader
from quizapp.domain.taxonomy import Taxonomy
from quizapp.services import bank_addresses, bank_quizzes, revisions, taxonomies


@dataclass(frozen=True)
class Changes:
    """How many items of a bank publishing changes; an item that comes back is a revised one."""

    added: int
    revised: int
    retired: int
    unchanged: int

    @property
    def has_changed(self) -> bool:
        return bool(self.added or self.revised or self.retired)

    def __str__(self) -> str:
        """``2 new, 1 revised``: what is not nought."""
        counts = {
            "new": self.added,
            "revised": self.revised,
            "withdrawn": self.retired,
            "unchanged": self.unchanged,
        }
        return ", ".join(f"{count} {word}" for word, count in counts.items() if count)


@dataclass(frozen=True)
class Published(Changes):
    """What publishing changed, and the bank."""

    bank: models.ItemBank


@dataclass(frozen=True)
class Comparison:
    """A set of items beside the bank of its id, which is None where there is none yet."""

    bank: models.ItemBank | None
    new: tuple[Item, ...]
    revised: tuple[tuple[models.Item, Item], ...]
    missing: tuple[models.Item, ...]
    unchanged: int

    @property
    def changes(self) -> Changes:
        return Changes(len(self.new), len(self.revised), len(self.missing), self.unchanged)


def compare(
    session: Session,
    taxonomy: Taxonomy,
    header: SetHeader,
    items: Sequence[Item],
    owner_id: int,
) -> Comparison:
    """What ``publish`` of an instructor's set would change. Raises ConflictError as it would."""
    bank = session.scalar(select(models.ItemBank).where(models.ItemBank.slug == header.id))
    _refuse_bank_of_another(bank, owner_id)
    bank_addresses.refuse_taken(session, bank_quizzes.addresses(header), bank.id if bank else None)
    return _compared(session, bank, _with_present_skills(items, taxonomy))


def publish(
    session: Session,
    header: SetHeader,
    items: Sequence[Item],
    owner_id: int | None,
    now: datetime,
) -> Published:
    """The bank holds exactly ``items``: unchanged ones keep their revision, missing ones retire.

    Raises ConflictError when the bank belongs to somebody else; our own banks (of no owner) win
    over an instructor's, which moves to another id.
    """
    taxonomy = taxonomies.current(session)
    bank = _bank(session, header, owner_id, now)
    found = _compared(session, bank, _with_present_skills(items, taxonomy))
    revisions.add(session, bank.id, found.new, now)
    revisions.revise(session, found.revised, now)
    _retire(found.missing, now)
    bank_quizzes.publish(session, bank, header, items, taxonomy, now)
    return Published(**vars(found.changes), bank=bank)


def withdraw_others(
    session: Session, present: Collection[str], now: datetime
) -> tuple[Published, ...]:
    """Of our own banks only those ``present`` are drawn from and have quizzes; what that changed.

    What attempts hold of the others stays as it was.
    """
    others = session.scalars(
        select(models.ItemBank)
        .where(models.ItemBank.owner_id.is_(None), models.ItemBank.slug.not_in(present))
        .order_by(models.ItemBank.id)
    ).all()
    withdrawn = []
    for bank in others:
        found = _compared(session, bank, ())
        _retire(found.missing, now)
        bank_quizzes.retire(session, bank.id, now)
        withdrawn.append(Published(**vars(found.changes), bank=bank))
    return tuple(each for each in withdrawn if each.has_changed)


def pool(session: Session, user_id: int) -> tuple[PoolItem, ...]:
    """Every item that may be drawn, with how often this learner has met it."""
    seen = _times_seen(session, user_id)
    skills = _skills_by_revision(session)
    return tuple(
        PoolItem(
            item_id=item_id,
            revision_id=revision_id,
            bank=bank,
            is_own=is_own,
            skills=tuple(skills[revision_id]),
            level=_level(level),
            seconds=seconds,
            points=points,
            times_seen=seen.get(item_id, 0),
        )
        for revision_id, item_id, bank, is_own, level, seconds, points in session.execute(
            _drawable()
        )
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
    bank = session.scalar(_held_bank(header.id))
    if bank is not None and owner_id is None and bank.owner_id is not None:
        bank_addresses.move(session, bank)
        bank = None
    bank = bank or _new_bank(session, header, owner_id, now)
    _refuse_bank_of_another(bank, owner_id)
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
    return query.with_for_update(key_share=True).execution_options(populate_existing=True)


def _refuse_bank_of_another(bank: models.ItemBank | None, owner_id: int | None) -> None:
    if bank is not None and bank.owner_id != owner_id:
        raise ConflictError(
            f"The id `{bank.slug}` is taken by another bank. Choose another `id`, or rename a file "
            "that has none."
        )


def _with_present_skills(items: Sequence[Item], taxonomy: Taxonomy) -> tuple[Item, ...]:
    """``items`` with the present ids of skills that were renamed."""
    return tuple(
        _with_skills(item, tuple(map(taxonomy.resolve, item.fields.skills))) for item in items
    )


def _with_skills(item: Item, skills: tuple[str, ...]) -> Item:
    if skills == item.fields.skills:
        return item
    return replace(item, fields=item.fields.model_copy(update={"skills": skills}))


def _compared(session: Session, bank: models.ItemBank | None, items: Sequence[Item]) -> Comparison:
    known = revisions.current(session, bank.id) if bank else {}
    new = tuple(item for item in items if item.slug not in known)
    revised = tuple(
        (known[item.slug][0], item)
        for item in items
        if item.slug in known and _differs(item, *known[item.slug])
    )
    present = {item.slug for item in items}
    missing = tuple(
        row for slug, (row, _) in known.items() if slug not in present and not row.retired_at
    )
    return Comparison(bank, new, revised, missing, len(items) - len(new) - len(revised))


def _differs(item: Item, row: models.Item, content_hash: str) -> bool:
    return row.retired_at is not None or item.content_hash() != content_hash


def _retire(rows: Sequence[models.Item], now: datetime) -> None:
    for row in rows:
        row.retired_at = now


def _drawable() -> Select[int, int, str, bool, str, int, float]:
    """Columns alone: rows as objects would cost each start of an attempt most of its time."""
    revision = models.ItemRevision
    return (
        select(
            revision.id,
            revision.item_id,
            models.ItemBank.slug,
            models.ItemBank.owner_id.is_(None),
            revision.level,
            revision.seconds,
            revision.points,
        )
        .join(revision.item)
        .join(models.Item.bank)
        .where(revision.is_current, models.Item.retired_at.is_(None))
        .order_by(revision.id)
    )


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
