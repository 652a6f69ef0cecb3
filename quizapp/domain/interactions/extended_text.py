"""Write a text of any length."""

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.interactions.lines import Lines


@dataclass(frozen=True)
class ExtendedText(Lines):
    """Write paragraphs; line breaks and the spaces before a line are kept.

    ``outline`` may be started from, ``word_limit`` is a hint, and ``rows`` how many the box has
    before it grows.
    """

    max_length: int = 10_000
    rows: int = 12
    word_limit: int | None = None
    outline: str | None = None
    kind: ClassVar[str] = "extended-text"
