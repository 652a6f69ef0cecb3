"""What an expression is worth in one of several arithmetics: exact, in balls, modular, floats."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

from quizapp.domain.expressions.functions import CONSTANTS
from quizapp.domain.expressions.syntax import Call, Chain, Negative, Node, Numeral, Power, Symbol

N = TypeVar("N")


class NoValueError(ArithmeticError):
    """There is no real value: the root or logarithm of a negative number."""


class UndecidedError(ArithmeticError):
    """The value is too large, at a pole, or not known well enough."""


class Arithmetic(Protocol[N]):
    """All methods may raise NoValueError or UndecidedError."""

    def number(self, node: Numeral) -> N: ...

    def constant(self, name: str) -> N: ...

    def negative(self, value: N) -> N: ...

    def combine(self, symbol: str, left: N, right: N) -> N:
        """``left symbol right`` for one of ``+ - * /``."""
        ...

    def power(self, base: N, exponent: N) -> N: ...

    def call(self, name: str, argument: N) -> N: ...


def evaluate(node: Node, arithmetic: Arithmetic[N], values: Mapping[str, N]) -> N:
    """The value of ``node`` where the variables have these values.

    Raises NoValueError and UndecidedError.
    """
    match node:
        case Numeral():
            return arithmetic.number(node)
        case Symbol():
            found = values.get(node.name)
            return arithmetic.constant(node.name) if found is None else found
        case Negative():
            return arithmetic.negative(evaluate(node.operand, arithmetic, values))
        case Chain():
            result = evaluate(node.first, arithmetic, values)
            for operand in node.rest:
                right = evaluate(operand.node, arithmetic, values)
                result = arithmetic.combine(operand.symbol, result, right)
            return result
        case Power():
            exponent = evaluate(node.exponent, arithmetic, values)
            if _is_euler(node.base, values):
                return arithmetic.call("exp", exponent)
            return arithmetic.power(evaluate(node.base, arithmetic, values), exponent)
        case Call():
            return arithmetic.call(node.name, evaluate(node.argument, arithmetic, values))


def _is_euler(node: Node, values: Mapping[str, object]) -> bool:
    return isinstance(node, Symbol) and node.name == "e" and "e" in CONSTANTS - values.keys()
