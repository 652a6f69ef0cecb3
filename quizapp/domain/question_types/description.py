"""Description: an introduction that stands between questions."""

from typing import ClassVar

from quizapp.domain.interactions import Interaction, Nothing, Response
from quizapp.domain.question import Example, Grade, QuestionType, Review


class Description(QuestionType):
    """A text before the questions that it is about, such as a case: Moodle's description.

    It asks nothing, and is never answered, scored or counted. Only quizzes with
    ``fixed_order: true`` take it along, where it stands before a question that they ask.
    """

    kind: ClassVar[str] = "description"
    label: ClassVar[str] = "Description"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "stem": "A shop sends each of its 40,000 customers the same offer. 400 of them"
                " buy.\n\nThe next questions are about this shop."
            },
            scores=((None, None), ("read", None), ([0], None)),
        ),
    )
    can_be_part: ClassVar[bool] = False
    is_scored: ClassVar[bool] = False

    @property
    def guess_score(self) -> float:
        return 0.0

    def right_response(self) -> Response:
        return []

    def render(self) -> Interaction:
        return Nothing()

    def grade(self, response: Response | None) -> Grade:  # noqa: ARG002 - there is none
        return Grade(None)

    def review(self, response: Response | None, interaction: Interaction) -> Review:  # noqa: ARG002
        return Review(())
