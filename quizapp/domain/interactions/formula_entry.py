"""Enter an algebraic expression in one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import ClassVar

from quizapp.domain.expressions import MAXIMUM_LENGTH, Notation, Understood
from quizapp.domain.interactions.base import Posted, Response


@dataclass(frozen=True)
class FormulaEntry:
    """Enter an expression in ``notation``; what is understood of it is shown while typing."""

    notation: Notation
    max_length: int = MAXIMUM_LENGTH
    kind: ClassVar[str] = "formula-entry"
    field_name: ClassVar[str] = "text"

    def shuffled(self, rng: Random) -> "FormulaEntry":  # noqa: ARG002 - nothing to shuffle
        return self

    def read(self, posted: Posted) -> Response | None:
        text = "".join(posted.get(self.field_name, ())[:1]).replace("\x00", "").strip()
        return text[: self.max_length] or None

    def state(self, response: Response | None) -> Mapping[str, object]:
        text = response if isinstance(response, str) else ""
        return {"text": text, "understood": self.understood(text)}

    def posted(self, response: Response) -> Posted:
        return {self.field_name: [str(response)]}

    def guess(self, rng: Random) -> Response:
        return "".join(rng.choices([*(name for name, _ in self.notation.variables), "2"], k=2))

    def lines(self, response: Response | None) -> list[str]:
        return [response] if isinstance(response, str) else []

    def understood(self, text: str) -> Understood | None:
        """How ``text`` is read; None while it is blank."""
        return self.notation.understood(text) if text.strip() else None
