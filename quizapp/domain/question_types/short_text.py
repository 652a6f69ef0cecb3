"""Short text: a word or a phrase out of a list of accepted ones."""

import unicodedata
from typing import Annotated, ClassVar

from pydantic import Field

from quizapp.domain.interactions import Interaction, Response, TextEntry
from quizapp.domain.question import Example, Grade, Line, QuestionType, Review, ReviewRow

_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-"})


class ShortText(QuestionType):
    """Full credit for an accepted text; quotes, spaces and (by default) case do not matter."""

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
    )

    accepted: Annotated[tuple[Line, ...], Field(min_length=1, max_length=50)]
    """Every answer that is right; quotes and spaces do not matter."""
    case_sensitive: bool = False
    """True when small and capital letters differ, as in code."""

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
        accepted = {self._normal(text) for text in self.accepted}
        return Grade(1.0 if self._normal(response) in accepted else 0.0)

    def review(self, response: Response | None, interaction: Interaction) -> Review:  # noqa: ARG002
        keys = tuple(
            ReviewRow("", text, is_given=False, is_key=True, is_verbatim=True)
            for text in self.accepted
        )
        if not isinstance(response, str):
            return Review(keys, "Not answered.")
        is_right = self.grade(response).score == 1.0
        given = ReviewRow("", response, True, is_right, is_verbatim=True)
        others = tuple(key for key in keys if self._normal(key.text) != self._normal(response))
        return Review((given, *others))

    def _normal(self, text: str) -> str:
        plain = " ".join(unicodedata.normalize("NFKC", text.translate(_QUOTES)).split())
        return plain if self.case_sensitive else plain.casefold()
