"""What a formula that was read is worth."""

from collections.abc import Mapping

from quizapp.domain.formulas.arithmetic import Arithmetic
from quizapp.domain.formulas.budget import Budget
from quizapp.domain.formulas.comparisons import holds
from quizapp.domain.formulas.errors import FormulaError
from quizapp.domain.formulas.functions import FUNCTIONS
from quizapp.domain.formulas.operators import OPERATORS, negated
from quizapp.domain.formulas.syntax import (
    Call,
    Chain,
    Comparison,
    Conditional,
    Constant,
    Junction,
    Listing,
    Name,
    Node,
    Operand,
    Prefix,
)
from quizapp.domain.formulas.values import Value, listed, named_kind


class Evaluation:
    """One evaluation with these parameters; whatever goes wrong is a FormulaError at a column."""

    def __init__(self, values: Mapping[str, Value], budget: Budget) -> None:
        self._values = values
        self._arithmetic = Arithmetic(budget)

    def value(self, node: Node) -> Value:
        """The value of ``node``."""
        try:
            self._arithmetic.budget.spend(1)
            return self._part(node)
        except FormulaError as error:
            raise error.at(node.column) from error

    def _part(self, node: Node) -> Value:
        match node:
            case Constant():
                return node.value
            case Name():
                return self._named(node.name)
            case Chain():
                return self._chain(node)
            case Listing():
                return listed([self.value(entry) for entry in node.entries])
            case Call():
                arguments = [self.value(argument) for argument in node.arguments]
                return FUNCTIONS[node.name].apply(self._arithmetic, arguments)
            case _:
                return self._stated(node)

    def _stated(self, node: Prefix | Comparison | Junction | Conditional) -> Value:
        match node:
            case Prefix(symbol="not"):
                return not self._truth(node.operand)
            case Prefix():
                return negated(self._arithmetic, self.value(node.operand))
            case Comparison():
                return self._compared(node)
            case Conditional():
                is_true = self._truth(node.condition)
                return self.value(node.consequent if is_true else node.alternative)
            case Junction(symbol="and"):
                return all(self._truth(operand) for operand in node.operands)
            case Junction():
                return any(self._truth(operand) for operand in node.operands)

    def _named(self, name: str) -> Value:
        if name not in self._values:
            raise FormulaError(f"There is no parameter `{name[:40]}`.")
        return self._values[name]

    def _chain(self, node: Chain) -> Value:
        result = self.value(node.first)
        for operand in node.rest:
            result = self._combined(result, operand)
        return result

    def _combined(self, left: Value, operand: Operand) -> Value:
        right = self.value(operand.node)
        try:
            return OPERATORS[operand.symbol](self._arithmetic, left, right)
        except FormulaError as error:
            raise error.at(operand.column) from error

    def _compared(self, node: Comparison) -> bool:
        left = self.value(node.first)
        for operand in node.rest:
            right = self.value(operand.node)
            if not holds(operand.symbol, left, right):
                return False
            left = right
        return True

    def _truth(self, node: Node) -> bool:
        found = self.value(node)
        if not isinstance(found, bool):
            sentence = f"Expected a statement such as a < b; this is {named_kind(found)}."
            raise FormulaError(sentence, node.column)
        return found
