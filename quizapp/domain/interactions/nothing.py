"""Nothing to do but to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import ClassVar

from quizapp.domain.interactions.base import Posted, Response


@dataclass(frozen=True)
class Nothing:
    """No field, so that whatever is posted is no response."""

    kind: ClassVar[str] = "nothing"

    def shuffled(self, rng: Random) -> "Nothing":  # noqa: ARG002 - nothing to shuffle
        return self

    def read(self, posted: Posted) -> Response | None:  # noqa: ARG002 - there is no field
        return None

    def state(self, response: Response | None) -> Mapping[str, object]:  # noqa: ARG002
        return {}

    def posted(self, response: Response) -> Posted:  # noqa: ARG002 - there is no field
        return {}

    def guess(self, rng: Random) -> Response:  # noqa: ARG002 - nothing to draw
        return []

    def lines(self, response: Response | None) -> list[str]:  # noqa: ARG002 - as of no response
        return []
