"""Matrix: a vector or a matrix of numbers, each right within a tolerance."""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias

from pydantic import ConfigDict, Field, TypeAdapter, WrapValidator, model_validator

from quizapp.domain.interactions import Grid, Interaction, Response
from quizapp.domain.keys import UNREAD, Tolerance
from quizapp.domain.numbers import read_number, show_number
from quizapp.domain.question import Example, Grade, Line, QuestionType, Review, ReviewRow

MAXIMUM_ROWS = 8
MAXIMUM_COLUMNS = 6
_PLAIN = re.compile(r"[+-]?[\d.]{1,12}(/\d{1,12})?")

Row: TypeAlias = Annotated[tuple[Line, ...], Field(min_length=1, max_length=MAXIMUM_COLUMNS)]
Labels: TypeAlias = Annotated[tuple[Line, ...], Field(max_length=MAXIMUM_ROWS)]

_CONFIG = ConfigDict(coerce_numbers_to_str=True)
_ROW: TypeAdapter[Any] = TypeAdapter(Row, config=_CONFIG)
_NUMBER: TypeAdapter[Any] = TypeAdapter(Line, config=_CONFIG)


def _row_or_number(value: Any, _: object) -> Any:
    """A list is a row, anything else a number: so that only faults of what was meant are shown."""
    return (_ROW if isinstance(value, list | tuple) else _NUMBER).validate_python(value)


class Matrix(QuestionType, Tolerance):
    """Full credit when every entry is right: QTI's ``match_correct`` of an ordered container.

    With ``scoring: partial`` it is the share of right entries, as if each were a gap of Moodle's
    Cloze. A blank entry is wrong.
    """

    kind: ClassVar[str] = "matrix"
    label: ClassVar[str] = "Vector or matrix"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"stem": "What is the inverse of $2 I$?", "answer": [["1/2", "0"], ["0", "1/2"]]},
            scores=(
                (["0.5", "0", "0,0", "50 %"], 1.0),
                (["0.5", "0", "0", "2"], 0.0),
                (["0.5", None, None, "0.5"], 0.0),
                (["0.5", "0"], 0.0),
                ([["0.5", "0"], ["0", "0.5"]], 0.0),
                ("0.5", 0.0),
                (None, 0.0),
            ),
        ),
        Example(
            {
                "stem": "Which class shares are these?",
                "answer": ["0.2", "0.3", "0.5"],
                "tolerance": 0.01,
                "scoring": "partial",
                "row_labels": ["cat", "dog", "bird"],
            },
            scores=(
                (["0.2", "0.3", "1/2"], 1.0),
                (["0.205", None, "half"], 1 / 3),
                (["0.3", "0.2", None], 0.0),
            ),
        ),
    )
    shown: ClassVar[frozenset[str]] = frozenset(("stem", "row_labels.*", "column_labels.*"))
    measured: ClassVar[frozenset[str]] = frozenset(("answer.*", "answer.*.*"))

    answer: Annotated[
        tuple[Annotated[Row | Line, WrapValidator(_row_or_number)], ...],
        Field(min_length=1, max_length=MAXIMUM_ROWS),
    ]
    """The right numbers: a list of rows, or one list of numbers for a vector, shown as a column."""
    scoring: Literal["partial", "all-or-nothing"] = "all-or-nothing"
    """Partial: the share of right entries."""
    row_labels: Labels = ()
    """What stands before each row."""
    column_labels: Labels = ()
    """What stands above each column."""

    @model_validator(mode="after")
    def _numbers_form_a_grid(self) -> Self:
        if len({isinstance(row, str) for row in self.answer}) > 1:
            raise ValueError("Write either rows in brackets or numbers alone, not both.")
        if len({len(row) for row in self._rows}) > 1:
            raise ValueError("All rows must have the same number of entries.")
        if len(self._texts) == 1:
            raise ValueError("A single number is a question of the type numeric.")
        for text in self._texts:
            if read_number(text) is None:
                raise ValueError(f"The entry {text!r} is not a number.")
        self._check_labels()
        return self

    def _check_labels(self) -> None:
        rows, columns = len(self._rows), len(self._rows[0])
        for name, labels, count in (
            ("row_labels", self.row_labels, rows),
            ("column_labels", self.column_labels, columns),
        ):
            if labels and len(labels) != count:
                raise ValueError(f"`{name}` has {len(labels)} labels for {count}.")

    @cached_property
    def _rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple((row,) if isinstance(row, str) else row for row in self.answer)

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(text for row in self._rows for text in row)

    @cached_property
    def _keys(self) -> tuple[Fraction, ...]:
        return tuple(read_number(text) or Fraction(0) for text in self._texts)

    @cached_property
    def _grid(self) -> Grid:
        rows, columns = len(self._rows), len(self._rows[0])
        return Grid(rows, columns, self.row_labels, self.column_labels)

    @property
    def guess_score(self) -> float:
        """Nothing: the shape is shown, but a number typed by chance is hardly ever right."""
        return 0.0

    def right_response(self) -> Response:
        return list(self._texts)

    def render(self) -> Interaction:
        return self._grid

    def grade(self, response: Response | None) -> Grade:
        verdicts = self._verdicts(response)
        if self.scoring == "all-or-nothing":
            return Grade(float(all(verdicts)))
        return Grade(sum(verdicts) / len(verdicts))

    def _verdicts(self, response: Response | None) -> list[bool]:
        """Whether each entry is right."""
        entries = zip(self._grid.entries(response), self._keys, strict=True)
        return [text is not None and self.is_within(text, key) for text, key in entries]

    def review(self, response: Response | None, interaction: Interaction) -> Review:  # noqa: ARG002
        entries = self._grid.entries(response)
        key = ReviewRow("", self._matrix(self._texts), False, True, self._margin)
        if not any(entries):
            return Review((key,), "Not answered.")
        wrong = [
            name
            for name, is_right in zip(self._grid.names, self._verdicts(response), strict=True)
            if not is_right
        ]
        verdict = "No entry is right." if len(wrong) == len(entries) else _wrong(wrong)
        given = ReviewRow("", self._matrix(entries), True, not wrong, verdict)
        return Review((given, *self._unread(entries), key) if wrong else (given,))

    def _unread(self, entries: Sequence[str | None]) -> Iterator[ReviewRow]:
        """What was typed in each cell that holds no number."""
        for name, text in zip(self._grid.names, entries, strict=True):
            if text is not None and read_number(text) is None:
                yield ReviewRow("", text, True, False, UNREAD, is_verbatim=True, part=name)

    @property
    def _margin(self) -> str:
        errors = {self.error_allowed_at(key) for key in self._keys}
        if not any(errors):
            return ""
        return f"An entry may be off by up to {show_number(max(errors))}."

    def _matrix(self, entries: Sequence[str | None]) -> str:
        """The entries as a display formula in Markdown, so that a wide one scrolls by itself."""
        width = self._grid.columns
        cells = [_formula(text) for text in entries]
        rows = (" & ".join(cells[start : start + width]) for start in range(0, len(cells), width))
        return r"$$\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}$$"

    def texts(self) -> Mapping[tuple[str | int, ...], str]:
        found: dict[tuple[str | int, ...], str] = {("stem",): self.stem}
        found |= {("row_labels", place): label for place, label in enumerate(self.row_labels)}
        found |= {("column_labels", place): label for place, label in enumerate(self.column_labels)}
        return found


def _formula(text: str | None) -> str:
    """One entry in LaTeX: a box for a blank, a question mark for what is no number."""
    if text is None:
        return r"\square"
    number = read_number(text)
    if number is None:
        return r"\text{?}"
    return text if _PLAIN.fullmatch(text) else show_number(number)


def _wrong(names: Sequence[str]) -> str:
    return f"Not right: {'; '.join(name.lower() for name in names)}." if names else ""
