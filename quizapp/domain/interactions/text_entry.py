"""Enter one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import ClassVar

from quizapp.domain.interactions.base import Posted, Response


@dataclass(frozen=True)
class TextEntry:
    """Enter one line of text or, with ``numeric``, a number in ``unit``.

    Where there are other ``units``, one of them or ``unit`` may be typed behind the number.
    """

    numeric: bool = False
    unit: str | None = None
    units: tuple[str, ...] = ()
    max_length: int = 200
    kind: ClassVar[str] = "text-entry"
    field_name: ClassVar[str] = "text"

    @property
    def known_units(self) -> tuple[str, ...]:
        """What may be typed behind the number."""
        return (self.unit, *self.units) if self.unit and self.units else ()

    def shuffled(self, rng: Random) -> "TextEntry":  # noqa: ARG002 - nothing to shuffle
        return self

    def read(self, posted: Posted) -> Response | None:
        text = "".join(posted.get(self.field_name, ())[:1]).replace("\x00", "").strip()
        return text[: self.max_length] or None

    def state(self, response: Response | None) -> Mapping[str, object]:
        return {"text": response if isinstance(response, str) else ""}

    def posted(self, response: Response) -> Posted:
        return {self.field_name: [str(response)]}

    def guess(self, rng: Random) -> Response:
        return str(rng.randrange(100))

    def lines(self, response: Response | None) -> list[str]:
        return [response] if isinstance(response, str) else []
