"""The same item in other words."""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

from quizapp.domain.items import Item
from quizapp.domain.places import Place, with_texts


def authored_texts(item: Item) -> Mapping[Place, str]:
    """Every Markdown text as its author wrote it, with placeholders, by its place in ``export()``.

    What numbers draw differs from attempt to attempt.
    """
    if item.template is None:
        return item.texts()
    fields = item.export()
    return {place: _at(fields, place) for place in item.texts()}


def rewritten(item: Item, change: Callable[[str], str]) -> Item:
    """``item`` with ``change`` made to each text that its author wrote.

    Raises ItemFaultsError where what comes out is no item any more: a text may be too long.
    """
    texts = authored_texts(item)
    changed = {place: change(text) for place, text in texts.items()}
    if changed == texts:
        return item
    return Item.parse(with_texts(item.export(), lambda place, text: changed.get(place, text)))


def _at(fields: Any, place: Place) -> Any:
    return reduce(lambda around, part: around[part], place, fields)
