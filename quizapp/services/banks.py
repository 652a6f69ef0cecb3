"""Item banks: publishing items as revisions, and the pool that attempts draw from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError
from quizapp.domain.items import Item
from quizapp.domain.reading import SetHeader
from quizapp.domain.taxonomy import Taxonomy
from quizapp.services import bank_addresses, bank_quizzes, draws, revisions, taxonomies

MOST_PARSED = 4096
_parsed: dict[str, Item] = {}
"""Items by their content's hash."""


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
    revisions.put_in_order(session, bank.id, items)
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
        bank.edition = models.new_edition()
        bank_quizzes.retire(session, bank.id, now)
        withdrawn.append(Published(**vars(found.changes), bank=bank))
    return tuple(each for each in withdrawn if each.has_changed)


def parsed(content_hash: str, content: Mapping[str, Any]) -> Item:
    """The item of a stored revision; parsed once in a process, because revisions never change."""
    item = _parsed.get(content_hash)
    if item is None:
        if len(_parsed) >= MOST_PARSED:
            _parsed.clear()
        item = _parsed[content_hash] = Item.parse(content)
    return item


def item_of(session: Session, content_hash: str, draw: str | None) -> Item:
    """The item of that hash, which some revision has, with the numbers of a stored ``draw``.

    Read from the database only once.
    """
    item = _parsed.get(content_hash)
    if item is None:
        of_hash = models.ItemRevision.content_hash == content_hash
        content = session.scalars(select(models.ItemRevision.content).where(of_hash).limit(1)).one()
        item = parsed(content_hash, content)
    return item if draw is None else draws.with_numbers(content_hash, item, draw)


def _bank(
    session: Session, header: SetHeader, owner_id: int | None, now: datetime
) -> models.ItemBank:
    """The bank of that id, held so that whoever publishes it at the same time waits."""
    bank = session.scalar(_held_bank(header.id))
    if bank is not None and owner_id is None and bank.owner_id is not None:
        bank_addresses.move(session, bank)
        bank = None
    if bank is None:
        bank = _new_bank(session, header, owner_id, now)
    else:
        bank.edition = models.new_edition()
    _refuse_bank_of_another(bank, owner_id)
    bank.title, bank.description, bank.updated_at = header.title, header.description, now
    bank.is_practised = header.practice and owner_id is None
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
        bank = session.scalars(_held_bank(header.id)).one()
        bank.edition = models.new_edition()
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
