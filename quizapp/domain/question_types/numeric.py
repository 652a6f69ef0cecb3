"""Numeric: a number, right within a tolerance."""

from typing import ClassVar

from quizapp.domain.interactions import Interaction, Response, TextEntry
from quizapp.domain.keys import UNREAD, NumberKey
from quizapp.domain.numbers import read_number, show_number
from quizapp.domain.question import Example, Grade, Line, QuestionType, Review, ReviewRow


class Numeric(NumberKey, QuestionType):
    """Full credit within ``tolerance`` or ``relative_tolerance``, whichever is wider."""

    kind: ClassVar[str] = "numeric"
    label: ClassVar[str] = "Number"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"stem": "What is $1/8$ as a decimal?", "answer": "0.125"},
            scores=(("0.125", 1.0), ("0,125", 1.0), ("1/8", 1.0), ("12.5 %", 1.0), ("0.13", 0.0)),
        ),
        Example(
            {"stem": "How many bytes are 2 KiB?", "answer": "2048", "unit": "bytes"},
            scores=(("2048", 1.0), ("2 048", 1.0), ("2,048", 1.0), ("2e3", 0.0), ("many", 0.0)),
        ),
        Example(
            {"stem": "Round $\\pi$ to two decimals.", "answer": "3.14", "tolerance": 0.005},
            scores=(("3.14", 1.0), ("3.145", 1.0), ("3.15", 0.0), (None, 0.0), ([1], 0.0)),
        ),
    )
    shown: ClassVar[frozenset[str]] = frozenset(("stem", "unit"))

    unit: Line | None = None
    """Shown beside the box; not to be typed by the learner."""

    @property
    def guess_score(self) -> float:
        return 0.0

    def right_response(self) -> Response:
        return self.answer

    def render(self) -> Interaction:
        return TextEntry(numeric=True, unit=self.unit, max_length=60)

    def grade(self, response: Response | None) -> Grade:
        if not isinstance(response, str) or read_number(response) is None:
            return Grade(0.0, UNREAD if response else "")
        return Grade(1.0 if self.accepts(response) else 0.0)

    def review(self, response: Response | None, interaction: Interaction) -> Review:  # noqa: ARG002
        unit = f" {self.unit}" if self.unit else ""
        key = ReviewRow("", f"{self.answer}{unit}{self.margin}", is_given=False, is_key=True)
        if not isinstance(response, str):
            return Review((key,), "Not answered.")
        is_right = self.grade(response).score == 1.0
        given = ReviewRow("", f"{response}{unit}", True, is_right, is_verbatim=True)
        return Review(
            (given,) if is_right and not self.margin else (given, key), self._note(response)
        )

    def _note(self, response: str) -> str:
        given = read_number(response)
        return UNREAD if given is None else f"Read as {show_number(given)}."
