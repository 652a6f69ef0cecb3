"""CSV: one question a row, columns by name; see questions/README.md.

Columns: ``id, type, stem, option_1 … option_12, why_1 … why_12, answer, tolerance, unit,
explanation, references, skills, level, difficulty, seconds, points``. Lists within a cell are
separated by ``;``. The answer of a choice names its options by letter (``B`` or ``A;C``).
"""

import csv
import io
from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from quizapp.domain.items import Place
from quizapp.domain.options import MAXIMUM_OPTIONS
from quizapp.domain.reading import EntryReader, Locate, Problem, Reading
from quizapp.domain.yaml_document import Mark

NAME = "CSV"
SUFFIXES = (".csv",)

MAXIMUM_ROWS = 20_000
_PLAIN = (
    "id",
    "type",
    "stem",
    "tolerance",
    "unit",
    "explanation",
    "level",
    "difficulty",
    "seconds",
)
_OPTIONS = tuple(f"option_{number}" for number in range(1, MAXIMUM_OPTIONS + 1))
_WHYS = tuple(f"why_{number}" for number in range(1, MAXIMUM_OPTIONS + 1))
COLUMNS = (*_PLAIN, "points", *_OPTIONS, *_WHYS, "answer", "references", "skills")
_REQUIRED = ("stem", "answer", "skills")


def sniff(head: str) -> bool:
    """A first line that names the stem and the answer."""
    first = head.lstrip("\ufeff").partition("\n")[0].lower()
    return "stem" in first and "answer" in first


def read(text: str) -> Reading:
    """The questions in ``text``, a problem for each unknown or missing column and bad cell."""
    reader = EntryReader()
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=_delimiter(text), strict=True)
    try:
        columns = [name.strip().lower().replace(" ", "_") for name in next(rows, [])]
        if not _check_columns(columns, reader.problems):
            return reader.reading()
        _read_rows(rows, columns, reader)
    except csv.Error as error:
        reader.problems.append(Problem(max(rows.line_num, 1), 1, f"Not readable as CSV: {error}."))
    return reader.reading()


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _check_columns(columns: Sequence[str], problems: list[Problem]) -> bool:
    for place, name in enumerate(columns, start=1):
        if name not in COLUMNS:
            problems.append(Problem(1, place, f"The column `{name}` is not known.", field=name))
        elif name in columns[: place - 1]:
            problems.append(
                Problem(1, place, f"The column `{name}` stands here twice.", field=name)
            )
    missing = [name for name in _REQUIRED if name not in columns]
    problems.extend(
        Problem(1, 1, f"The column `{name}` is missing.", field=name) for name in missing
    )
    return not problems


def _read_rows(rows: Any, columns: Sequence[str], reader: EntryReader) -> None:
    line = rows.line_num + 1
    for count, cells in enumerate(rows, start=1):
        if count > MAXIMUM_ROWS:
            reader.problems.append(Problem(line, 1, f"More than {MAXIMUM_ROWS} rows."))
            return
        if len(cells) > len(columns):
            message = f"This row has {len(cells)} cells, the head has {len(columns)}."
            reader.problems.append(Problem(line, len(columns) + 1, message, entry=count))
        elif any(cell.strip() for cell in cells):
            row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
            reader.add(_fields(row, count), _locate_in(line, columns))
        line = rows.line_num + 1


def _fields(row: Mapping[str, str], number: int) -> dict[str, Any]:
    """The row as an author's fields in the native format."""
    fields: dict[str, Any] = {name: row[name] for name in _PLAIN if row.get(name)}
    options = _options(row)
    kind = row.get("type") or _guess_type(row, options)
    fields |= {"id": row.get("id") or f"row-{number}", "type": kind}
    fields["skills"] = _split(row.get("skills", ""))
    if row.get("points"):
        fields["points"] = row["points"].replace(",", ".")
    if references := _split(row.get("references", "")):
        fields["references"] = references
    return fields | _key(kind, row.get("answer", ""), options)


def _options(row: Mapping[str, str]) -> list[dict[str, Any]]:
    found = [
        (row.get(name, ""), row.get(why, "")) for name, why in zip(_OPTIONS, _WHYS, strict=True)
    ]
    return [{"text": text, **({"why": why} if why else {})} for text, why in found if text]


def _guess_type(row: Mapping[str, str], options: Sequence[Mapping[str, Any]]) -> str:
    answer = row.get("answer", "").lower()
    if options:
        return "multiple-response" if len(_split(answer)) > 1 else "multiple-choice"
    return "true-false" if answer in ("true", "false") else "short-text"


def _key(kind: str, answer: str, options: list[dict[str, Any]]) -> dict[str, Any]:
    if kind in ("multiple-choice", "multiple-response"):
        right = {letter.upper() for letter in _split(answer)}
        for letter, option in zip(ascii_uppercase, options, strict=False):
            if letter in right:
                option["correct"] = True
        return {"options": options}
    if kind == "ordering":
        return {"lines": [option["text"] for option in options]}
    if kind == "short-text":
        return {"accepted": _split(answer)}
    return {"answer": answer}


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
        case ("options", int(index), "correct"):
            return "answer"
        case ("options" | "lines", int(index), *_):
            return f"option_{index + 1}"
        case ("accepted", *_):
            return "answer"
        case (str(name), *_):
            return name
    return ""
