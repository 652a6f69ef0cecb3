"""Where in a text something stands that the parser has found."""

from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

_CELLS: Final = frozenset({"th_open", "td_open"})


class Places:
    """The lines of a text, which may be indented, quoted, or rows of a table."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._starts: dict[int, int] = {}
        """By the id of a cell: where in its line the search for it begins."""

    def each(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """Each of ``tokens``; of cells, which may be alike, it is noted where they stand."""
        ends: dict[int, int] = {}
        before = ""
        for token in tokens:
            if before in _CELLS and token.map:
                line = token.map[0]
                start, written = self._written(line, token.content, ends.get(line, 0))
                self._starts[id(token)] = start
                ends[line] = start + len(written)
            before = token.type
            yield token

    def of(self, block: Token, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of what is ``offset`` characters into a block's content."""
        first = block.map[0] if block.map else 0
        before = block.content[:offset]
        row = before.count("\n")
        line = min(first + row, len(self._lines) - 1)
        in_row = before[before.rfind("\n") + 1 :]
        start, written = self._written(
            line, block.content.split("\n")[row], self._starts.get(id(block), 0)
        )
        if "\\|" in written:  # a bar in a cell
            in_row = in_row.replace("|", "\\|")
        return line + 1, start + len(in_row) + 1

    def _written(self, line: int, row: str, start: int) -> tuple[int, str]:
        """Where ``row`` stands in its line, and how it is written there."""
        for written in (row, row.replace("|", "\\|")):
            found = self._lines[line].find(written, start)
            if found >= 0:
                return found, written
        return start, row
