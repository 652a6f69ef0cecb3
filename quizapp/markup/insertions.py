"""HTML of our own that the sanitiser must not see."""

import secrets


class Insertions:
    """Pieces of HTML, each behind a name that nobody can guess, so no author can write one."""

    def __init__(self) -> None:
        self._key = secrets.token_hex(12)
        self._pieces: list[str] = []

    def hold(self, html: str) -> str:
        """The text that stands for ``html`` until ``fill``."""
        self._pieces.append(html)
        return f"{self._key}x{len(self._pieces) - 1}x"

    def fill(self, text: str) -> str:
        """``text`` with every held piece in its place."""
        before, *rest = text.split(f"{self._key}x")
        parts = [before]
        for part in rest:
            number, _, after = part.partition("x")
            parts += self._pieces[int(number)], after
        return "".join(parts)
