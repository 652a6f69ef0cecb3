"""Answer the parts of one question, each in its own way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import ClassVar

from quizapp.domain.interactions.base import Interaction, Posted, Response


@dataclass(frozen=True)
class ShownPart:
    """One part: its name, what it asks (Markdown), and what can be done.

    Its form fields are called as those of a whole question, behind the ``prefix``.
    """

    prefix: str
    name: str
    prompt: str
    interaction: Interaction

    def shuffled(self, rng: Random) -> "ShownPart":
        return replace(self, interaction=self.interaction.shuffled(rng))

    def read(self, posted: Posted) -> Response | None:
        """The response in this part's fields; whatever else was posted does not matter."""
        return self.interaction.read(
            {
                name.removeprefix(self.prefix): values
                for name, values in posted.items()
                if name.startswith(self.prefix)
            }
        )

    def posted(self, response: Response | None) -> Posted:
        """The fields of this part; none while it is blank."""
        fields = {} if response is None else self.interaction.posted(response)
        return {self.prefix + name: values for name, values in fields.items()}

    def lines(self, response: Response | None) -> list[str]:
        return [f"Part {self.name}: {line}" for line in self.interaction.lines(response)]


@dataclass(frozen=True)
class Parts:
    """Answer each of ``parts``.

    A response holds one response for each of them, None where it is blank.
    """

    parts: tuple[ShownPart, ...]
    kind: ClassVar[str] = "parts"

    def shuffled(self, rng: Random) -> "Parts":
        """The same parts in their order, each with its options in an order of their own."""
        return replace(self, parts=tuple(part.shuffled(rng) for part in self.parts))

    def read(self, posted: Posted) -> Response | None:
        given = [part.read(posted) for part in self.parts]
        return None if all(each is None for each in given) else given

    def entries(self, response: Response | None) -> list[Response | None]:
        """The response to each part; None where it is blank, or of another question."""
        given = response if isinstance(response, list) else []
        if len(given) != len(self.parts):
            return [None] * len(self.parts)
        return [each if isinstance(each, str | list) else None for each in given]

    def state(self, response: Response | None) -> Mapping[str, object]:
        """``given``: each part with the response to it."""
        return {"given": list(zip(self.parts, self.entries(response), strict=True))}

    def posted(self, response: Response) -> Posted:
        fields: dict[str, list[str]] = {}
        for part, given in zip(self.parts, self.entries(response), strict=True):
            fields |= {name: [*values] for name, values in part.posted(given).items()}
        return fields

    def guess(self, rng: Random) -> Response:
        return [part.interaction.guess(rng) for part in self.parts]

    def lines(self, response: Response | None) -> list[str]:
        """The lines of each part behind its name: ``Part a: 0.5``."""
        parts = zip(self.parts, self.entries(response), strict=True)
        return [line for part, given in parts for line in part.lines(given)]
