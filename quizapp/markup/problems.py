"""Formulas that do not parse, with their place in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markdown_it.token import Token

from quizapp.domain.interactions.gaps import GAP
from quizapp.markup.formulas import FormulaError, to_mathml
from quizapp.markup.limits import MAX_TEXT_LENGTH
from quizapp.markup.parser import FORMULA_TYPES, STRAY_TYPE, create_parser

_PARSER: Final = create_parser()
_NEWLINE: Final = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, order=True)
class FormulaProblem:
    """What is wrong with a formula, and where: line and column count from 1."""

    line: int
    column: int
    message: str


def math_problems(text: str) -> list[FormulaProblem]:
    """Every formula in ``text`` that does not parse or does not end, in reading order."""
    if len(text) > MAX_TEXT_LENGTH:
        return [FormulaProblem(1, 1, f"This text is longer than {MAX_TEXT_LENGTH:,} characters.")]
    lines = _NEWLINE.split(text)
    found = [
        _problem(lines, token, error)
        for token in _PARSER.parse(text, {})
        for error in _errors(token)
    ]
    return sorted(found)


def _errors(block: Token) -> Iterator[FormulaError]:
    """Errors of one block; their offsets count from the start of its content."""
    if block.type in FORMULA_TYPES:
        yield from _error(block.content, 0)
    for token in block.children or ():
        if token.type in FORMULA_TYPES:
            yield from _error(token.content, token.meta["offset"])
        elif token.type == STRAY_TYPE and not _is_money(block.content, token.meta["offset"]):
            yield FormulaError(
                f"This {token.content} does not begin or end a formula."
                r" Close the formula, or write \$ for a dollar sign.",
                token.meta["offset"],
            )


def _error(source: str, start: int) -> Iterator[FormulaError]:
    if gap := GAP.search(source):
        yield FormulaError(
            "A gap cannot stand in a formula. End the formula before it.", start + gap.start()
        )
        return
    try:
        to_mathml(source.rstrip(), is_display=True)
    except FormulaError as error:
        yield FormulaError(str(error), start + error.offset)


def _is_money(content: str, offset: int) -> bool:
    """A digit beside the dollar sign, as in "$5" or "5$"."""
    return content[offset + 1 : offset + 2].isdigit() or content[:offset][-1:].isdigit()


def _problem(lines: list[str], block: Token, error: FormulaError) -> FormulaProblem:
    """The place of ``error`` in the text, whose lines may be indented or quoted."""
    first = block.map[0] if block.map else 0
    before = block.content[: error.offset]
    row = before.count("\n")
    line = min(first + row, len(lines) - 1)
    margin = max(lines[line].find(block.content.split("\n")[row]), 0)
    return FormulaProblem(
        line + 1, margin + error.offset - (before.rfind("\n") + 1) + 1, str(error)
    )
