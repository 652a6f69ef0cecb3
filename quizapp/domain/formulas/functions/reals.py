"""Rounding, roots, exponentials and logarithms."""

import math
from fractions import Fraction

from quizapp.domain.formulas.errors import FormulaError
from quizapp.domain.formulas.functions.function import Function, number, plain, positive, whole
from quizapp.domain.formulas.rounding import exactly_as_shown, rounded
from quizapp.domain.formulas.values import Number, bounded, real, root

_MOST_PLACES = 100


def _round(value: Number, places: int = 0) -> Number:
    if abs(places) > _MOST_PLACES:
        raise FormulaError(f"Round to at most {_MOST_PLACES} places.")
    return bounded(rounded(exactly_as_shown(value), places))


def _log(value: Number, base: Number | None = None) -> Number:
    if base == 10:
        return real(math.log10, value)  # exact for powers of ten, which a quotient is not
    if base == 2:
        return _log2(value)
    if base == 1:
        raise FormulaError("A logarithm has another base than 1.")
    return real(math.log, value) if base is None else real(math.log, value, base)


def _log2(value: Number) -> Number:
    found = real(math.log2, value)
    nearest = round(found)
    is_exact = isinstance(value, Fraction) and value == Fraction(2) ** nearest
    return Fraction(nearest) if is_exact else found


REALS: dict[str, Function] = {
    "abs": plain(abs, number),
    "floor": plain(lambda value: Fraction(math.floor(value)), number),
    "ceil": plain(lambda value: Fraction(math.ceil(value)), number),
    "round": plain(_round, number, whole, optional=1),
    "sqrt": plain(root, number),
    "exp": plain(lambda value: real(math.exp, value), number),
    "ln": plain(_log, positive),
    "log": plain(_log, positive, positive, optional=1),
    "log2": plain(_log2, positive),
    "sin": plain(lambda value: real(math.sin, value), number),
    "cos": plain(lambda value: real(math.cos, value), number),
    "tan": plain(lambda value: real(math.tan, value), number),
}
