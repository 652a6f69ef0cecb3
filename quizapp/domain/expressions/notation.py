"""What may stand in an answer, and what was understood of one."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.domain.expressions.costs import MAXIMUM_COST, cost
from quizapp.domain.expressions.equivalence import CONSTANT
from quizapp.domain.expressions.parser import read
from quizapp.domain.expressions.ranges import Range
from quizapp.domain.expressions.syntax import Call, Node, parts
from quizapp.domain.expressions.writing import to_plain, to_tex
from quizapp.domain.formulas import FormulaError


@dataclass(frozen=True)
class Understood:
    """How an answer was read: in LaTeX and in words, or a sentence about why it was not."""

    tex: str = ""
    plain: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Notation:
    """Variables with their ranges, functions that may not be used, and whether there is a C."""

    variables: tuple[tuple[str, Range], ...] = ()
    forbidden: tuple[str, ...] = ()
    has_constant: bool = False

    @property
    def ranges(self) -> Mapping[str, Range]:
        """Where each variable may lie."""
        return dict(self.variables)

    @property
    def names(self) -> tuple[str, ...]:
        """Names that may be written, apart from functions, pi and e."""
        names = tuple(name for name, _ in self.variables)
        return (*names, CONSTANT) if self.has_constant else names

    def read(self, text: str) -> Node:
        """The expression in ``text``. Raises FormulaError: not understood, forbidden, too much."""
        node = read(text, self.names)
        for part in parts(node):
            if isinstance(part, Call) and part.name in self.forbidden:
                raise FormulaError(f"`{part.name}` may not be used here.", part.column)
        if cost(node) > MAXIMUM_COST:
            raise FormulaError("This has too many functions and powers. Simplify it.", 1)
        return node

    def understood(self, text: str) -> Understood:
        """How ``text`` is read; raises nothing."""
        try:
            node = self.read(text)
        except FormulaError as error:
            return Understood(fault=str(error))
        return Understood(to_tex(node), to_plain(node))
