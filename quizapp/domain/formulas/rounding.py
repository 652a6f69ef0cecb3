"""Rounding as at school: a half goes away from zero."""

from fractions import Fraction

from quizapp.domain.formulas.values import Number


def exactly_as_shown(value: Number) -> Fraction:
    """The fraction that ``value`` looks like: 0.1 + 0.2 as a float is 3/10.

    Twelve digits of a float are kept; the others are where its rounding shows.
    """
    return value if isinstance(value, Fraction) else Fraction(f"{value:.12g}")


def rounded(value: Fraction, places: int) -> Fraction:
    """``value`` to so many decimal places; negative ones are tens, hundreds, …"""
    scale = Fraction(10) ** places
    size = (abs(value) * scale + Fraction(1, 2)) // 1
    return (size if value >= 0 else -size) / scale
