"""Fill a grid with numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import ClassVar

from quizapp.domain.interactions.base import Posted, Response


@dataclass(frozen=True)
class Grid:
    """Enter a number in each cell of ``rows`` times ``columns``.

    A response holds one text for each cell, row by row, None where it is blank.
    """

    rows: int
    columns: int
    row_labels: tuple[str, ...] = ()
    column_labels: tuple[str, ...] = ()
    max_length: int = 60
    kind: ClassVar[str] = "grid"

    @property
    def cells(self) -> tuple[tuple[int, int], ...]:
        """Row and column of each cell, row by row, from 1 on."""
        return tuple(
            (row, column)
            for row in range(1, self.rows + 1)
            for column in range(1, self.columns + 1)
        )

    @property
    def names(self) -> tuple[str, ...]:
        """What each cell is called; those of a vector by one number."""
        if self.columns == 1:
            return tuple(f"Entry {row}" for row in range(1, self.rows + 1))
        return tuple(f"Row {row}, column {column}" for row, column in self.cells)

    @property
    def field_names(self) -> tuple[str, ...]:
        return tuple(f"cell-{row}-{column}" for row, column in self.cells)

    def shuffled(self, rng: Random) -> "Grid":  # noqa: ARG002 - a grid has its order
        return self

    def read(self, posted: Posted) -> Response | None:
        texts = [self._text(posted, name) for name in self.field_names]
        return texts if any(texts) else None

    def entries(self, response: Response | None) -> list[str | None]:
        """The text in each cell; None where it is blank, or of another question."""
        given = response if isinstance(response, list) else []
        if len(given) != len(self.cells):
            return [None] * len(self.cells)
        return [text if isinstance(text, str) and text else None for text in given]

    def state(self, response: Response | None) -> Mapping[str, object]:
        return {"values": [text or "" for text in self.entries(response)]}

    def posted(self, response: Response) -> Posted:
        texts = self.entries(response)
        return {name: [text or ""] for name, text in zip(self.field_names, texts, strict=True)}

    def guess(self, rng: Random) -> Response:
        return [str(rng.randrange(100)) for _ in self.cells]

    def lines(self, response: Response | None) -> list[str]:
        """The cells that are filled: ``Row 1, column 2: 0.5``."""
        filled = zip(self.names, self.entries(response), strict=True)
        return [f"{name}: {text}" for name, text in filled if text is not None]

    def _text(self, posted: Posted, name: str) -> str | None:
        text = "".join(posted.get(name, ())[:1]).replace("\x00", "").strip()
        return text[: self.max_length] or None
