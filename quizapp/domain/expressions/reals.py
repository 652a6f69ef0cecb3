"""The real numbers: exact fractions for as long as they stay short, then balls."""

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from quizapp.domain.expressions import elementary
from quizapp.domain.expressions.arithmetic import NoValueError, UndecidedError
from quizapp.domain.expressions.balls import Ball, Balls, Failure, Real, context
from quizapp.domain.expressions.syntax import Numeral

_MAXIMUM_BITS = 500
_LARGEST_POWER = 10**9
ANY_CONSTANT = Fraction(7919, 1024)
"""What stands for a constant that may be any."""
_ROUGH = context(9)
_ONE, _HALF = Fraction(1), Fraction(1, 2)


class Reals:
    """Arithmetic with so many digits; a power with a broken exponent needs a base above 0."""

    def __init__(self, digits: int) -> None:
        self.balls = Balls(digits)

    def number(self, node: Numeral) -> Real:
        return node.value

    def constant(self, name: str) -> Real:
        match name:
            case "pi":
                return elementary.pi_ball(self.balls)
            case "e":
                return self.call("exp", _ONE)
            case _:
                return ANY_CONSTANT

    def negative(self, value: Real) -> Real:
        return -value if isinstance(value, Fraction) else self.balls.negative(value)

    def combine(self, symbol: str, left: Real, right: Real) -> Real:
        try:
            if isinstance(left, Fraction) and isinstance(right, Fraction):
                return self._short(_EXACTLY[symbol](left, right))
            return self._combined(symbol, self.balls.of(left), self.balls.of(right))
        except (ZeroDivisionError, *Failure) as error:
            raise UndecidedError from error

    def _short(self, value: Fraction) -> Real:
        bits = value.numerator.bit_length() + value.denominator.bit_length()
        return value if bits <= _MAXIMUM_BITS else self.balls.of(value)

    def _combined(self, symbol: str, left: Ball, right: Ball) -> Real:
        match symbol:
            case "+":
                return self.balls.add(left, right)
            case "-":
                return self.balls.add(left, self.balls.negative(right))
            case "*":
                return self.balls.multiply(left, right)
            case _:
                return self.balls.divide(left, right)

    def power(self, base: Real, exponent: Real) -> Real:
        try:
            if isinstance(exponent, Fraction) and exponent.denominator == 1:
                return self._whole_power(base, exponent.numerator)
            return self._real_power(base, exponent)
        except (ZeroDivisionError, *Failure) as error:
            raise UndecidedError from error

    def _whole_power(self, base: Real, exponent: int) -> Real:
        if isinstance(base, Fraction):
            bits = base.numerator.bit_length() + base.denominator.bit_length()
            if abs(base) in (0, 1) or bits * abs(exponent) <= _MAXIMUM_BITS:
                return base ** (exponent if bits > 2 or not base else exponent % 2 or 2)
        if abs(exponent) > _LARGEST_POWER:
            raise UndecidedError
        return self.balls.power(self.balls.of(base), exponent)

    def _real_power(self, base: Real, exponent: Real) -> Real:
        if exponent == _HALF:
            return self.call("sqrt", base)
        if base == 0 and self._sign(exponent) > 0:
            return Fraction(0)
        if self._is_below_zero(base):
            # an exponent that is not exact may still be whole
            raise NoValueError if isinstance(exponent, Fraction) else UndecidedError
        return self.call("exp", self.combine("*", exponent, self.call("ln", base)))

    def _is_below_zero(self, value: Real) -> bool:
        return self.balls.largest(self.balls.of(value)) < 0

    def _sign(self, value: Real) -> int:
        """Raises UndecidedError where a ball holds zero."""
        if isinstance(value, Fraction):
            return (value > 0) - (value < 0)
        if value.holds_zero:
            raise UndecidedError
        return 1 if value.middle > 0 else -1

    def call(self, name: str, argument: Real) -> Real:
        try:
            return _FUNCTIONS[name](self, argument)
        except Failure as error:
            raise UndecidedError from error

    # --- Functions ----------------------------------------------------------------------------

    def _exp(self, value: Real) -> Real:
        return _ONE if value == 0 else elementary.exp(self.balls, self.balls.of(value))

    def _ln(self, value: Real) -> Real:
        return Fraction(0) if value == 1 else elementary.ln(self.balls, self.balls.of(value))

    def _log2(self, value: Real) -> Real:
        return self.combine("/", self._ln(value), self._ln(Fraction(2)))

    def _log10(self, value: Real) -> Real:
        return self.combine("/", self._ln(value), self._ln(Fraction(10)))

    def _sqrt(self, value: Real) -> Real:
        if isinstance(value, Fraction) and value >= 0:
            root = Fraction(math.isqrt(value.numerator), math.isqrt(value.denominator))
            if root * root == value:
                return root
        return elementary.sqrt(self.balls, self.balls.of(value))

    def _cbrt(self, value: Real) -> Real:
        if value == 0:
            return value
        sign = Fraction(self._sign(value))
        size = self.power(self._abs(value), Fraction(1, 3))
        return self.combine("*", sign, size)

    def _abs(self, value: Real) -> Real:
        return abs(value) if isinstance(value, Fraction) else Ball(value.size, value.radius)

    def _signum(self, value: Real) -> Real:
        return Fraction(self._sign(value))

    def _relu(self, value: Real) -> Real:
        return self.combine("/", self.combine("+", value, self._abs(value)), Fraction(2))

    def _sigmoid(self, value: Real) -> Real:
        return self._inverse(self.combine("+", _ONE, self._exp(self.negative(value))))

    def _inverse(self, value: Real) -> Real:
        return self.combine("/", _ONE, value)

    def _sin(self, value: Real) -> Real:
        return elementary.sin_cos(self.balls, self.balls.of(value))[0] if value != 0 else value

    def _cos(self, value: Real) -> Real:
        return elementary.sin_cos(self.balls, self.balls.of(value))[1] if value != 0 else _ONE

    def _tan(self, value: Real) -> Real:
        return self.combine("/", self._sin(value), self._cos(value))

    def _cot(self, value: Real) -> Real:
        return self.combine("/", self._cos(value), self._sin(value))

    def _sec(self, value: Real) -> Real:
        return self._inverse(self._cos(value))

    def _csc(self, value: Real) -> Real:
        return self._inverse(self._sin(value))

    def _arctan(self, value: Real) -> Real:
        return elementary.arctan(self.balls, self.balls.of(value)) if value != 0 else value

    def _arcsin(self, value: Real) -> Real:
        """By the angle whose tangent is half of that angle's: no pole at the ends."""
        rest = self.combine("-", _ONE, self.combine("*", value, value))
        below = self.combine("+", _ONE, self._sqrt(rest))
        return self.combine("*", Fraction(2), self._arctan(self.combine("/", value, below)))

    def _arccos(self, value: Real) -> Real:
        right_angle = self.combine("/", self.constant("pi"), Fraction(2))
        return self.combine("-", right_angle, self._arcsin(value))

    def _sinh(self, value: Real) -> Real:
        return self._half("-", self._exp(value), self._exp(self.negative(value)))

    def _cosh(self, value: Real) -> Real:
        return self._half("+", self._exp(value), self._exp(self.negative(value)))

    def _half(self, symbol: str, left: Real, right: Real) -> Real:
        return self.combine("/", self.combine(symbol, left, right), Fraction(2))

    def _tanh(self, value: Real) -> Real:
        twice = self._exp(self.combine("*", Fraction(2), value))
        return self.combine(
            "-", _ONE, self.combine("/", Fraction(2), self.combine("+", twice, _ONE))
        )

    def _arsinh(self, value: Real) -> Real:
        if value == 0:
            return value
        size = self._abs(value)
        root = self._sqrt(self.combine("+", self.combine("*", size, size), _ONE))
        return self.combine("*", self._signum(value), self._ln(self.combine("+", size, root)))

    def _arcosh(self, value: Real) -> Real:
        above, below = (self.combine(symbol, value, _ONE) for symbol in "+-")
        root = self.combine("*", self._sqrt(above), self._sqrt(below))
        return self._ln(self.combine("+", value, root))

    def _artanh(self, value: Real) -> Real:
        ratio = self.combine("/", self.combine("+", _ONE, value), self.combine("-", _ONE, value))
        return self.combine("/", self._ln(ratio), Fraction(2))


Function: TypeAlias = Callable[[Reals, Real], Real]

_EXACTLY: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
}
_FUNCTIONS: Mapping[str, Function] = {
    "sign": Reals._signum,
    **{
        name: getattr(Reals, f"_{name}")
        for name in (
            "exp ln log2 log10 sqrt cbrt abs relu sigmoid sin cos tan cot sec csc arcsin arccos"
            " arctan sinh cosh tanh arsinh arcosh artanh"
        ).split()
    },
}


def is_zero(value: Real) -> bool:
    """Whether ``value`` may be zero: a ball that holds it may be."""
    return not value if isinstance(value, Fraction) else value.holds_zero


def is_sharp(value: Real, digits: int) -> bool:
    """Whether so many digits of ``value`` are known; of one near zero, so many decimals."""
    if isinstance(value, Fraction):
        return True
    return value.radius <= max(value.size, Decimal(1)).scaleb(-digits, _ROUGH)
