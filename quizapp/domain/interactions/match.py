"""Choose one option for each of several things."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import ClassVar

from quizapp.domain.interactions.base import (
    Posted,
    Response,
    ShownOption,
    permutation,
    shown_options,
)


@dataclass(frozen=True)
class Match:
    """Choose one of ``rights`` for each of ``lefts``; an option may be chosen any number of times.

    The lefts keep their order. A response holds, for each of them, the authored place of the
    option that was chosen, or None.
    """

    lefts: tuple[str, ...]
    rights: tuple[str, ...]
    order: tuple[int, ...] = ()
    kind: ClassVar[str] = "match"
    field_name: ClassVar[str] = "match"

    @property
    def shown_order(self) -> tuple[int, ...]:
        """Authored places in the order of the screen; by the alphabet until they are shuffled,
        since authored options stand as their lefts do.
        """
        return self.order or tuple(sorted(range(len(self.rights)), key=self.rights.__getitem__))

    @property
    def options(self) -> tuple[ShownOption, ...]:
        return shown_options(self.rights, self.shown_order)

    def shuffled(self, rng: Random) -> "Match":
        return replace(self, order=permutation(len(self.rights), rng))

    def read(self, posted: Posted) -> Response | None:
        """One value for each left, in their order; what is no option's value chooses none."""
        values = posted.get(self.field_name, ())[: len(self.lefts)]
        authored = {str(shown): place for shown, place in enumerate(self.shown_order)}
        given = [authored.get(value) for value in values]
        if all(place is None for place in given):
            return None
        return given + [None] * (len(self.lefts) - len(given))

    def state(self, response: Response | None) -> Mapping[str, object]:
        given = chosen_rights(response, len(self.lefts), len(self.rights))
        return {"rows": list(zip(self.lefts, self._values(given), strict=True))}

    def posted(self, response: Response) -> Posted:
        return {
            self.field_name: self._values(
                chosen_rights(response, len(self.lefts), len(self.rights))
            )
        }

    def guess(self, rng: Random) -> Response:
        return [rng.randrange(len(self.rights)) for _ in self.lefts]

    def lines(self, response: Response | None) -> list[str]:
        """The lefts that something was chosen for: ``Ridge: B. L2``."""
        given = chosen_rights(response, len(self.lefts), len(self.rights))
        shown = dict(zip(self.shown_order, self.options, strict=True))
        return [
            f"{left}: {shown[place].letter}. {shown[place].text}"
            for left, place in zip(self.lefts, given, strict=True)
            if place is not None
        ]

    def _values(self, given: Sequence[int | None]) -> list[str]:
        return ["" if place is None else str(self.shown_order.index(place)) for place in given]


def chosen_rights(response: Response | None, lefts: int, rights: int) -> tuple[int | None, ...]:
    """For each left the place of the right that was chosen; all None for what is no match."""
    if not isinstance(response, list) or len(response) != lefts:
        return (None,) * lefts
    return tuple(
        place if type(place) is int and 0 <= place < rights else None for place in response
    )
