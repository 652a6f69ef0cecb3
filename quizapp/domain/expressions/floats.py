"""Floats: quick, and good enough to find where the pieces of a function meet."""

import math
from collections.abc import Callable, Mapping

from quizapp.domain.expressions.arithmetic import UndecidedError
from quizapp.domain.expressions.syntax import Numeral

_ANY_CONSTANT = 7919 / 1024


class Floats:
    """Arithmetic of the machine."""

    def number(self, node: Numeral) -> float:
        return float(node.value)

    def constant(self, name: str) -> float:
        return {"pi": math.pi, "e": math.e}.get(name, _ANY_CONSTANT)

    def negative(self, value: float) -> float:
        return -value

    def combine(self, symbol: str, left: float, right: float) -> float:
        return _finite(_OPERATIONS[symbol], left, right)

    def power(self, base: float, exponent: float) -> float:
        return _finite(math.pow, base, exponent)

    def call(self, name: str, argument: float) -> float:
        return _finite(_FUNCTIONS[name], argument)


def _finite(function: Callable[..., float], *arguments: float) -> float:
    try:
        found = function(*arguments)
    except (ValueError, ArithmeticError) as error:
        raise UndecidedError from error
    if not math.isfinite(found):
        raise UndecidedError
    return found


_OPERATIONS: Mapping[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
}
_FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "abs": abs,
    "sign": lambda value: math.copysign(1, value) if value else 0.0,
    "relu": lambda value: max(value, 0.0),
    "sigmoid": lambda value: 1 / (1 + math.exp(-value)),
    "cot": lambda value: 1 / math.tan(value),
    "sec": lambda value: 1 / math.cos(value),
    "csc": lambda value: 1 / math.sin(value),
    "ln": math.log,
    "cbrt": math.cbrt,
    "arsinh": math.asinh,
    "arcosh": math.acosh,
    "artanh": math.atanh,
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    **{
        name: getattr(math, name)
        for name in "exp log2 log10 sqrt sin cos tan sinh cosh tanh".split()
    },
}
