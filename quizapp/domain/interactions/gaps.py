"""Fill the gaps in a text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import ClassVar, Final, TypeAlias

from quizapp.domain.interactions.base import (
    Posted,
    Response,
    ShownOption,
    permutation,
    places,
    shown_options,
)

GAP: Final = re.compile(r"\[\[gap:([a-z0-9]+(?:-[a-z0-9]+)*)\]\]")
"""A gap in a text, such as ``[[gap:rate]]``.

Bare double brackets would be nested lists of Python and columns of R; this means nothing there, in
Markdown or in LaTeX.
"""

Entry: TypeAlias = int | str
"""What stands in one gap: the authored place of an option, or a text."""


@dataclass(frozen=True)
class Gap:
    """One gap: a list of ``options`` or, without any, a line to type, perhaps a number."""

    options: tuple[str, ...] = ()
    numeric: bool = False
    order: tuple[int, ...] = ()
    max_length: int = 200

    @property
    def shown_order(self) -> tuple[int, ...]:
        """Authored places in the order of the screen."""
        return self.order or tuple(range(len(self.options)))

    @property
    def shown(self) -> tuple[ShownOption, ...]:
        return shown_options(self.options, self.shown_order)

    def shuffled(self, rng: Random) -> "Gap":
        return replace(self, order=permutation(len(self.options), rng))

    def read(self, values: Sequence[str]) -> Entry | None:
        """What the posted ``values`` put into the gap."""
        if self.options:
            shown = places(values[:1], len(self.options))
            return self.shown_order[shown[0]] if shown else None
        return "".join(values[:1]).replace("\x00", "").strip()[: self.max_length] or None

    def entry(self, stored: object) -> Entry | None:
        """``stored`` where this gap can hold it."""
        if not self.options:
            return stored if isinstance(stored, str) and stored else None
        is_place = type(stored) is int and stored in self.shown_order
        return stored if is_place and isinstance(stored, int) else None

    def value(self, entry: Entry | None) -> str:
        """The form field's value that stands for ``entry``; "" for none."""
        if isinstance(entry, int):
            return str(self.shown_order.index(entry))
        return entry or ""

    def line(self, entry: Entry) -> str:
        """``entry`` as a person reads it."""
        return self.options[entry] if isinstance(entry, int) else entry

    def guess(self, rng: Random) -> Entry:
        return rng.randrange(len(self.options)) if self.options else str(rng.randrange(100))


@dataclass(frozen=True)
class Gaps:
    """Fill the gaps in ``text``: ``[[gap:1]]`` stands for the first of ``gaps``, and so on.

    The author's names are not in it, since a name may be the answer. A response holds one entry for
    each gap in the order of the text, None where it is blank.
    """

    text: str
    gaps: tuple[Gap, ...]
    kind: ClassVar[str] = "gaps"

    @property
    def field_names(self) -> tuple[str, ...]:
        return tuple(f"gap-{number}" for number in range(1, len(self.gaps) + 1))

    def shuffled(self, rng: Random) -> "Gaps":
        """The same gaps, the options of each in an order of their own."""
        return replace(self, gaps=tuple(gap.shuffled(rng) for gap in self.gaps))

    def read(self, posted: Posted) -> Response | None:
        fields = zip(self.gaps, self.field_names, strict=True)
        entries = [gap.read(posted.get(name, ())) for gap, name in fields]
        return None if all(entry is None for entry in entries) else entries

    def entries(self, response: Response | None) -> list[Entry | None]:
        """What stands in each gap; None where that is nothing, or of another question."""
        given = response if isinstance(response, list) else []
        if len(given) != len(self.gaps):
            return [None] * len(self.gaps)
        return [gap.entry(stored) for gap, stored in zip(self.gaps, given, strict=True)]

    def state(self, response: Response | None) -> Mapping[str, object]:
        return {"values": self._values(response)}

    def posted(self, response: Response) -> Posted:
        values = self._values(response)
        return {name: [value] for name, value in zip(self.field_names, values, strict=True)}

    def guess(self, rng: Random) -> Response:
        return [gap.guess(rng) for gap in self.gaps]

    def lines(self, response: Response | None) -> list[str]:
        """The gaps that are filled: ``Gap 2: recall``."""
        filled = enumerate(zip(self.gaps, self.entries(response), strict=True), start=1)
        return [
            f"Gap {number}: {gap.line(entry)}"
            for number, (gap, entry) in filled
            if entry is not None
        ]

    def _values(self, response: Response | None) -> list[str]:
        entries = zip(self.gaps, self.entries(response), strict=True)
        return [gap.value(entry) for gap, entry in entries]
