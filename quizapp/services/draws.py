"""The numbers that an attempt draws for its questions: once, at its start, and kept as text."""

import json
from collections import OrderedDict
from collections.abc import Callable
from random import Random
from threading import Lock
from typing import Generic, TypeVar

from quizapp.domain.formulas import restored, stored
from quizapp.domain.items import DRAWS, Item

MOST_TEXTS = 20_000
MOST_ITEMS = 2_000
"""So many are kept in a process; a drawn item takes about 4 kB."""

Value = TypeVar("Value")


def draw(content_hash: str, item: Item, seed: int, position: int) -> str | None:
    """The numbers of ``item`` at ``position`` in the attempt of that seed; None when it has none.

    One of those that ``bank check`` looks at. The option order is drawn from another source, so
    that a new kind of draw never changes it.
    """
    if item.template is None:
        return None
    number = Random(f"{seed}:{position}:numbers").randrange(DRAWS)  # noqa: S311 - to learn with
    return _texts.get((content_hash, str(number)), lambda: _as_text(content_hash, item, number))


def with_numbers(content_hash: str, item: Item, drawn: str) -> Item:
    """``item``, which is the one of that hash, with the numbers that were drawn so."""
    return _items.get((content_hash, drawn), lambda: item.with_values(restored(json.loads(drawn))))


def _as_text(content_hash: str, item: Item, number: int) -> str:
    """The values of that draw; the question that they make is kept for the first page."""
    values, drawn = item.drawn(number)
    text = json.dumps(stored(values), separators=(",", ":"))
    _items.get((content_hash, text), lambda: drawn)
    return text


class _Kept(Generic[Value]):
    """What was asked for last: drawing and filling take longer than a save may."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[tuple[str, str], Value] = OrderedDict()
        self._lock = Lock()

    def get(self, place: tuple[str, str], make: Callable[[], Value]) -> Value:
        with self._lock:
            found = self._values.get(place)
            if found is not None:
                self._values.move_to_end(place)
                return found
        made = make()
        with self._lock:
            self._values[place] = made
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        return made

    def clear(self) -> None:
        with self._lock:
            self._values.clear()


_texts: _Kept[str] = _Kept(MOST_TEXTS)
_items: _Kept[Item] = _Kept(MOST_ITEMS)
