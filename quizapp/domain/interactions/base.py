"""What every interaction does, and what several of them share."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from string import ascii_uppercase
from typing import Any, Protocol, TypeAlias

Response: TypeAlias = str | list[Any]
"""What a learner gave, as JSON: a text, or a list whose entries the interaction knows, such as
authored places. What is stored may be of another kind of question, so nothing relies on its form.
"""

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

    def posted(self, response: Response) -> Posted:
        """The fields that a browser posts for ``response``: what ``read`` reads as the same."""
        ...

    def guess(self, rng: Random) -> Response:
        """A response of somebody who knows nothing, drawn from ``rng``."""
        ...

    def lines(self, response: Response | None) -> list[str]:
        """``response`` in lines that a person can read; none for no response."""
        ...


def shown_options(texts: Sequence[str], order: Sequence[int]) -> tuple[ShownOption, ...]:
    """``texts`` in ``order``, each with its place on the screen and that place's letter."""
    return tuple(
        ShownOption(str(place), ascii_uppercase[place % 26], texts[authored])
        for place, authored in enumerate(order)
    )


def permutation(count: int, rng: Random) -> tuple[int, ...]:
    """The numbers below ``count`` in an order drawn evenly."""
    places = list(range(count))
    rng.shuffle(places)
    return tuple(places)


def places(values: Sequence[str], count: int) -> list[int]:
    """Shown places among posted ``values``; anything that is not one is left out."""
    valid = {str(place): place for place in range(count)}
    return [valid[value] for value in values if value in valid]


def whole_order(response: Response | None, count: int) -> list[int]:
    """The response, where it holds each number below ``count`` once; nothing otherwise."""
    given = response if isinstance(response, list) else []
    are_places = all(type(place) is int for place in given)
    return given if are_places and sorted(given) == list(range(count)) else []
