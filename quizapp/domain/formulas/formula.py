"""A formula that was read once and may be evaluated often."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from quizapp.domain.formulas.budget import Budget
from quizapp.domain.formulas.evaluation import Evaluation
from quizapp.domain.formulas.parser import Parser
from quizapp.domain.formulas.syntax import Node
from quizapp.domain.formulas.values import Value


@dataclass(frozen=True)
class Formula:
    """What an author wrote, and which parameters it needs."""

    root: Node
    names: frozenset[str]

    def evaluate(self, values: Mapping[str, Value], budget: Budget | None = None) -> Value:
        """Its value with these parameters, in a few milliseconds at most.

        Raises FormulaError with a column: it has no value, is too large, or takes too long.
        """
        return Evaluation(values, budget or Budget()).value(self.root)


@lru_cache(maxsize=2048)  # those of an item are evaluated for each attempt at it
def read_formula(text: str) -> Formula:
    """The formula in ``text``. Raises FormulaError with the column where it cannot be read."""
    parser = Parser(text)
    root = parser.formula()
    return Formula(root, frozenset(parser.names))
