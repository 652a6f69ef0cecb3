"""What a formula can be: an exact number, a float, a truth, a text, a list, a matrix."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias, TypeGuard

from quizapp.domain.formulas.budget import MAXIMUM_BITS, MAXIMUM_ENTRIES
from quizapp.domain.formulas.errors import FormulaError

Number: TypeAlias = Fraction | float
Vector: TypeAlias = tuple[Number, ...]
Matrix: TypeAlias = tuple[Vector, ...]
Value: TypeAlias = Fraction | float | bool | str | Vector | Matrix

TOO_LARGE = "This number is too large."
TOO_SMALL = "This number is too close to zero."


def is_number(value: object) -> TypeGuard[Number]:
    """Whether it can be computed with; a truth is no number here."""
    return isinstance(value, Fraction | float)


def is_vector(value: object) -> TypeGuard[Vector]:
    """Whether it is a list of numbers."""
    return isinstance(value, tuple) and all(is_number(entry) for entry in value)


def is_matrix(value: object) -> TypeGuard[Matrix]:
    """Whether it is a list of lists of numbers; rows are as long as each other."""
    return isinstance(value, tuple) and all(is_vector(row) for row in value)


def bits(value: Fraction) -> int:
    """The length of the longer one of numerator and denominator."""
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def bounded(value: Number) -> Number:
    """``value``, as a float once it is too long to be exact; never infinite, NaN or minus zero.

    Raises FormulaError where a float cannot hold it either.
    """
    if isinstance(value, Fraction) and bits(value) <= MAXIMUM_BITS:
        return value
    inexact = to_float(value)
    if not math.isfinite(inexact):
        raise FormulaError(TOO_LARGE)
    return inexact + 0.0  # turns -0.0 into 0.0


def to_float(value: Number) -> float:
    """The nearest float. Raises FormulaError: none is that large, or that small."""
    try:
        nearest = float(value)
    except OverflowError as error:
        raise FormulaError(TOO_LARGE) from error
    if value and not nearest:
        raise FormulaError(TOO_SMALL)
    return nearest


def real(function: Callable[..., float], *arguments: Number) -> Number:
    """What ``function`` of ``math`` makes of floats. Raises FormulaError where it has no value."""
    floats = [to_float(argument) for argument in arguments]
    try:
        result = function(*floats)
    except (OverflowError, ZeroDivisionError) as error:
        raise FormulaError(TOO_LARGE) from error
    except ValueError as error:
        raise FormulaError("This has no real value.") from error
    return bounded(result)


def root(value: Number) -> Number:
    """The square root: exact where there is one. Raises FormulaError below zero."""
    if value < 0:
        raise FormulaError("A negative number has no square root.")
    if isinstance(value, Fraction):
        exact = Fraction(math.isqrt(value.numerator), math.isqrt(value.denominator))
        if exact.numerator**2 == value.numerator and exact.denominator**2 == value.denominator:
            return exact
    return real(math.sqrt, value)


def listed(entries: list[Value]) -> Value:
    """The list or matrix of ``entries``. Raises FormulaError when they do not fit together."""
    found = tuple(entries)
    if not found:
        raise FormulaError("A list needs at least one entry.")
    if is_vector(found):
        check_size(1, len(found))
        return found
    if not is_matrix(found):
        raise FormulaError("A list holds numbers, or lists of numbers that are all as long.")
    if len({len(row) for row in found}) != 1:
        raise FormulaError("The rows of a matrix must all be as long.")
    check_size(len(found), len(found[0]))
    return found


def check_size(rows: int, columns: int) -> None:
    """Raises FormulaError: so many entries are too many."""
    if rows * columns > MAXIMUM_ENTRIES:
        raise FormulaError(f"A list or matrix may have at most {MAXIMUM_ENTRIES} entries.")


def named_kind(value: Value) -> str:
    """What ``value`` is, in words for an error."""
    match value:
        case bool():
            return "true or false"
        case str():
            return "a text"
        case Fraction() | float():
            return "a number"
        case _:
            return "a list" if is_vector(value) else "a matrix"
