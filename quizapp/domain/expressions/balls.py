"""Real numbers known to lie within a radius: whatever the rounding, the true value is inside.

So two balls that do not meet are different numbers, however small the difference is.
"""

from dataclasses import dataclass
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_UP,
    Clamped,
    Context,
    Decimal,
    DecimalException,
    Inexact,
    Overflow,
    Rounded,
    Subnormal,
    Underflow,
)
from fractions import Fraction
from typing import TypeAlias

from quizapp.domain.expressions.arithmetic import UndecidedError

_ZERO = Decimal(0)
_ONE = Decimal(1)
_UNTRAPPED = (Inexact, Rounded, Subnormal, Clamped, Underflow)
_LARGEST_EXPONENT = 10**9
"""Numbers beyond ten to this are not followed."""


@dataclass(frozen=True, slots=True)
class Ball:
    """All numbers that are not farther than ``radius`` from ``middle``."""

    middle: Decimal
    radius: Decimal

    @property
    def size(self) -> Decimal:
        """Of the middle. Python's ``abs`` and ``-`` would round it to 28 digits."""
        return self.middle.copy_abs()

    @property
    def holds_zero(self) -> bool:
        return self.size <= self.radius


Real: TypeAlias = Fraction | Ball


def context(digits: int, rounding: str = ROUND_HALF_EVEN) -> Context:
    """Decimals of so many digits; what has no result raises an error."""
    found = Context(prec=digits, rounding=rounding, Emax=MAX_EMAX, Emin=MIN_EMIN)
    for signal in found.traps:
        found.traps[signal] = signal not in _UNTRAPPED
    return found


class Balls:
    """Arithmetic with so many digits. All methods raise UndecidedError: too large, at a pole."""

    def __init__(self, digits: int) -> None:
        self.digits = digits
        self.main = context(digits)
        self.up = context(9, ROUND_UP)
        self.down = context(9, ROUND_FLOOR)
        self.unit = _ONE.scaleb(1 - digits, self.main)

    def ball(self, middle: Decimal, *radii: Decimal) -> Ball:
        """A rounded ``middle``, its rounding error added to the ``radii``."""
        radius = self.up.multiply(middle.copy_abs(), self.unit)
        for each in radii:
            radius = self.up.add(radius, each)
        if middle and abs(middle.adjusted()) > _LARGEST_EXPONENT:
            raise UndecidedError
        return Ball(middle, radius)

    def of(self, value: Real) -> Ball:
        """``value`` as a ball."""
        if isinstance(value, Ball):
            return value
        numerator, denominator = Decimal(value.numerator), Decimal(value.denominator)
        middle = self.main.divide(numerator, denominator)
        return self.ball(middle)

    def negative(self, value: Ball) -> Ball:
        """Minus ``value``."""
        return Ball(value.middle.copy_negate(), value.radius)

    def add(self, left: Ball, right: Ball) -> Ball:
        """The sum."""
        return self.ball(self.main.add(left.middle, right.middle), left.radius, right.radius)

    def multiply(self, left: Ball, right: Ball) -> Ball:
        """The product."""
        up = self.up.multiply
        return self.ball(
            self.main.multiply(left.middle, right.middle),
            up(left.size, right.radius),
            up(left.radius, self.up.add(right.size, right.radius)),
        )

    def divide(self, left: Ball, right: Ball) -> Ball:
        """The quotient."""
        if right.holds_zero:
            raise UndecidedError
        middle = self.main.divide(left.middle, right.middle)
        error = self.up.add(left.radius, self.up.multiply(middle.copy_abs(), right.radius))
        return self.ball(middle, self.up.divide(error, self.nearest_to_zero(right)))

    def power(self, base: Ball, exponent: int) -> Ball:
        """``base`` to a whole ``exponent`` by repeated squaring."""
        if exponent < 0:
            return self.divide(Ball(_ONE, _ZERO), self.power(base, -exponent))
        result = Ball(_ONE, _ZERO)
        while exponent:
            if exponent & 1:
                result = self.multiply(result, base)
            exponent >>= 1
            if exponent:
                base = self.multiply(base, base)
        return result

    def nearest_to_zero(self, value: Ball) -> Decimal:
        """How far from zero all of ``value`` is, not more; 0 or less when it holds zero."""
        return self.down.subtract(value.size, value.radius)

    def largest(self, value: Ball) -> Decimal:
        """No number of ``value`` is larger than this."""
        added = self.up.add(value.size, value.radius)
        return (
            added
            if value.middle > 0
            else self.down.subtract(value.size, value.radius).copy_negate()
        )


Failure = (DecimalException, Overflow)
"""What decimals raise where there is no result: too large, or none."""
