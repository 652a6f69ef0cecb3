"""What a learner can do on screen, with QTI's names: choose, enter text, order.

An interaction owns the names of its form fields and reads them itself. It has no room for a key,
so nothing that a browser receives can hold one. Options travel by the place they are *shown* at:
the authored place, in which a careless author may always put the key first, stays on the server.

A response is stored by authored place (``[2]``, ``"0.17"``, ``[1, 0, 2]``), so it means the same
however the options were shuffled.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from string import ascii_uppercase
from typing import ClassVar, Protocol, TypeAlias

Response: TypeAlias = list[int] | str
"""What a learner gave, as JSON: authored places chosen or ordered, or the text entered."""

Posted: TypeAlias = Mapping[str, Sequence[str]]
"""Form fields as posted: every value of every name, in order."""


@dataclass(frozen=True)
class ShownOption:
    """One option as the browser gets it: ``value`` is its place on the screen."""

    value: str
    letter: str
    text: str


class Interaction(Hashable, Protocol):
    """One way of responding. ``kind`` names the template in ``web/templates/interactions/``."""

    @property
    def kind(self) -> str: ...

    def shuffled(self, rng: Random) -> "Interaction":
        """The same interaction with its options in an order drawn from ``rng``."""
        ...

    def read(self, posted: Posted) -> Response | None:
        """The response in the posted fields; None when nothing usable was given."""
        ...

    def state(self, response: Response | None) -> Mapping[str, object]:
        """Template variables that show ``response`` on the screen."""
        ...

    def lines(self, response: Response | None) -> list[str]:
        """``response`` in lines that a person can read; none for no response."""
        ...


@dataclass(frozen=True)
class Choice:
    """Choose one option (``multiple`` false) or any number of them."""

    texts: tuple[str, ...]
    multiple: bool = False
    fixed_order: bool = False
    order: tuple[int, ...] = ()
    kind: ClassVar[str] = "choice"
    field_name: ClassVar[str] = "choice"

    @property
    def shown_order(self) -> tuple[int, ...]:
        """Authored places in the order of the screen."""
        return self.order or tuple(range(len(self.texts)))

    @property
    def options(self) -> tuple[ShownOption, ...]:
        return _shown(self.texts, self.shown_order)

    def shuffled(self, rng: Random) -> "Choice":
        return self if self.fixed_order else replace(self, order=_permutation(len(self.texts), rng))

    def read(self, posted: Posted) -> Response | None:
        shown = _places(posted.get(self.field_name, ()), len(self.texts))
        chosen = sorted({self.shown_order[place] for place in shown})
        if not chosen or (len(chosen) > 1 and not self.multiple):
            return None
        return chosen

    def state(self, response: Response | None) -> Mapping[str, object]:
        chosen = response if isinstance(response, list) else []
        order = self.shown_order
        return {"selected": {str(order.index(place)) for place in chosen if place in order}}

    def lines(self, response: Response | None) -> list[str]:
        """The chosen options in the order of the screen: ``B. Recall``."""
        chosen = response if isinstance(response, list) else []
        return [
            f"{option.letter}. {option.text}"
            for option, place in zip(self.options, self.shown_order, strict=True)
            if place in chosen
        ]


@dataclass(frozen=True)
class TextEntry:
    """Enter one line of text or, with ``numeric``, a number in ``unit``."""

    numeric: bool = False
    unit: str | None = None
    max_length: int = 200
    kind: ClassVar[str] = "text-entry"
    field_name: ClassVar[str] = "text"

    def shuffled(self, rng: Random) -> "TextEntry":  # noqa: ARG002 - nothing to shuffle
        return self

    def read(self, posted: Posted) -> Response | None:
        text = "".join(posted.get(self.field_name, ())[:1]).replace("\x00", "").strip()
        return text[: self.max_length] or None

    def state(self, response: Response | None) -> Mapping[str, object]:
        return {"text": response if isinstance(response, str) else ""}

    def lines(self, response: Response | None) -> list[str]:
        return [response] if isinstance(response, str) else []


@dataclass(frozen=True)
class Order:
    """Put lines into an order. Lines are never shown in the authored, right order."""

    texts: tuple[str, ...]
    order: tuple[int, ...] = ()
    kind: ClassVar[str] = "order"
    field_name: ClassVar[str] = "line"
    move_field: ClassVar[str] = "move"

    @property
    def shown_order(self) -> tuple[int, ...]:
        return self.order or tuple(reversed(range(len(self.texts))))

    def shuffled(self, rng: Random) -> "Order":
        """The lines in an order drawn evenly from all but the authored one."""
        authored = tuple(range(len(self.texts)))
        order = authored
        while order == authored:
            order = _permutation(len(self.texts), rng)
        return replace(self, order=order)

    def read(self, posted: Posted) -> Response | None:
        """The posted order with a posted move applied; None while it is the order first shown."""
        places = _places(posted.get(self.field_name, ()), len(self.texts))
        if sorted(places) != list(range(len(self.texts))):
            return None
        moved = _moved(places, "".join(posted.get(self.move_field, ())[:1]))
        if moved == list(range(len(self.texts))):
            return None
        return [self.shown_order[place] for place in moved]

    def state(self, response: Response | None) -> Mapping[str, object]:
        is_whole = isinstance(response, list) and sorted(response) == sorted(self.shown_order)
        given = response if is_whole and isinstance(response, list) else self.shown_order
        shown = _shown(self.texts, self.shown_order)
        return {"lines": [shown[self.shown_order.index(place)] for place in given]}

    def lines(self, response: Response | None) -> list[str]:
        """The lines in the given order."""
        given = response if isinstance(response, list) else []
        return [self.texts[place] for place in given if 0 <= place < len(self.texts)]


def _shown(texts: Sequence[str], order: Sequence[int]) -> tuple[ShownOption, ...]:
    return tuple(
        ShownOption(str(place), ascii_uppercase[place % 26], texts[authored])
        for place, authored in enumerate(order)
    )


def _permutation(count: int, rng: Random) -> tuple[int, ...]:
    places = list(range(count))
    rng.shuffle(places)
    return tuple(places)


def _places(values: Sequence[str], count: int) -> list[int]:
    """Shown places among ``values``; anything that is not one is left out."""
    valid = {str(place): place for place in range(count)}
    return [valid[value] for value in values if value in valid]


def _moved(places: list[int], move: str) -> list[int]:
    """``places`` after a move such as ``"2:up"``; an impossible move changes nothing."""
    moves = {f"{place}:up": (place, place - 1) for place in range(1, len(places))}
    moves |= {f"{place}:down": (place, place + 1) for place in range(len(places) - 1)}
    if move not in moves:
        return places
    source, target = moves[move]
    result = list(places)
    result[source], result[target] = result[target], result[source]
    return result
