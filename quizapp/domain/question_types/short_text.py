"""Short text: a word or a phrase out of a list of accepted ones."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from quizapp.domain.interactions import Interaction, Response, TextEntry
from quizapp.domain.keys import TextKey, plain_text
from quizapp.domain.patterns import fault_of, is_match
from quizapp.domain.question import Example, Grade, Line, QuestionType, Review, ReviewRow


class ShortText(QuestionType, TextKey):
    """Full credit for an accepted text; quotes, spaces and (by default) case do not matter.

    A text that one of the ``patterns`` matches as a whole is right too, as in Moodle's short
    answers with wildcards; the review shows the accepted texts and never a pattern.
    """

    kind: ClassVar[str] = "short-text"
    label: ClassVar[str] = "Short text"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "stem": "What is the harmonic mean of precision and recall called?",
                "accepted": ["F1", "F1 score", "F-measure"],
            },
            scores=(
                ("f1", 1.0),
                ("  F1   Score ", 1.0),
                ("f\u2010measure", 1.0),
                ("accuracy", 0.0),
                (None, 0.0),
                ([0], 0.0),
            ),
        ),
        Example(
            {
                "stem": "What does `print([1] * 2)` print?",
                "accepted": ["[1, 1]", "[1,1]"],
                "case_sensitive": True,
            },
            scores=(("[1, 1]", 1.0), ("[1,  1]", 1.0), ("[2]", 0.0)),
        ),
        Example(
            {
                "stem": "Which function of NumPy adds along an axis?",
                "accepted": ["np.sum"],
                "patterns": ["((np|numpy)[.])?sum([(].{0,20}[)])?"],
            },
            scores=(("np.sum", 1.0), ("NumPy.sum(axis=0)", 1.0), ("sum", 1.0), ("np.summary", 0.0)),
        ),
    )
    never_shown: ClassVar[frozenset[str]] = frozenset(("patterns.*",))

    patterns: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    """Regular expressions (RE2) for other right answers; each has to match the whole answer."""

    @model_validator(mode="after")
    def _patterns_compile(self) -> Self:
        if faults := [fault for pattern in self.patterns if (fault := fault_of(pattern))]:
            raise ValueError(" ".join(faults))
        return self

    def accepts(self, text: str) -> bool:
        """Whether ``text`` is accepted, or matched with its quotes and spaces made plain."""
        plain = plain_text(text)
        return super().accepts(text) or any(
            is_match(pattern, plain, is_case_sensitive=self.case_sensitive)
            for pattern in self.patterns
        )

    @property
    def guess_score(self) -> float:
        return 0.0

    def right_response(self) -> Response:
        return self.accepted[0]

    def render(self) -> Interaction:
        return TextEntry()

    def grade(self, response: Response | None) -> Grade:
        if not isinstance(response, str):
            return Grade(0.0)
        return Grade(1.0 if self.accepts(response) else 0.0)

    def review(self, response: Response | None, interaction: Interaction) -> Review:  # noqa: ARG002
        keys = tuple(
            ReviewRow("", text, is_given=False, is_key=True, is_verbatim=True)
            for text in self.accepted
        )
        if not isinstance(response, str):
            return Review(keys, "Not answered.")
        is_right = self.grade(response).score == 1.0
        given = ReviewRow("", response, True, is_right, is_verbatim=True)
        others = tuple(key for key in keys if self.normal(key.text) != self.normal(response))
        return Review((given, *others))
