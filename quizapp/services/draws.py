"""The numbers that an attempt draws for its questions: once, at its start, and kept as text."""

import json
from collections import OrderedDict
from random import Random
from threading import Lock

from quizapp.domain.formulas import restored, stored
from quizapp.domain.items import Item

MOST_KEPT = 4_000


def draw(item: Item, seed: int, position: int) -> str | None:
    """The numbers of ``item`` at ``position`` in the attempt of that seed; None when it has none.

    The option order is drawn from another source, so that a new kind of draw never changes it.
    """
    if item.template is None:
        return None
    values = item.draw(Random(f"{seed}:{position}:numbers"))  # noqa: S311 - numbers to learn with
    return json.dumps(stored(values), separators=(",", ":"))


def with_numbers(content_hash: str, item: Item, drawn: str) -> Item:
    """``item``, which is the one of that hash, with the numbers that were drawn so."""
    return _kept.get(content_hash, item, drawn)


class _Kept:
    """The drawn items that were asked for last: filling one takes longer than a save may."""

    def __init__(self) -> None:
        self._items: OrderedDict[tuple[str, str], Item] = OrderedDict()
        self._lock = Lock()

    def get(self, content_hash: str, item: Item, drawn: str) -> Item:
        place = (content_hash, drawn)
        with self._lock:
            found = self._items.get(place)
            if found is not None:
                self._items.move_to_end(place)
                return found
        found = item.with_values(restored(json.loads(drawn)))
        with self._lock:
            self._items[place] = found
            if len(self._items) > MOST_KEPT:
                self._items.popitem(last=False)
        return found


_kept = _Kept()
