"""Put lines into an order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import ClassVar

from quizapp.domain.interactions.base import (
    Posted,
    Response,
    permutation,
    places,
    shown_options,
    whole_order,
)


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
            order = permutation(len(self.texts), rng)
        return replace(self, order=order)

    def read(self, posted: Posted) -> Response | None:
        """The posted order with a posted move applied; None while it is the order first shown."""
        given = places(posted.get(self.field_name, ()), len(self.texts))
        if not whole_order(given, len(self.texts)):
            return None
        moved = _moved(given, "".join(posted.get(self.move_field, ())[:1]))
        if moved == list(range(len(self.texts))):
            return None
        return [self.shown_order[place] for place in moved]

    def state(self, response: Response | None) -> Mapping[str, object]:
        given = whole_order(response, len(self.texts)) or self.shown_order
        shown = shown_options(self.texts, self.shown_order)
        return {"lines": [shown[self.shown_order.index(place)] for place in given]}

    def posted(self, response: Response) -> Posted:
        return {self.field_name: [str(self.shown_order.index(place)) for place in response]}

    def guess(self, rng: Random) -> Response:
        return list(permutation(len(self.texts), rng))

    def lines(self, response: Response | None) -> list[str]:
        """The lines in the given order."""
        return [self.texts[place] for place in whole_order(response, len(self.texts))]


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
