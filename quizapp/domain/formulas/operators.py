"""``+ - * / ^`` on numbers, lists and matrices."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

from quizapp.domain.formulas.arithmetic import Arithmetic
from quizapp.domain.formulas.errors import FormulaError
from quizapp.domain.formulas.values import (
    Number,
    Value,
    is_matrix,
    is_number,
    is_vector,
    named_kind,
)

Operator: TypeAlias = Callable[[Arithmetic, Value, Value], Value]
_MINUS_ONE = Fraction(-1)


def _add(arithmetic: Arithmetic, left: Value, right: Value) -> Value:
    return _entry_by_entry("+", arithmetic.add, left, right)


def _subtract(arithmetic: Arithmetic, left: Value, right: Value) -> Value:
    return _entry_by_entry("-", arithmetic.subtract, left, right)


def _multiply(arithmetic: Arithmetic, left: Value, right: Value) -> Value:
    if is_number(left):
        return _each(lambda entry: arithmetic.multiply(left, entry), "*", right)
    if is_number(right):
        return _each(lambda entry: arithmetic.multiply(entry, right), "*", left)
    if isinstance(left, tuple) and isinstance(right, tuple):
        raise FormulaError("Write dot(a, b) for lists and matmul(a, b) for matrices.")
    raise _impossible("*", left, right)


def _divide(arithmetic: Arithmetic, left: Value, right: Value) -> Value:
    if not is_number(right):
        raise _impossible("/", left, right)
    return _each(lambda entry: arithmetic.divide(entry, right), "/", left)


def _power(arithmetic: Arithmetic, left: Value, right: Value) -> Value:
    if is_number(left) and is_number(right):
        return arithmetic.power(left, right)
    raise _impossible("^", left, right)


OPERATORS: Mapping[str, Operator] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
    "^": _power,
}


def negated(arithmetic: Arithmetic, value: Value) -> Value:
    """``-value``. Raises FormulaError for a text, true and false."""
    return _each(lambda entry: arithmetic.multiply(_MINUS_ONE, entry), "-", value)


def _entry_by_entry(
    symbol: str, operation: Callable[[Number, Number], Number], left: Value, right: Value
) -> Value:
    if is_number(left) and is_number(right):
        return operation(left, right)
    if is_vector(left) and is_vector(right) and len(left) == len(right):
        return tuple(map(operation, left, right))
    if is_matrix(left) and is_matrix(right) and _shape(left) == _shape(right):
        return tuple(tuple(map(operation, *rows)) for rows in zip(left, right, strict=True))
    raise _impossible(symbol, left, right)


def _shape(matrix: tuple[tuple[Number, ...], ...]) -> tuple[int, int]:
    return len(matrix), len(matrix[0])


def _each(operation: Callable[[Number], Number], symbol: str, value: Value) -> Value:
    if is_number(value):
        return operation(value)
    if is_vector(value):
        return tuple(map(operation, value))
    if is_matrix(value):
        return tuple(tuple(map(operation, row)) for row in value)
    raise FormulaError(f"`{symbol}` needs numbers, and this is {named_kind(value)}.")


def _impossible(symbol: str, left: Value, right: Value) -> FormulaError:
    kinds = f"{named_kind(left)} and {named_kind(right)}"
    same = named_kind(left) == named_kind(right) and isinstance(left, tuple)
    return FormulaError(f"`{symbol}` cannot join {kinds}{' of other sizes' if same else ''}.")
