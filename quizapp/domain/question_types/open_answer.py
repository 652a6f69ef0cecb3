"""Open answer: a text that a person marks by a rubric."""

from typing import Annotated, ClassVar, TypeAlias

from pydantic import Field, StringConstraints

from quizapp.domain.interactions import ExtendedText, Interaction, Response
from quizapp.domain.question import Example, Grade, Review, ReviewRow, Storable
from quizapp.domain.rubrics import RubricQuestion

Outline: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=2_000), Storable]
"""Text of which every space counts."""


class OpenAnswer(RubricQuestion):
    """A given answer has no score until a person has marked it, as with Moodle's essay question
    and QTI's external scoring; a blank one scores 0.
    """

    kind: ClassVar[str] = "open-answer"
    label: ClassVar[str] = "Open answer"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "stem": "Why may a model with 99 % accuracy be useless?",
                "rubric": [{"text": "Says that the classes are imbalanced", "points": 1}],
                "model_answer": "If 99 % of the rows are of one class, a constant reaches it.",
            },
            scores=(
                ("Because of class imbalance.", None),
                (" \n ", 0.0),
                ("", 0.0),
                (None, 0.0),
                ([0], 0.0),
            ),
        ),
        Example(
            {
                "stem": "Design a service that ranks a news feed for a million readers.",
                "rubric": [
                    {
                        "text": "Separates retrieval from ranking",
                        "points": 2,
                        "guidance": "Half for naming both, all for their budgets of time.",
                    },
                    {
                        "text": "Says how it is evaluated",
                        "points": 1.5,
                        "levels": [
                            {"points": 0, "text": "Not at all"},
                            {"points": 0.5, "text": "Offline only"},
                            {"points": 1.5, "text": "Offline and by an experiment"},
                        ],
                    },
                ],
                "model_answer": "Retrieval finds a thousand.\n\n- Ranking orders them.",
                "word_limit": 300,
                "lines": 20,
                "template": "Requirements\n  - \nData\nModel\n",
            },
            scores=(("Requirements\n  - fast", None), (None, 0.0)),
        ),
    )
    shown: ClassVar[frozenset[str]] = frozenset(("stem", "word_limit", "lines", "template"))
    can_be_part: ClassVar[bool] = False

    word_limit: Annotated[int, Field(ge=1, le=1_500)] | None = None
    """About how many words are wanted; the learner is told, and nothing is cut off."""
    lines: Annotated[int, Field(ge=3, le=40)] = 12
    """How many lines the box shows at first; it grows."""
    template: Outline | None = None
    """An outline to start from, such as headings, shown beside the box."""

    @property
    def guess_score(self) -> float:
        return 0.0

    def right_response(self) -> Response:
        return self.model_answer

    def render(self) -> Interaction:
        return ExtendedText(rows=self.lines, word_limit=self.word_limit, outline=self.template)

    def grade(self, response: Response | None) -> Grade:
        return Grade(None if _is_text(response) else 0.0)

    def review(self, response: Response | None, interaction: Interaction) -> Review:
        model = ReviewRow(
            "", self.model_answer, False, True, part="Model answer", is_neutral=True, is_block=True
        )
        if not _is_text(response):
            return Review((model,), "Not answered.")
        lines = tuple(interaction.lines(response))
        given = ReviewRow(
            "", "", True, False, is_verbatim=True, part="Your answer", lines=lines, is_neutral=True
        )
        return Review((given, model))


def _is_text(response: Response | None) -> bool:
    return isinstance(response, str) and bool(response.strip())
