"""Ordering: put lines into the right order."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from quizapp.domain.interactions import Interaction, Order, Response
from quizapp.domain.interactions.base import whole_order
from quizapp.domain.question import Example, Grade, Line, QuestionType, Review, ReviewRow


class Ordering(QuestionType):
    """The share of neighbours that follow each other as they should.

    This is Moodle's "relative to the next item, excluding last": one line in the wrong place costs
    its joints, not every line behind it.
    """

    kind: ClassVar[str] = "ordering"
    label: ClassVar[str] = "Ordering"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "stem": "Order these steps of a training iteration.",
                "lines": ["zero the gradients", "forward pass", "backward pass", "optimiser step"],
            },
            scores=(
                ([0, 1, 2, 3], 1.0),
                ([3, 0, 1, 2], 2 / 3),
                ([1, 0, 3, 2], 0.0),
                ([0, 1], 0.0),
                ([0, 0, 1, 2], 0.0),
                (None, 0.0),
            ),
        ),
    )

    shown: ClassVar[frozenset[str]] = frozenset(("stem", "lines.*"))

    # Learners never see the right order at first: of two lines, the other one would give it away
    lines: Annotated[tuple[Line, ...], Field(min_length=3, max_length=20)]
    """Three to twenty lines in their right order."""

    @model_validator(mode="after")
    def _lines_differ(self) -> Self:
        if len(set(self.lines)) != len(self.lines):
            raise ValueError("Two lines are the same, so their order cannot be told.")
        return self

    @property
    def guess_score(self) -> float:
        """A given joint is right in a random order with probability 1/n."""
        return 1 / len(self.lines)

    def right_response(self) -> Response:
        return list(range(len(self.lines)))

    def render(self) -> Interaction:
        return Order(self.lines)

    def grade(self, response: Response | None) -> Grade:
        order = whole_order(response, len(self.lines))
        joints = sum(after == before + 1 for before, after in pairwise(order))
        return Grade(joints / (len(self.lines) - 1))

    def review(self, response: Response | None, interaction: Interaction) -> Review:  # noqa: ARG002
        given = whole_order(response, len(self.lines))
        rows = tuple(
            ReviewRow(str(place + 1), text, bool(given), True, _placed(place, given))
            for place, text in enumerate(self.lines)
        )
        return Review(rows, "This is the right order." if given else "Not answered.")

    def texts(self) -> Mapping[tuple[str | int, ...], str]:
        found: dict[tuple[str | int, ...], str] = {("stem",): self.stem}
        found |= {("lines", place): line for place, line in enumerate(self.lines)}
        return found


def _placed(place: int, given: list[int]) -> str:
    if not given or given[place] == place:
        return ""
    return f"You put this line at place {given.index(place) + 1}."
