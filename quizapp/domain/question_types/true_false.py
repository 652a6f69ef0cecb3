"""True or false: the stem is a statement."""

from typing import ClassVar

from quizapp.domain.interactions import Choice, Interaction, Response
from quizapp.domain.options import chosen_places
from quizapp.domain.question import Example, Grade, QuestionType, Review, ReviewRow

TRUE, FALSE = 0, 1


class TrueFalse(QuestionType):
    """Full credit for the right verdict on the statement."""

    kind: ClassVar[str] = "true-false"
    label: ClassVar[str] = "True or false"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"stem": "A median is less sensitive to outliers than a mean.", "answer": True},
            scores=(([TRUE], 1.0), ([FALSE], 0.0), (None, 0.0), ("true", 0.0)),
        ),
    )

    answer: bool
    """Whether the statement in the stem is true."""

    @property
    def guess_score(self) -> float:
        return 0.5

    @property
    def _key(self) -> int:
        return TRUE if self.answer else FALSE

    def right_response(self) -> Response:
        return [self._key]

    def render(self) -> Interaction:
        return Choice(("True", "False"), fixed_order=True)

    def grade(self, response: Response | None) -> Grade:
        return Grade(1.0 if chosen_places(response, 2) == {self._key} else 0.0)

    def review(self, response: Response | None, interaction: Interaction) -> Review:  # noqa: ARG002
        given = chosen_places(response, 2)
        rows = tuple(
            ReviewRow(text[0], text, place in given, place == self._key)
            for place, text in ((TRUE, "True"), (FALSE, "False"))
        )
        return Review(rows, "" if given else "Not answered.")
