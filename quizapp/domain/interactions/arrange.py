"""Take lines of code out of a pool, order and indent them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import ClassVar, TypeAlias

from quizapp.domain.interactions.base import (
    Posted,
    Response,
    permutation,
    shown_options,
)

MAXIMUM_LEVEL = 6
Placed: TypeAlias = tuple[int, int]
"""A line that was taken: its place and its level of indentation."""


@dataclass(frozen=True)
class Arrange:
    """Build a program of ``texts``; some may be left out. Levels run from 0 to MAXIMUM_LEVEL.

    A response holds a list of authored place and level for each line taken, in their order. Without
    ``asks_indentation`` every level is 0. ``indent``: spaces for each level.
    """

    texts: tuple[str, ...]
    language: str
    indent: int = 4
    asks_indentation: bool = True
    order: tuple[int, ...] = ()
    kind: ClassVar[str] = "arrange"
    field_name: ClassVar[str] = "piece"
    move_field: ClassVar[str] = "move"
    levels: ClassVar[range] = range(MAXIMUM_LEVEL + 1)

    @property
    def shown_order(self) -> tuple[int, ...]:
        """Authored places in the order of the pool; by the alphabet until they are shuffled."""
        return self.order or tuple(sorted(range(len(self.texts)), key=self.texts.__getitem__))

    def shuffled(self, rng: Random) -> "Arrange":
        return replace(self, order=permutation(len(self.texts), rng))

    def read(self, posted: Posted) -> Response | None:
        """The posted lines (``"3:1"``: shown place and level) with a posted move applied."""
        count = len(self.texts)
        known = {
            f"{place}:{level}": (place, level) for place in range(count) for level in self._allowed
        }
        taken = dict(known[each] for each in posted.get(self.field_name, ()) if each in known)
        moved = moved_line(
            [*taken.items()], "".join(posted.get(self.move_field, ())[:1]), count, self._allowed
        )
        return [[self.shown_order[place], level] for place, level in moved] or None

    def state(self, response: Response | None) -> Mapping[str, object]:
        """``taken``: shown options with their levels, in order; ``pool``: the other options."""
        shown = shown_options(self.texts, self.shown_order)
        taken = [(shown[place], level) for place, level in self._shown(response)]
        used = {option.value for option, _ in taken}
        return {"taken": taken, "pool": [each for each in shown if each.value not in used]}

    def posted(self, response: Response) -> Posted:
        return {self.field_name: [f"{place}:{level}" for place, level in self._shown(response)]}

    def guess(self, rng: Random) -> Response:
        """Any number of lines in any order; each at most one level deeper than the one above."""
        level, guessed = -1, []
        for place in permutation(len(self.texts), rng)[: rng.randint(1, len(self.texts))]:
            level = rng.randint(0, min(level + 1, self._allowed[-1]))
            guessed.append([place, level])
        return guessed

    def lines(self, response: Response | None) -> list[str]:
        """The program as it was built."""
        return [
            " " * (self.indent * level) + self.texts[place]
            for place, level in placed_lines(response, len(self.texts))
        ]

    @property
    def _allowed(self) -> range:
        return self.levels if self.asks_indentation else range(1)

    def _shown(self, response: Response | None) -> list[Placed]:
        given = placed_lines(response, len(self.texts))
        return [(self.shown_order.index(place), level) for place, level in given]


def placed_lines(response: Response | None, count: int) -> list[Placed]:
    """The lines in a stored response; none for anything that is not an arrangement."""
    given = response if isinstance(response, list) else []
    placed = [(each[0], each[1]) for each in given if _is_placed(each, count)]
    is_whole = len(placed) == len(given) == len({place for place, _ in placed})
    return placed if is_whole else []


def _is_placed(each: object, count: int) -> bool:
    return (
        isinstance(each, list)
        and [type(number) for number in each] == [int, int]
        and 0 <= each[0] < count
        and 0 <= each[1] <= MAXIMUM_LEVEL
    )


def moved_line(taken: Sequence[Placed], move: str, count: int, levels: range) -> list[Placed]:
    """``taken`` after a move such as ``"2:up"`` of the line at a shown place; an impossible one
    changes nothing. A line is taken to the end, as deep as the line above it.
    """
    places = [place for place, _ in taken]
    name, _, step = move.partition(":")
    place = {str(each): each for each in range(count)}.get(name)
    if place is None:
        return list(taken)
    if place not in places:
        above = taken[-1][1] if taken else 0
        return [*taken, (place, above)] if step == "take" else list(taken)
    at = places.index(place)
    rest, level = [*taken[:at], *taken[at + 1 :]], taken[at][1]
    if step == "away":
        return rest
    to = max(0, at + {"up": -1, "down": 1}.get(step, 0))
    deeper = level + {"in": 1, "out": -1}.get(step, 0)
    rest.insert(to, (place, deeper if deeper in levels else level))
    return rest
