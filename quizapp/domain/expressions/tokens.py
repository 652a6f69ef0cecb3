"""The words of an expression as learners type it, each with its column."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quizapp.domain.formulas import FormulaError

MAXIMUM_LENGTH = 300
Kind: TypeAlias = Literal["number", "word", "name", "symbol", "superscript", "end"]

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2212\u2013\u2010\u2011\ufe63\uff0d", "-"),
        **dict.fromkeys("\u00b7\u00d7\u22c5\u2217\u2219\u2022", "*"),
        **dict.fromkeys("\u00f7\u2215\u2044", "/"),
        **dict.fromkeys("\u00a0\u2009\u202f\u2062\t\r\n", " "),
        "\uff0b": "+",
        "\u2223": "|",
        "\u00b5": "\u03bc",
        "\u03d5": "\u03c6",
        "\u03f5": "\u03b5",
        "\u03d1": "\u03b8",
    }
)
_LETTER = "A-Za-z\u0391-\u03a9\u03b1-\u03c9"
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿˣ", "0123456789-+nx", strict=True))
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_TOKEN = re.compile(
    r"(?P<space> +)"
    r"|(?P<unclear>[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9]))"
    r"|(?P<number>[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)"
    rf"|(?P<word>[{_LETTER}](?:[{_LETTER}0-9₀-₉]|_(?=[A-Za-z0-9₀-₉]))*)"
    rf"|(?P<superscript>[{''.join(_SUPERSCRIPTS)}]+)"
    r"|(?P<symbol>\*\*|[-+*/^()\[\]{}|√∛])"
)
_ADVICE = {
    "=": "Write only what stands behind the equals sign.",
    "%": "Write 0.05 for 5 %.",
    "!": "Write the product instead.",
    ",": "A comma may only stand within a decimal number.",
    "'": "A derivative has to be worked out.",
    "\\": "Write without LaTeX, such as sqrt(x) or 1/x.",
    "$": "Write without dollar signs.",
}
_USUAL = "Use letters, digits, and + - * / ^ ( )."


@dataclass(frozen=True)
class Token:
    """One word; ``column`` counts from 1. The parser makes a ``word`` into known ``names``."""

    kind: Kind
    text: str
    column: int
    is_apart: bool = False
    """Whether a space stands before it."""


def tokens(text: str) -> list[Token]:
    """The words of ``text``, an ``end`` last. Raises FormulaError: too long, or not understood."""
    if len(text) > MAXIMUM_LENGTH:
        raise FormulaError(f"This may have at most {MAXIMUM_LENGTH} characters.", 1)
    return [*_words(text.translate(_SIGNS)), Token("end", "", len(text) + 1)]


def _words(text: str) -> Iterator[Token]:
    place, is_apart = 0, False
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise _unknown(text[place], place + 1)
        if found.lastgroup == "unclear":
            raise FormulaError(_unclear(found[0]), place + 1)
        if found.lastgroup != "space":
            yield _token(found, place + 1, is_apart=is_apart)
        is_apart = found.lastgroup == "space"
        place = found.end()


def _token(found: re.Match[str], column: int, *, is_apart: bool) -> Token:
    text = found[0]
    match found.lastgroup:
        case "number":
            return Token("number", _plain_number(text), column, is_apart)
        case "word":
            return Token("word", _spelled(text), column, is_apart)
        case "superscript":
            raised = "".join(_SUPERSCRIPTS[character] for character in text)
            return Token("superscript", raised, column, is_apart)
        case _:
            return Token("symbol", "^" if text == "**" else text, column, is_apart)


def _plain_number(text: str) -> str:
    plain = text.replace(",", ".")
    return f"0{plain}" if plain.startswith(".") else plain


def _unclear(text: str) -> str:
    if "," in text and "e" not in text.lower():
        plain = text.replace(",", "")
        return f"`{text}` could be {plain} or a decimal. Leave the comma out, or write a point."
    number, _, exponent = text.lower().partition("e")
    return (
        f"`{text}` could be a power of ten or Euler's number. Write {number}*10^{exponent},"
        f" or put a * before the e."
    )


def _spelled(word: str) -> str:
    """``word`` in ASCII: Greek letters by their names, one form of subscripts."""
    plain = word.replace("_", "").translate(_SUBSCRIPTS)
    return plain if plain.isascii() else "".join(map(_letter_name, plain))


def _letter_name(letter: str) -> str:
    if letter.isascii():
        return letter
    words = unicodedata.name(letter).lower().split()
    name = words[-1].replace("lamda", "lambda")
    return name.title() if "capital" in words else name


def _unknown(character: str, column: int) -> FormulaError:
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return FormulaError(f"`{shown}` is not known here. {_ADVICE.get(character, _USUAL)}", column)
