"""Enter several lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import ClassVar

from quizapp.domain.interactions.base import Posted, Response


@dataclass(frozen=True)
class Lines:
    """Enter text of several lines as it is to stand; only blank space at the end is dropped."""

    max_length: int = 5_000
    kind: ClassVar[str] = "lines"
    field_name: ClassVar[str] = "lines"

    def shuffled(self, rng: Random) -> "Lines":  # noqa: ARG002 - nothing to shuffle
        return self

    def read(self, posted: Posted) -> Response | None:
        text = "".join(posted.get(self.field_name, ())[:1]).replace("\x00", "")
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # browsers post both of them
        return text[: self.max_length].rstrip() or None

    def state(self, response: Response | None) -> Mapping[str, object]:
        return {"text": response if isinstance(response, str) else ""}

    def posted(self, response: Response) -> Posted:
        return {self.field_name: [str(response)]}

    def guess(self, rng: Random) -> Response:
        return str(rng.randrange(100))

    def lines(self, response: Response | None) -> list[str]:
        return response.split("\n") if isinstance(response, str) else []
