"""A function of the table: what it takes, and what it does with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from quizapp.domain.formulas.arithmetic import Arithmetic
from quizapp.domain.formulas.errors import FormulaError
from quizapp.domain.formulas.values import (
    Matrix,
    Number,
    Value,
    Vector,
    is_matrix,
    is_number,
    is_vector,
    named_kind,
)

Reader: TypeAlias = Callable[[Value], object]
"""Returns the argument if it is of the kind that is needed; else raises FormulaError."""


@dataclass(frozen=True)
class Function:
    """``run`` gets the arithmetic of this evaluation, then the arguments as ``takes`` reads them.

    The last ``optional`` ones may be left out.
    """

    run: Callable[..., Value]
    takes: tuple[Reader, ...]
    optional: int = 0

    def wrong_count(self, count: int) -> str | None:
        """The rest of a sentence when ``count`` arguments are too few or too many."""
        most, least = len(self.takes), len(self.takes) - self.optional
        if least <= count <= most:
            return None
        wanted = f"{most}" if least == most else f"{least} to {most}"
        return f"takes {wanted} argument{'s' * (most > 1)}, and has {count}."

    def apply(self, arithmetic: Arithmetic, arguments: Sequence[Value]) -> Value:
        """The result. Raises FormulaError: a wrong kind of argument, or no result."""
        read = [reader(value) for reader, value in zip(self.takes, arguments, strict=False)]
        return self.run(arithmetic, *read)


@dataclass(frozen=True)
class ListFunction(Function):
    """Takes one list, or the numbers one by one: ``mean([1, 2])`` is ``mean(1, 2)``."""

    takes: tuple[Reader, ...] = ()

    def wrong_count(self, count: int) -> str | None:  # noqa: ARG002
        """None: any count is right."""
        return None

    def apply(self, arithmetic: Arithmetic, arguments: Sequence[Value]) -> Value:
        """The result. Raises FormulaError: not numbers, or no result."""
        alone = arguments[0] if len(arguments) == 1 else None
        numbers = vector(alone) if isinstance(alone, tuple) else tuple(map(number, arguments))
        return self.run(arithmetic, numbers)


def plain(run: Callable[..., Value], *takes: Reader, optional: int = 0) -> Function:
    """A function whose work is small and need not be counted."""

    def without_arithmetic(_arithmetic: Arithmetic, *arguments: Any) -> Value:
        return run(*arguments)

    return Function(without_arithmetic, takes, optional)


def metered(run: Callable[..., Value], *takes: Reader, optional: int = 0) -> Function:
    """A function that gets the arithmetic first, and does its work through it."""
    return Function(run, takes, optional)


# --- Kinds of arguments ---------------------------------------------------------------------------


def number(value: Value) -> Number:
    """Any number."""
    if not is_number(value):
        raise FormulaError(f"Expected a number, and this is {named_kind(value)}.")
    return value


def whole(value: Value) -> int:
    """A whole number."""
    found = number(value)
    if not isinstance(found, Fraction) or found.denominator != 1:
        raise FormulaError("Expected a whole number. Use round(x).")
    return found.numerator


def count(value: Value) -> int:
    """A whole number from 0."""
    found = whole(value)
    if found < 0:
        raise FormulaError("Expected a whole number that is not negative.")
    return found


def probability(value: Value) -> Number:
    """A number from 0 to 1."""
    found = number(value)
    if not 0 <= found <= 1:
        raise FormulaError("A probability lies between 0 and 1.")
    return found


def positive(value: Value) -> Number:
    """A number above 0."""
    found = number(value)
    if found <= 0:
        raise FormulaError("Expected a number above zero.")
    return found


def vector(value: Value) -> Vector:
    """A list of numbers."""
    if not is_vector(value):
        raise FormulaError(f"Expected a list of numbers, and this is {named_kind(value)}.")
    return value


def matrix(value: Value) -> Matrix:
    """A list of rows."""
    if not is_matrix(value):
        raise FormulaError(f"Expected a matrix, and this is {named_kind(value)}.")
    return value


def square(value: Value) -> Matrix:
    """A matrix with as many rows as columns."""
    found = matrix(value)
    if len(found) != len(found[0]):
        raise FormulaError("Expected a matrix with as many rows as columns.")
    return found
