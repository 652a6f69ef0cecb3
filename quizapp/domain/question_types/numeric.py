"""Numeric: a number, right within a tolerance."""

from fractions import Fraction
from functools import cached_property
from typing import ClassVar, Self

from pydantic import Field, model_validator

from quizapp.domain.interactions import Interaction, Response, TextEntry
from quizapp.domain.numbers import read_number, show_number
from quizapp.domain.question import Example, Grade, Line, QuestionType, Review, ReviewRow

UNREAD = "This was not read as a number."


class Numeric(QuestionType):
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

    answer: Line
    """The right number: 0.5, 1/2, 50 %, 5e-1."""
    tolerance: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    """How far from the answer a response may lie and still be right."""
    relative_tolerance: float = Field(default=0.0, ge=0, lt=1)
    """The same as a share of the answer: 0.01 is one per cent."""
    unit: Line | None = None
    """Shown beside the box; not to be typed by the learner."""

    @model_validator(mode="after")
    def _answer_is_a_number(self) -> Self:
        if read_number(self.answer) is None:
            raise ValueError(f"The answer {self.answer!r} is not a number.")
        return self

    @cached_property
    def key(self) -> Fraction:
        """The right number, exactly as written."""
        return read_number(self.answer) or Fraction(0)

    @cached_property
    def allowed_error(self) -> Fraction:
        """How far from the key a number may lie."""
        relative = abs(self.key) * Fraction(str(self.relative_tolerance))
        return max(Fraction(str(self.tolerance)), relative)

    @property
    def guess_score(self) -> float:
        return 0.0

    def right_response(self) -> Response:
        return self.answer

    def render(self) -> Interaction:
        return TextEntry(numeric=True, unit=self.unit, max_length=60)

    def grade(self, response: Response | None) -> Grade:
        given = read_number(response) if isinstance(response, str) else None
        if given is None:
            return Grade(0.0, UNREAD if response else "")
        return Grade(1.0 if abs(given - self.key) <= self.allowed_error else 0.0)

    def review(self, response: Response | None, interaction: Interaction) -> Review:  # noqa: ARG002
        unit = f" {self.unit}" if self.unit else ""
        margin = f" (± {show_number(self.allowed_error)})" if self.allowed_error else ""
        key = ReviewRow("", f"{self.answer}{unit}{margin}", is_given=False, is_key=True)
        if not isinstance(response, str):
            return Review((key,), "Not answered.")
        is_right = self.grade(response).score == 1.0
        given = ReviewRow("", f"{response}{unit}", True, is_right, is_verbatim=True)
        return Review((given,) if is_right and not margin else (given, key), self._note(response))

    def _note(self, response: str) -> str:
        given = read_number(response)
        return UNREAD if given is None else f"Read as {show_number(given)}."
