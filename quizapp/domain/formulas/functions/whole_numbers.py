"""Divisors and counting."""

import math
from fractions import Fraction

from quizapp.domain.formulas.arithmetic import Arithmetic
from quizapp.domain.formulas.budget import MAXIMUM_BITS
from quizapp.domain.formulas.errors import FormulaError
from quizapp.domain.formulas.functions.function import (
    Function,
    count,
    metered,
    number,
    plain,
    whole,
)
from quizapp.domain.formulas.values import TOO_LARGE, Number, bounded

_LARGEST_FACTORIAL = 500


def _mod(left: Number, right: Number) -> Number:
    """What is left of ``left`` after whole multiples of ``right``; it has the sign of ``right``."""
    if not right:
        raise FormulaError("This divides by zero.")
    return bounded(left % right)


def factorial(arithmetic: Arithmetic, size: int) -> Fraction:
    """How many orders ``size`` things have."""
    if size > _LARGEST_FACTORIAL:
        raise FormulaError(f"A factorial may be at most that of {_LARGEST_FACTORIAL}.")
    arithmetic.budget.spend(1 + size // 10)
    return Fraction(math.factorial(size))


def combinations(arithmetic: Arithmetic, size: int, chosen: int) -> Fraction:
    """How many ways there are to choose so many of ``size``."""
    _pay_for_choosing(arithmetic, size, min(chosen, size - chosen))
    return Fraction(math.comb(size, chosen))


def _bounded_combinations(arithmetic: Arithmetic, size: int, chosen: int) -> Number:
    return bounded(combinations(arithmetic, size, chosen))


def _permutations(arithmetic: Arithmetic, size: int, chosen: int) -> Number:
    _pay_for_choosing(arithmetic, size, chosen)
    return bounded(Fraction(math.perm(size, chosen)))


def _pay_for_choosing(arithmetic: Arithmetic, size: int, chosen: int) -> None:
    """Raises FormulaError before a result that is far too long."""
    length = chosen * size.bit_length()
    if length > 12 * MAXIMUM_BITS:  # as long as that of the largest binomial coefficient allowed
        raise FormulaError(TOO_LARGE)
    arithmetic.budget.spend(1 + max(length, 0) // 10)


WHOLE_NUMBERS: dict[str, Function] = {
    "gcd": plain(lambda *all_: Fraction(math.gcd(*all_)), whole, whole),
    "lcm": plain(lambda *all_: bounded(Fraction(math.lcm(*all_))), whole, whole),
    "mod": plain(_mod, number, number),
    "factorial": metered(factorial, count),
    "comb": metered(_bounded_combinations, count, count),
    "perm": metered(_permutations, count, count),
}
