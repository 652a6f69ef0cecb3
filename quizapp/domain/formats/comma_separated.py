"""CSV: one question a row, columns by name; see questions/README.md.

Columns: ``id, type, stem, option_1 … option_12, why_1 … why_12, answer, tolerance, unit,
explanation, references, skills, level, difficulty, seconds, points``. Lists within a cell are
separated by ``;``. The answer of a choice names its options by letter (``B`` or ``A;C``).
Kinds whose fields do not fit into cells are refused: ``KINDS`` names those that are read.
Nothing that a cell holds is passed over: what does not fit its question is a problem.
Spaces around a cell are dropped, so a kind whose key begins with some is not to be had here.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from quizapp.domain.items import FieldProblem
from quizapp.domain.numbers import read_number
from quizapp.domain.options import MAXIMUM_OPTIONS
from quizapp.domain.places import Place
from quizapp.domain.question_types import question_types
from quizapp.domain.reading import EntryReader, Locate, Problem, Reading
from quizapp.domain.yaml_document import Mark

NAME = "CSV"
SUFFIXES = (".csv",)
KINDS = frozenset(
    ("multiple-choice", "multiple-response", "true-false", "numeric", "short-text", "ordering")
)
"""The kinds of question that a row can hold."""

_PLAIN = ("id", "type", "stem", "unit", "explanation", "level", "difficulty", "seconds")
_DECIMALS = ("tolerance", "points")
_OPTIONS = tuple(f"option_{number}" for number in range(1, MAXIMUM_OPTIONS + 1))
_WHYS = tuple(f"why_{number}" for number in range(1, MAXIMUM_OPTIONS + 1))
COLUMNS = (*_PLAIN, *_DECIMALS, *_OPTIONS, *_WHYS, "answer", "references", "skills")
_REQUIRED = ("stem", "answer", "skills")
_CHOICES = ("multiple-choice", "multiple-response")


def sniff(head: str) -> bool:
    """A first line that names the stem and the answer."""
    first = head.lstrip("\ufeff").partition("\n")[0].lower()
    return "stem" in first and "answer" in first


def read(text: str) -> Reading:
    """The questions in ``text``, a problem for each unknown or missing column and bad cell."""
    reader = EntryReader()
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    rows = _Rows(csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True))
    try:
        columns = [name.lower().replace(" ", "_") for name in next(rows, [])]
        if _check_columns(columns, reader.problems):
            _read_rows(rows, columns, reader)
    except csv.Error as error:
        message = f"The row that begins here is not readable as CSV: {error}."
        reader.problems.append(Problem(rows.line, 1, message))
    return reader.reading()


class _Rows:
    """Rows of cells without spaces around them and blank cells behind; ``line`` is the row's."""

    def __init__(self, rows: Any) -> None:
        self._rows = rows
        self.line = 1

    def __iter__(self) -> "_Rows":
        return self

    def __next__(self) -> list[str]:
        self.line = self._rows.line_num + 1
        cells = [cell.strip() for cell in next(self._rows)]
        while cells and not cells[-1]:
            cells.pop()
        return cells


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _check_columns(columns: Sequence[str], problems: list[Problem]) -> bool:
    if len(columns) > 2 * len(COLUMNS):
        problems.append(Problem(1, 1, f"{len(columns)} columns are too many."))
        return False
    for place, name in enumerate(columns, start=1):
        if name not in COLUMNS:
            message = f"The column `{name}` is not known." if name else "A column has no name."
            problems.append(Problem(1, place, message, field=name))
        elif name in columns[: place - 1]:
            message = f"The column `{name}` stands here twice."
            problems.append(Problem(1, place, message, field=name))
    for name in _REQUIRED:
        if name not in columns:
            message = f"The column `{name}` is missing."
            problems.append(Problem(1, 1, message, field=name))
    return not problems


def _read_rows(rows: _Rows, columns: Sequence[str], reader: EntryReader) -> None:
    for count, cells in enumerate(rows, start=1):
        locate = _locate_in(rows.line, columns)
        if cells and not reader.has_room(locate):
            return
        if len(cells) > len(columns):
            message = f"This row has {len(cells)} cells, the head has {len(columns)}."
            reader.refuse(message, locate)
        elif cells:
            _read_row(dict(zip(columns, cells, strict=False)), count, reader, locate)


def _read_row(row: Mapping[str, str], number: int, reader: EntryReader, locate: Locate) -> None:
    options = _options(row)
    kind = row.get("type") or _guess_type(row, options)
    if kind in question_types() and kind not in KINDS:
        reader.refuse(f"CSV cannot hold the type {kind!r}. Write it in YAML.", locate)
        return
    faults = _unknown_letters(row, options) if kind in _CHOICES else ()
    reader.add(_fields(row, kind, options, number), locate, faults)


def _fields(
    row: Mapping[str, str], kind: str, options: list[dict[str, Any]], number: int
) -> dict[str, Any]:
    """The row as an author's fields in the native format."""
    fields: dict[str, Any] = {name: row[name] for name in _PLAIN if row.get(name)}
    fields |= {name: row[name].replace(",", ".") for name in _DECIMALS if row.get(name)}
    fields |= {"id": row.get("id") or f"row-{number}", "type": kind}
    fields["skills"] = _split(row.get("skills", ""))
    if references := _split(row.get("references", "")):
        fields["references"] = references
    return fields | _key(kind, row.get("answer", ""), options)


def _options(row: Mapping[str, str]) -> list[dict[str, Any]]:
    """Options up to the last that is filled: a gap stays, or letters would name other options."""
    found = [
        (row.get(name, ""), row.get(why, "")) for name, why in zip(_OPTIONS, _WHYS, strict=True)
    ]
    while found and not any(found[-1]):
        found.pop()
    return [{"text": text, **({"why": why} if why else {})} for text, why in found]


def _guess_type(row: Mapping[str, str], options: Sequence[Mapping[str, Any]]) -> str:
    answer = row.get("answer", "")
    if options:
        return "multiple-response" if len(_split(answer)) > 1 else "multiple-choice"
    if answer.lower() in ("true", "false"):
        return "true-false"
    return "short-text" if read_number(answer) is None else "numeric"


def _unknown_letters(
    row: Mapping[str, str], options: Sequence[Mapping[str, Any]]
) -> tuple[FieldProblem, ...]:
    known = ascii_uppercase[: len(options)]
    return tuple(
        FieldProblem(("answer",), f"There is no option {letter!r}. Name options by letter: A;C.")
        for letter in _split(row.get("answer", ""))
        if len(letter) != 1 or letter.upper() not in known
    )


def _key(kind: str, answer: str, options: list[dict[str, Any]]) -> dict[str, Any]:
    if kind in _CHOICES:
        right = {letter.upper() for letter in _split(answer)}
        for letter, option in zip(ascii_uppercase, options, strict=False):
            if letter in right:
                option["correct"] = True
        return {"options": options}
    if kind == "ordering":
        whys = {"options": options} if any("why" in option for option in options) else {}
        lines = {"lines": [option["text"] for option in options]}
        return lines | whys | ({"answer": answer} if answer else {})
    key = {"accepted": _split(answer)} if kind == "short-text" else {"answer": answer}
    return key | ({"options": options} if options else {})


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _locate_in(row_line: int, columns: Sequence[str]) -> Locate:
    """Marks count cells as columns: a spreadsheet's cell is what an author looks for."""

    def locate(place: Place, line: int, column: int) -> Mark:  # noqa: ARG001 - cells, not characters
        name = _column_of(place)
        return Mark(row_line, columns.index(name) + 1 if name in columns else 1)

    return locate


def _column_of(place: Place) -> str:
    match place:
        case ("options", int(index), "why"):
            return f"why_{index + 1}"
        case ("options" | "lines", int(index), *_):
            return f"option_{index + 1}"
        case ("options" | "lines",):
            return "option_1"
        case ("accepted", *_):
            return "answer"
        case (str(name), *_):
            return name
    return ""
