"""Output prediction: what does this program print?"""

import re
from itertools import zip_longest
from typing import Annotated, ClassVar, Literal, Self, TypeAlias

from pydantic import StringConstraints, model_validator

from quizapp.domain.fences import fenced
from quizapp.domain.interactions import Interaction, Lines, Response
from quizapp.domain.question import Example, Grade, QuestionType, Review, ReviewRow, Storable

Verbatim: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=4_000), Storable]
"""Text of which every space counts."""
Language: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+#.-]{1,30}$")]

_FENCE = re.compile(r"^ {0,3}(```|~~~)", re.MULTILINE)


class OutputPrediction(QuestionType):
    """Full credit when every line is right: neither spaces at the end of a line nor blank lines
    at the end matter, all else does, as with the equality grader of Moodle's CodeRunner.

    With ``scoring: partial``, a rule of our own: the lines that are right before the first wrong
    one, over the lines of the output or of the response, whichever has more.
    """

    kind: ClassVar[str] = "output-prediction"
    label: ClassVar[str] = "Output prediction"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "stem": "What does this program print?",
                "code": "for n in range(3):\n    print(' ' * n, n)\n",
                "language": "python",
                "output": " 0\n  1\n   2\n",
            },
            scores=(
                (" 0\n  1\n   2", 1.0),
                (" 0  \n  1\n   2\n\n", 1.0),
                ("0\n1\n2", 0.0),
                (" 0\n  1", 0.0),
                (None, 0.0),
                ([0], 0.0),
            ),
        ),
        Example(
            {
                "stem": "What does this print?\n\n```python\nprint(1)\nprint([2] * 2)\n```",
                "output": "1\n[2, 2]",
                "scoring": "partial",
            },
            scores=(
                ("1\n[2, 2]", 1.0),
                ("1\n[2,2]", 0.5),
                ("1", 0.5),
                ("1\n[2, 2]\nNone", 2 / 3),
                ("\n1\n[2, 2]", 0.0),
            ),
        ),
    )
    shown: ClassVar[frozenset[str]] = frozenset(("stem", "code", "language", "scoring"))

    code: Verbatim | None = None
    """The program, unless it stands in a fenced block of the stem."""
    language: Language | None = None
    """What ``code`` is written in, such as python: for its colours."""
    output: Verbatim
    """All that the program prints."""
    scoring: Literal["all-or-nothing", "partial"] = "all-or-nothing"
    """Partial: the share of lines that are right before the first wrong one."""

    @model_validator(mode="after")
    def _there_is_a_program_with_output(self) -> Self:
        if self.code is None and self.language is not None:
            raise ValueError("`language` belongs to `code`; in the stem it stands after the fence.")
        if not (self.code or "").strip() and not _FENCE.search(self.stem):
            raise ValueError("Show the program: in `code`, or in a fenced block of the stem.")
        if not self._key:
            raise ValueError("The program must print something.")
        return self

    @property
    def prompt(self) -> str:
        if self.code is None:
            return self.stem
        return f"{self.stem}\n\n{fenced(self.code, self.language or '')}"

    @property
    def _key(self) -> list[str]:
        return _lines(self.output)

    @property
    def guess_score(self) -> float:
        return 0.0

    def right_response(self) -> Response:
        return "\n".join(self._key)

    def render(self) -> Interaction:
        return Lines()

    def grade(self, response: Response | None) -> Grade:
        if not isinstance(response, str):
            return Grade(0.0)
        key, given = self._key, _lines(response)
        first = _first_difference(given, key)
        if first is None:
            return Grade(1.0)
        return Grade(first / max(len(key), len(given)) if self.scoring == "partial" else 0.0)

    def review(self, response: Response | None, interaction: Interaction) -> Review:  # noqa: ARG002
        key, right = self._key, "\n".join(self._key)
        if not isinstance(response, str):
            return Review((_row(right, None, is_given=False, is_key=True),), "Not answered.")
        given = _lines(response)
        first = _first_difference(given, key)
        if first is None:
            return Review((_row(response, None, is_given=True, is_key=True),))
        rows = (
            _row(response, first, is_given=True, is_key=False),
            _row(right, first, is_given=False, is_key=True),
        )
        return Review(rows, f"Line {first + 1} {_fault(first, given, key)}", is_side_by_side=True)


def _row(text: str, marked_line: int | None, *, is_given: bool, is_key: bool) -> ReviewRow:
    lines = text.rstrip().split("\n")
    return ReviewRow(
        "", "", is_given, is_key, is_verbatim=True, lines=tuple(lines), marked_line=marked_line
    )


def _lines(text: str) -> list[str]:
    """The lines of ``text`` without spaces at their ends, and without blank ones at the end."""
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _first_difference(given: list[str], key: list[str]) -> int | None:
    """The first place at which the lines differ; None where they are the same."""
    pairs = enumerate(zip_longest(given, key))
    return next((place for place, (one, other) in pairs if one != other), None)


def _fault(place: int, given: list[str], key: list[str]) -> str:
    if place >= len(given):
        return "is missing; all before it is right."
    return "is one too many." if place >= len(key) else "is the first that differs."
