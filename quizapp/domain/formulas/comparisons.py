"""Which of two values is larger, and whether they are the same."""

import math
from fractions import Fraction

from quizapp.domain.formulas.errors import FormulaError
from quizapp.domain.formulas.values import Number, Value, is_matrix, is_number, is_vector, to_float

_TOLERANCE = 1e-12


def holds(symbol: str, left: Value, right: Value) -> bool:
    """Whether ``left symbol right``. Raises FormulaError: only numbers have an order."""
    if symbol in ("==", "!="):
        return are_equal(left, right) == (symbol == "==")
    if not is_number(left) or not is_number(right):
        raise FormulaError(f"Only numbers can be compared with `{symbol}`.")
    if are_equal(left, right):
        return symbol in ("<=", ">=")
    return (left < right) == (symbol in ("<", "<="))


def are_equal(left: Value, right: Value) -> bool:
    """The same value; floats may differ by rounding, so that sqrt(2)^2 is 2."""
    if is_number(left) and is_number(right):
        return _are_equal_numbers(left, right)
    if is_vector(left) and is_vector(right):
        return len(left) == len(right) and all(map(_are_equal_numbers, left, right))
    if is_matrix(left) and is_matrix(right):
        return len(left) == len(right) and all(map(are_equal, left, right))
    return type(left) is type(right) and left == right


def _are_equal_numbers(left: Number, right: Number) -> bool:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left == right
    return math.isclose(to_float(left), to_float(right), rel_tol=_TOLERANCE, abs_tol=1e-15)
