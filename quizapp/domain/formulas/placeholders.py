r"""Values in an author's text: ``{{ name }}``, ``{{ formula }}``, ``{{ formula | format }}``.

LaTeX doubles braces too, so these are the rules:

- Between ``{{`` and ``}}`` stands a formula on one line: no brace, no backslash. What holds one,
  such as ``{{x}^2}`` or ``{{\bf x}}``, is LaTeX and stays as it is.
- It has at least one letter: ``10^{{-3}}`` stays as it is.
- Of three braces the inner two count: ``\frac{{{a}}}{{{b}}}`` becomes ``\frac{3}{4}``.
- Inside dollar signs, where LaTeX expects an argument (after a command, ``^``, ``_`` or a closing
  brace), one pair of braces is kept: ``\frac{{a}}{b}`` becomes ``\frac{3}{b}`` and ``x^{{n}}``
  becomes ``x^{12}``, not ``x^12``.
- Any other pair of double braces is an error at its line and column; a space between the braces,
  ``{ {a} }``, is LaTeX's alone.

Only the texts of items with parameters are filled, so all others may double what they like.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from quizapp.domain.formulas.budget import Budget
from quizapp.domain.formulas.errors import FormulaError
from quizapp.domain.formulas.formats import Format, read_format
from quizapp.domain.formulas.formula import Formula, read_formula
from quizapp.domain.formulas.values import Value

_PLACEHOLDER = re.compile(r"\{\{(?P<inside>[^{}\\\n]*[A-Za-z][^{}\\\n]*)\}\}")
_ARGUMENT = re.compile(r"(?:\\[A-Za-z]+|[\^_}]) ?\Z")
_DOLLARS = re.compile(r"(?<!\\)\$+")
_LONGEST_COMMAND = 40
UNITS_OF_A_TEXT = 50_000


@dataclass(frozen=True)
class Placeholder:
    """One place in a text that takes a value; ``line`` and ``column`` are its formula's."""

    start: int
    end: int
    line: int
    column: int
    formula: Formula
    format: Format

    @property
    def names(self) -> frozenset[str]:
        """The parameters that it needs."""
        return self.formula.names

    def show(self, values: Mapping[str, Value], budget: Budget) -> str:
        """What is read in its place. Raises FormulaError with line and column."""
        value = self.value(values, budget)
        try:
            return self.format.show(value)
        except FormulaError as error:
            raise error.moved(self.line, self.column - 1) from error

    def value(self, values: Mapping[str, Value], budget: Budget) -> Value:
        """What stands in its place, before it is rounded. Raises FormulaError as ``show``."""
        try:
            return self.formula.evaluate(values, budget)
        except FormulaError as error:
            raise error.moved(self.line, self.column - 1) from error


@lru_cache(maxsize=2048)  # an item's texts are filled for each attempt at it
def placeholders(text: str) -> tuple[Placeholder, ...]:
    """All in ``text``, in their order. Raises FormulaError with line and column."""
    return tuple(_read(text, found) for found in _PLACEHOLDER.finditer(text))


def fill(text: str, values: Mapping[str, Value], budget: Budget | None = None) -> str:
    """``text`` with a value in every place. Raises FormulaError with line and column."""
    return "".join(_pieces(text, values, Budget(UNITS_OF_A_TEXT, within=budget)))


def _pieces(text: str, values: Mapping[str, Value], budget: Budget) -> Iterator[str]:
    end = 0
    for place in placeholders(text):
        yield text[end : place.start]
        shown = place.show(values, budget)
        yield f"{{{shown}}}" if _is_argument(text, place.start) else shown
        end = place.end
    yield text[end:]


def _read(text: str, found: re.Match[str]) -> Placeholder:
    start = found.start("inside")
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    formula, bar, style = found["inside"].partition("|")
    try:
        form = read_format(style) if bar else Format()
        return Placeholder(*found.span(), line, column, read_formula(formula), form)
    except FormulaError as error:
        raise error.moved(line, column - 1) from error


def _is_argument(text: str, start: int) -> bool:
    """Whether LaTeX takes what stands at ``start`` as an argument."""
    before = text[max(0, start - _LONGEST_COMMAND) : start]
    if not _ARGUMENT.search(before):
        return False
    paragraph = text[text.rfind("\n\n", 0, start) + 1 : start]
    return len(_DOLLARS.findall(paragraph)) % 2 == 1
