"""What a program prints, kept to be shown."""

import io

LONGEST = 512 * 1024


class OutputLimitError(BaseException):
    """The program has printed too much. Not an Exception, so that few programs swallow it."""


class Printed(io.TextIOBase):
    """Stands for stdout and stderr: keeps the beginning, and takes no more than ``LONGEST``."""

    encoding = "utf-8"

    def __init__(self, kept: int) -> None:
        self.left = kept
        self.written = 0
        self.pieces: list[str] = []

    @property
    def is_over(self) -> bool:
        return self.written > LONGEST

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.written += len(text)
        piece = text[: self.left]
        self.left -= len(piece)
        self.pieces.append(piece)
        if self.is_over:
            raise OutputLimitError("printed too much")
        return len(text)

    def taken(self) -> str:
        """What was kept since the last call."""
        text = "".join(self.pieces)
        self.pieces.clear()
        return text
