"""Roots, exponentials, logarithms and circular functions of balls."""

import math
from decimal import Decimal
from functools import lru_cache

from quizapp.domain.expressions.arithmetic import NoValueError, UndecidedError
from quizapp.domain.expressions.balls import Ball, Balls, context

_ZERO = Decimal(0)
_ONE = Decimal(1)
_LARGEST_ARGUMENT = 10**6
"""Of exp, sin and cos."""
_GUARD = 12
"""Digits that are computed beyond those that are promised."""


@lru_cache(maxsize=16)
def pi(digits: int) -> Decimal:
    """Pi to ``digits`` digits, by Machin's formula."""
    scale = 10 ** (digits + 10)
    found = 4 * (4 * _arctan_of_inverse(5, scale) - _arctan_of_inverse(239, scale))
    return Decimal(found).scaleb(-digits - 10, context(digits + 20))


def _arctan_of_inverse(number: int, scale: int) -> int:
    term = scale // number
    total, place = term, 1
    while term:
        term //= -number * number
        place += 2
        total += term // place
    return total


def pi_ball(balls: Balls) -> Ball:
    """Pi."""
    return balls.ball(balls.main.plus(pi(balls.digits + _GUARD)))


def exp(balls: Balls, value: Ball) -> Ball:
    """e to the ``value``. Raises UndecidedError: too large."""
    _refuse_large(value)
    middle = balls.main.exp(value.middle)
    # e^r - 1 <= 2r while r <= 1
    return balls.ball(middle, balls.up.multiply(middle, balls.up.add(value.radius, value.radius)))


def ln(balls: Balls, value: Ball) -> Ball:
    """The natural logarithm. Raises NoValueError below zero, UndecidedError at zero."""
    if balls.largest(value) < 0:
        raise NoValueError
    if value.holds_zero:
        raise UndecidedError
    error = balls.up.divide(value.radius, balls.nearest_to_zero(value))
    return balls.ball(balls.main.ln(value.middle), error)


def sqrt(balls: Balls, value: Ball) -> Ball:
    """The square root. Raises NoValueError below zero."""
    high = balls.largest(value)
    if high < 0:
        raise NoValueError
    if value.holds_zero:
        return Ball(_ZERO, balls.up.multiply(balls.up.sqrt(high), Decimal("1.01")))
    middle = balls.main.sqrt(value.middle)
    return balls.ball(middle, balls.up.divide(value.radius, middle))


def sin_cos(balls: Balls, value: Ball) -> tuple[Ball, Ball]:
    """Sine and cosine. Raises UndecidedError: too large."""
    _refuse_large(value)
    sine, cosine = _sin_cos(value.middle, balls.digits)
    error = balls.up.add(value.radius, balls.unit)
    return balls.ball(balls.main.plus(sine), error), balls.ball(balls.main.plus(cosine), error)


def _sin_cos(angle: Decimal, digits: int) -> tuple[Decimal, Decimal]:
    """Both with an error below 10^(1-digits); by Taylor's series within an eighth of a turn."""
    places = digits + _GUARD
    wide = context(places + 12)
    right_angle = wide.divide(pi(places + 20), Decimal(2))
    turns = int(wide.divide(angle, right_angle).to_integral_value())
    rest = wide.subtract(angle, wide.multiply(right_angle, Decimal(turns)))
    sine, cosine = _series(int(rest.scaleb(places, wide)), 10**places)
    s, c = (Decimal(each).scaleb(-places, wide) for each in (sine, cosine))
    minus_s, minus_c = s.copy_negate(), c.copy_negate()
    return ((s, c), (c, minus_s), (minus_s, minus_c), (minus_c, s))[turns % 4]


def _series(angle: int, one: int) -> tuple[int, int]:
    """Sine and cosine of ``angle / one``, times ``one``."""
    square = angle * angle // one
    term, sine, place = angle, angle, 1
    while term:
        term = -(term * square) // (one * (place + 1) * (place + 2))
        if abs(term) <= 1:
            break
        sine += term
        place += 2
    term, cosine, place = one, one, 0
    while term:
        term = -(term * square) // (one * (place + 1) * (place + 2))
        if abs(term) <= 1:
            break
        cosine += term
        place += 2
    return sine, cosine


def arctan(balls: Balls, value: Ball) -> Ball:
    """The angle between -pi/2 and pi/2 of which ``value`` is the tangent."""
    if value.size > 1:
        half_turn = balls.divide(pi_ball(balls), Ball(Decimal(2), _ZERO))
        rest = arctan(balls, balls.divide(Ball(_ONE, _ZERO), value))
        side = half_turn if value.middle > 0 else balls.negative(half_turn)
        return balls.add(side, balls.negative(rest))
    middle = _arctan(value.middle, balls.digits)
    return balls.ball(balls.main.plus(middle), value.radius, balls.unit)


def _arctan(tangent: Decimal, digits: int) -> Decimal:
    """From the float's value on, each step makes the correct digits three times as many."""
    wide = context(digits + _GUARD)
    angle, known = Decimal(math.atan(tangent)), 15
    while known < digits + 5:
        sine, cosine = _sin_cos(angle, digits + 8)
        above = wide.subtract(wide.multiply(tangent, cosine), sine)
        below = wide.add(cosine, wide.multiply(tangent, sine))
        step = wide.divide(above, below)  # the tangent of what is missing
        cube = wide.divide(wide.power(step, 3), Decimal(3))
        angle = wide.add(angle, wide.subtract(step, cube))
        known *= 3
    return angle


def _refuse_large(value: Ball) -> None:
    if value.size > _LARGEST_ARGUMENT or value.radius > 1:
        raise UndecidedError
