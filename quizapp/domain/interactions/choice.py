"""Choose one option or several."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import ClassVar

from quizapp.domain.interactions.base import (
    Posted,
    Response,
    ShownOption,
    permutation,
    places,
    shown_options,
)


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
        return shown_options(self.texts, self.shown_order)

    def shuffled(self, rng: Random) -> "Choice":
        return self if self.fixed_order else replace(self, order=permutation(len(self.texts), rng))

    def read(self, posted: Posted) -> Response | None:
        shown = places(posted.get(self.field_name, ()), len(self.texts))
        chosen = sorted({self.shown_order[place] for place in shown})
        if not chosen or (len(chosen) > 1 and not self.multiple):
            return None
        return chosen

    def state(self, response: Response | None) -> Mapping[str, object]:
        chosen = response if isinstance(response, list) else []
        order = self.shown_order
        return {"selected": {str(order.index(place)) for place in chosen if place in order}}

    def posted(self, response: Response) -> Posted:
        shown = [str(self.shown_order.index(place)) for place in response]
        return {self.field_name: sorted(shown, key=int)}

    def guess(self, rng: Random) -> Response:
        count = len(self.texts)
        if not self.multiple:
            return [rng.randrange(count)]
        ticks = rng.randrange(1, 2**count)  # every set of options but the empty one is as likely
        return [place for place in range(count) if ticks >> place & 1]

    def lines(self, response: Response | None) -> list[str]:
        """The chosen options in the order of the screen: ``B. Recall``."""
        chosen = response if isinstance(response, list) else []
        return [
            f"{option.letter}. {option.text}"
            for option, place in zip(self.options, self.shown_order, strict=True)
            if place in chosen
        ]
