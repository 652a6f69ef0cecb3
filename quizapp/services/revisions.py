"""Items as revisions that never change: a new item has one, a changed one another."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.items import Item
from quizapp.services import images


class _Draft(NamedTuple):
    item_id: int
    number: int
    item: Item


def current(session: Session, bank_id: int) -> dict[str, tuple[models.Item, str]]:
    """Every item that the bank has had by its slug, with the hash of its current content."""
    rows = session.execute(
        select(models.Item, models.ItemRevision.content_hash)
        .join(models.ItemRevision, models.ItemRevision.item_id == models.Item.id)
        .where(models.Item.bank_id == bank_id, models.ItemRevision.is_current)
        .execution_options(populate_existing=True)
    )
    return {row.slug: (row, content_hash) for row, content_hash in rows}


def add(session: Session, bank_id: int, items: Sequence[Item], now: datetime) -> None:
    """The bank holds ``items`` as well, each in its first revision and as they stand here."""
    if not items:
        return
    session.execute(
        insert(models.Item),
        [
            {"bank_id": bank_id, "slug": item.slug, "position": place}
            for place, item in enumerate(items)
        ],
    )
    rows = session.execute(
        select(models.Item.slug, models.Item.id).where(models.Item.bank_id == bank_id)
    )
    ids = dict(rows.all())
    _insert(session, [_Draft(ids[item.slug], 1, item) for item in items], now)


def revise(session: Session, changed: Sequence[tuple[models.Item, Item]], now: datetime) -> None:
    """Each of these items is drawn and says what stands beside it.

    Content that it had before brings back its revision; other content makes the next one.
    """
    if not changed:
        return
    former, last = _former(session, [row.id for row, _ in changed])
    keys = [(row.id, item.content_hash()) for row, item in changed]
    _make_current(session, list(last), [former[key] for key in keys if key in former])
    for row, _ in changed:
        row.retired_at = None
    new = [
        _Draft(row.id, last[row.id] + 1, item)
        for key, (row, item) in zip(keys, changed, strict=True)
        if key not in former
    ]
    _insert(session, new, now)


def put_in_order(session: Session, bank_id: int, items: Sequence[Item]) -> None:
    """The bank's items stand in the order of ``items``, which are all that it has now."""
    places = {item.slug: place for place, item in enumerate(items)}
    known = session.execute(
        select(models.Item.id, models.Item.slug, models.Item.position).where(
            models.Item.bank_id == bank_id
        )
    )
    moved = [
        {"id": row.id, "position": places[row.slug]}
        for row in known
        if row.slug in places and places[row.slug] != row.position
    ]
    if moved:
        session.execute(update(models.Item), moved)


def _former(
    session: Session, item_ids: Sequence[int]
) -> tuple[dict[tuple[int, str], int], dict[int, int]]:
    """Ids of all revisions by item and content, and the last number of each item."""
    revision = models.ItemRevision
    rows = session.execute(
        select(revision.item_id, revision.content_hash, revision.id, revision.number)
        .where(revision.item_id.in_(item_ids))
        .order_by(revision.number)
    ).all()
    by_content = {(item_id, content_hash): id_ for item_id, content_hash, id_, _ in rows}
    return by_content, {item_id: number for item_id, _, _, number in rows}


def _make_current(session: Session, item_ids: Sequence[int], revision_ids: Sequence[int]) -> None:
    """Of the revisions of these items, those alone are current."""
    of_items = models.ItemRevision.item_id.in_(item_ids)
    chosen = models.ItemRevision.id.in_(revision_ids)
    session.execute(update(models.ItemRevision).where(of_items).values(is_current=False))
    session.execute(update(models.ItemRevision).where(chosen).values(is_current=True))


def _insert(session: Session, drafts: Sequence[_Draft], now: datetime) -> None:
    """Each draft is the current revision of its item: four statements, however many there are."""
    if not drafts:
        return
    session.execute(insert(models.ItemRevision), [_columns(draft, now) for draft in drafts])
    rows = session.execute(
        select(models.ItemRevision.item_id, models.ItemRevision.id).where(
            models.ItemRevision.item_id.in_([draft.item_id for draft in drafts]),
            models.ItemRevision.is_current,
        )
    )
    ids = dict(rows.all())
    skills = [
        {"revision_id": ids[draft.item_id], "skill_id": skill, "position": position}
        for draft in drafts
        for position, skill in enumerate(dict.fromkeys(draft.item.fields.skills))
    ]
    session.execute(insert(models.ItemSkill), skills)
    images.note_shown(session, ((ids[draft.item_id], draft.item) for draft in drafts))


def _columns(draft: _Draft, now: datetime) -> dict[str, Any]:
    fields = draft.item.fields
    return {
        "item_id": draft.item_id,
        "number": draft.number,
        "is_current": True,
        "content_hash": draft.item.content_hash(),
        "content": draft.item.export(),
        "kind": draft.item.question.kind,
        "level": fields.level,
        "difficulty": fields.difficulty,
        "seconds": fields.seconds,
        "points": draft.item.points,
        "created_at": now,
    }
