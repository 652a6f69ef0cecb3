"""Write a program."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import ClassVar, Literal

from quizapp.domain.interactions.base import Posted, Response

MAXIMUM_BYTES = 64 * 1024


@dataclass(frozen=True)
class ShownCase:
    """One case that the learner may see: what is set up, called, and expected of it."""

    setup: str
    call: str
    gives: str


@dataclass(frozen=True)
class CodeEntry:
    """Write a program of at most ``max_length`` bytes in UTF-8, starting from ``starter``, which by
    itself is no response. Every space and tab is kept.

    ``name`` is the function or class to define, empty for SQL; ``seconds`` is the time limit of a
    group of cases, and ``library`` what may be imported beside the standard library. ``columns``
    are the names that a query's columns must have, if they count.
    """

    language: Literal["python", "sql"]
    name: str
    starter: str
    cases: tuple[ShownCase, ...]
    seconds: float
    library: str = ""
    columns: tuple[str, ...] = ()
    max_length: int = MAXIMUM_BYTES
    kind: ClassVar[str] = "code-entry"
    field_name: ClassVar[str] = "code"

    def shuffled(self, rng: Random) -> "CodeEntry":  # noqa: ARG002 - nothing to shuffle
        return self

    def read(self, posted: Posted) -> Response | None:
        text = "".join(posted.get(self.field_name, ())[:1]).replace("\x00", "")
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # browsers post both of them
        text = text.encode("utf-8", "replace")[: self.max_length].decode("utf-8", "ignore")
        is_untouched = not text.strip() or text.rstrip() == self.starter.rstrip()
        return None if is_untouched else text

    def state(self, response: Response | None) -> Mapping[str, object]:
        return {"text": response if isinstance(response, str) else self.starter}

    def posted(self, response: Response) -> Posted:
        return {self.field_name: [str(response)]}

    def guess(self, rng: Random) -> Response:
        return f"{rng.randrange(100)}"

    def lines(self, response: Response | None) -> list[str]:
        return response.split("\n") if isinstance(response, str) else []
