"""What of an attempt never changes while it exists: whose it is, its questions, their order.

Kept in the process, so that a save need not ask for it: whatever is stored by it names the seed and
the revision, and an attempt that has neither is not touched.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from random import Random
from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import NotFoundError
from quizapp.domain.interactions import Interaction
from quizapp.domain.items import Item
from quizapp.services import banks

MOST_KEPT = 10_000
REVISIONS_KEPT = 20_000


class Asked(NamedTuple):
    """What is asked at a position: an item's revision, and the numbers drawn for it."""

    revision_id: int
    content_hash: str
    draw: str | None


@dataclass(frozen=True, slots=True)
class Layout:
    """``asked`` is in the order of positions, which count from 1."""

    user_id: int
    seed: int
    started_at: datetime
    asked: tuple[Asked, ...]

    def has(self, position: int) -> bool:
        return 1 <= position <= len(self.asked)

    def at(self, position: int) -> Asked:
        """What is asked at ``position``. Raises NotFoundError."""
        if not self.has(position):
            raise NotFoundError("There is no such question in your attempts.")
        return self.asked[position - 1]


class _Kept:
    """The layouts of one database that were used last."""

    def __init__(self) -> None:
        self._layouts: OrderedDict[int, Layout] = OrderedDict()
        self._lock = Lock()

    def get(self, attempt_id: int) -> Layout | None:
        with self._lock:
            layout = self._layouts.get(attempt_id)
            if layout is not None:
                self._layouts.move_to_end(attempt_id)
            return layout

    def put(self, attempt_id: int, layout: Layout) -> None:
        with self._lock:
            self._layouts[attempt_id] = layout
            if len(self._layouts) > MOST_KEPT:
                self._layouts.popitem(last=False)


_kept: WeakKeyDictionary[Engine | Connection, _Kept] = WeakKeyDictionary()

_LAYOUT = (
    select(
        models.Attempt.user_id,
        models.Attempt.seed,
        models.Attempt.started_at,
        models.Response.item_revision_id,
        models.ItemRevision.content_hash,
        models.Response.draw,
    )
    .join(models.Response, models.Response.attempt_id == models.Attempt.id)
    .join(models.ItemRevision, models.ItemRevision.id == models.Response.item_revision_id)
    .order_by(models.Response.position)
)


def of(session: Session, attempt_id: int) -> Layout:
    """The layout of that attempt, perhaps of one of its id that is gone. Raises NotFoundError."""
    kept = _kept.setdefault(session.get_bind(), _Kept())
    layout = kept.get(attempt_id)
    return read(session, attempt_id) if layout is None else layout


def read(session: Session, attempt_id: int) -> Layout:
    """The layout of that attempt as it is stored now. Raises NotFoundError."""
    rows = session.execute(_LAYOUT.where(models.Attempt.id == attempt_id)).all()
    if not rows:
        raise NotFoundError("There is no such attempt among yours.")
    user_id, seed, started_at, *_ = rows[0]
    layout = Layout(user_id, seed, started_at, tuple(_asked(*row[3:]) for row in rows))
    _kept.setdefault(session.get_bind(), _Kept()).put(attempt_id, layout)
    return layout


def _asked(revision_id: int, content_hash: str, draw: str | None) -> Asked:
    return (
        _shared(revision_id, content_hash)
        if draw is None
        else Asked(revision_id, content_hash, draw)
    )


@lru_cache(maxsize=REVISIONS_KEPT)
def _shared(revision_id: int, content_hash: str) -> Asked:
    """The same object for all layouts that hold it: ten thousand layouts take 4 MB, not 50."""
    return Asked(revision_id, content_hash, None)


def shown_at(session: Session, layout: Layout, position: int) -> Interaction:
    """The interaction at ``position``, in this attempt's order. Raises NotFoundError."""
    _, content_hash, draw = layout.at(position)
    return shown_of(session, content_hash, draw, layout.seed, position)


def shown_of(
    session: Session, content_hash: str, draw: str | None, seed: int, position: int
) -> Interaction:
    """The interaction of the item of that hash with those numbers, in the order of the attempt of
    that seed.
    """
    place = (content_hash, draw, seed, position)
    found = _shown.get(place)
    if found is None:
        if len(_shown) >= MOST_SHOWN:
            _shown.clear()
        item = banks.item_of(session, content_hash, draw)
        found = _shown[place] = shown(item, seed, position)
    return found


MOST_SHOWN = 4_000
_shown: dict[tuple[str, str | None, int, int], Interaction] = {}
"""Interactions by content hash, draw, seed and position: shuffled once for page, saves, review."""


def shown(item: Item, seed: int, position: int) -> Interaction:
    """The interaction with its options in the order of the attempt of that seed."""
    return item.question.render().shuffled(Random(f"{seed}:{position}"))  # noqa: S311 - display only
