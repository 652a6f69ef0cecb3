"""A formula's words, each with its column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quizapp.domain.formulas.errors import FormulaError

MAXIMUM_LENGTH = 500
Kind: TypeAlias = Literal["number", "name", "symbol", "end"]

# ASCII alone: other alphabets have letters that look the same, and digits that Python would read
_TOKEN = re.compile(
    r"(?P<space>[ \t\n]+)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<symbol>\*\*|==|!=|<=|>=|[-+*/^()\[\],<>])"
)
_ADVICE = {
    "=": "Write == to compare.",
    "%": "Write mod(a, b) for a remainder, and 0.05 for 5 %.",
    "!": "Write factorial(n) or `not`.",
    "&": "Write `and`.",
    "|": "Write `or`.",
    "{": "Use round brackets.",
    "}": "Use round brackets.",
}


@dataclass(frozen=True)
class Token:
    """One word; ``column`` counts from 1."""

    kind: Kind
    text: str
    column: int


def tokens(text: str) -> list[Token]:
    """The words of ``text``, an ``end`` last. Raises FormulaError: too long, or not understood."""
    if len(text) > MAXIMUM_LENGTH:
        raise FormulaError(f"A formula may have at most {MAXIMUM_LENGTH} characters.", 1)
    return [*_words(text), Token("end", "", len(text) + 1)]


def _words(text: str) -> Iterator[Token]:
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise _unknown(text[place], place + 1)
        match found.lastgroup:
            case "number":
                yield Token("number", found[0], place + 1)
            case "name":
                yield Token("name", found[0], place + 1)
            case "symbol":
                yield Token("symbol", "^" if found[0] == "**" else found[0], place + 1)
        place = found.end()


def _unknown(character: str, column: int) -> FormulaError:
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    advice = _ADVICE.get(character, "Use letters without accents, digits, and + - * / ^ ( ) [ ].")
    return FormulaError(f"`{shown}` has no meaning in a formula. {advice}", column)
