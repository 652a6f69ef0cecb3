"""Pictures in questions: how an author names one, and how stored content refers to it."""

import re
from dataclasses import dataclass
from typing import Final, Self

FOLDER: Final = "images"
"""Where the pictures of a bank lie, beside its questions."""

SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".webp", ".gif")

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_REFERENCE: Final = re.compile(r"image:([0-9a-f]{64})-([1-9][0-9]{0,4})x([1-9][0-9]{0,4})")


@dataclass(frozen=True)
class ImageReference:
    """A stored picture: the SHA-256 (hex) of its bytes, and its size in pixels.

    The size stands in the reference so that a page can be written without looking it up.
    """

    digest: str
    width: int
    height: int

    @classmethod
    def read(cls, source: str) -> Self | None:
        """The reference that ``str`` has written; None for anything else."""
        found = _REFERENCE.fullmatch(source)
        return cls(found[1], int(found[2]), int(found[3])) if found else None

    def __str__(self) -> str:
        return f"image:{self.digest}-{self.width}x{self.height}"


def is_name(text: str) -> bool:
    """True for the plain name of a picture's file, such as ``confusion.png``."""
    return _NAME.fullmatch(text) is not None and text.lower().endswith(SUFFIXES)
