"""HTML of our own that the sanitiser must not see."""

import secrets
from collections.abc import Iterator


class Insertions:
    """Pieces of HTML, each behind a name that nobody can guess, so no author can write one."""

    def __init__(self) -> None:
        self._key = f"k{secrets.token_hex(12)}"  # a name in every programming language
        self._pieces: list[str] = []

    def hold(self, html: str) -> str:
        """The text that stands for ``html`` until ``fill``."""
        self._pieces.append(html)
        return f"{self._key}x{len(self._pieces) - 1}x"

    def fill(self, text: str) -> str:
        """``text`` with every held piece in its place."""
        return "".join(before + piece for before, piece in self.cut(text))

    def cut(self, text: str) -> Iterator[tuple[str, str]]:
        """``text`` up to each held piece, with that piece; the rest of it with ""."""
        before, *rest = text.split(f"{self._key}x")
        for part in rest:
            number, _, after = part.partition("x")
            yield before, self._pieces[int(number)]
            before = after
        yield before, ""
