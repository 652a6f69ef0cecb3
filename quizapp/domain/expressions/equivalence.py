"""Whether two expressions are the same function, by their values at many places.

Rational functions are compared exactly. All others are computed at places that depend on the two
alone, with 60 digits and a bound on every error, and at a few with 200. They are equal when no
place tells them apart: where one has a value and the other has none, they differ.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import islice
from random import Random
from typing import TypeAlias

from quizapp.domain.expressions import modular, pieces
from quizapp.domain.expressions.arithmetic import NoValueError, UndecidedError, evaluate
from quizapp.domain.expressions.balls import Ball, Real
from quizapp.domain.expressions.costs import Work, cost
from quizapp.domain.expressions.ranges import Range
from quizapp.domain.expressions.reals import Reals, is_sharp, is_zero
from quizapp.domain.expressions.syntax import Node
from quizapp.domain.expressions.writing import to_plain

Ranges: TypeAlias = Mapping[str, Range]
Place: TypeAlias = Mapping[str, Fraction]
CONSTANT = "C"
"""The name of the constant of integration."""
_DIGITS, _MORE_DIGITS, _MOST_DIGITS = 60, 200, 520
_DEARER: Mapping[int, int] = {_DIGITS: 1, _MORE_DIGITS: 5, _MOST_DIGITS: 50}
"""How much more a value costs with so many digits."""
_KNOWN_DIGITS = 20
"""Of a value, so that it tells something."""
_ENOUGH = 20
_LEAST = 5
_MOST_TRIED = 90
_CHECKED_AGAIN = 3
_FEW, _MOST_PIECES = 3, 16
_WORK, _MOST_WORK = 12_000, 18_000
"""Microseconds for what is enough, and for all."""
_KEPT = 4096
"""Comparisons whose outcome is remembered: a review asks for it again."""
_MODULAR_PLACES = 6
_FIRST = Reals(_DIGITS)
_SECOND = Reals(_MORE_DIGITS)
_THIRD = Reals(_MOST_DIGITS)


def are_equal(left: Node, right: Node, ranges: Ranges) -> bool:
    """The same value wherever one of both has one, with the variables in their ranges."""
    return _is_same(left, right, _sorted(ranges), is_constant_free=False)


def differ_by_a_constant(left: Node, right: Node, ranges: Ranges) -> bool:
    """Equal but for one number; ``C`` may stand for any in either."""
    return _is_same(left, right, _sorted(ranges), is_constant_free=True)


def has_values(node: Node, ranges: Ranges) -> bool:
    """Whether ``node`` has a value at places enough to be compared."""
    return _Pair(node, node, ranges, is_constant_free=True).is_same_by_values()


def _sorted(ranges: Ranges) -> tuple[tuple[str, Range], ...]:
    return tuple(sorted(ranges.items(), key=lambda each: each[0]))


@lru_cache(maxsize=_KEPT)
def _is_same(
    left: Node, right: Node, ranges: tuple[tuple[str, Range], ...], *, is_constant_free: bool
) -> bool:
    return _Pair(left, right, dict(ranges), is_constant_free).is_same()


@dataclass(frozen=True)
class _Pair:
    """Two expressions to be compared; ``is_constant_free`` lets a constant be between them."""

    left: Node
    right: Node
    ranges: Ranges
    is_constant_free: bool

    def is_same(self) -> bool:
        if self.left == self.right:
            return True
        if all(modular.is_rational(each, self.ranges) for each in (self.left, self.right)):
            return self._is_same_modulo()
        return self.is_same_by_values()

    # --- Exactly ------------------------------------------------------------------------------

    def _is_same_modulo(self) -> bool:
        names = sorted(self.ranges)
        left, right = (
            modular.values(each, names, self._seed, _MODULAR_PLACES)
            for each in (self.left, self.right)
        )
        gaps = [
            (above - below) % modular.PRIME
            for above, below in zip(left, right, strict=True)
            if above is not None and below is not None
        ]
        return bool(gaps) and set(gaps) == {gaps[0] if self.is_constant_free else 0}

    # --- By values ----------------------------------------------------------------------------

    def is_same_by_values(self) -> bool:
        """Whether no place tells the two apart, of places enough at which both have values."""
        enough = self._affordable(_LEAST, _ENOUGH, _WORK) if self.ranges else 1
        enough += len(self._pieces)
        again = self._affordable(1, _CHECKED_AGAIN, _WORK // _DEARER[_MORE_DIGITS])
        work = Work(_MOST_WORK)
        try:
            found = self._agreeing(islice(self._places(), _MOST_TRIED), _FIRST, enough, work)
            sure = self._agreeing(iter(found[:again]), _SECOND, again, Work(_MOST_WORK))
        except _DifferenceError:
            return False
        return len(found) >= (_LEAST if self.ranges else 1) and bool(sure)

    def _affordable(self, least: int, most: int, work: int) -> int:
        return min(most, max(least, work // self._cost))

    def _agreeing(
        self, tried: Iterator[Place], reals: Reals, enough: int, work: Work
    ) -> list[Place]:
        """Places at which the two agree. Raises _DifferenceError when one tells them apart."""
        usual: Real | None = None if self.is_constant_free else Fraction(0)
        found: list[Place] = []
        for place in tried:
            try:
                gap = self._gap(place, reals, work)
                usual = gap if usual is None else usual
                is_same = is_zero(reals.combine("-", gap, usual))
            except UndecidedError:
                continue
            if not is_same:
                raise _DifferenceError
            found.append(place)
            if len(found) == enough:
                break
        return found

    def _gap(self, place: Place, reals: Reals, work: Work) -> Real:
        """The difference there. Raises UndecidedError: none, or it is not known well enough."""
        if not work.may_spend(self._cost * _DEARER[reals.balls.digits]):
            raise UndecidedError
        left, right = _value(self.left, place, reals), _value(self.right, place, reals)
        if left is None and right is None:
            raise UndecidedError
        if left is None or right is None:
            raise _DifferenceError
        gap = reals.combine("-", left, right)
        if is_sharp(gap, _KNOWN_DIGITS):
            return gap
        return self._gap(place, self._sharper(gap, reals), work)

    def _sharper(self, gap: Real, reals: Reals) -> Reals:
        """What knows more of ``gap``. Raises UndecidedError: nothing that is quick enough."""
        missing = gap.radius.adjusted() if isinstance(gap, Ball) else 0
        wanted = reals.balls.digits + missing + 2 * _KNOWN_DIGITS
        for each in (_SECOND,) if self.ranges else (_SECOND, _THIRD):
            if reals.balls.digits < each.balls.digits and wanted <= each.balls.digits:
                return each
        raise UndecidedError

    def _places(self) -> Iterator[Place]:
        """A few places, then one in each piece of the functions, then more."""
        drawn = self._drawn()
        yield from islice(drawn, _FEW)
        yield from self._pieces
        if self.ranges:
            yield from drawn

    @cached_property
    def _pieces(self) -> list[Place]:
        both, base = (self.left, self.right), next(self._drawn())
        most = self._affordable(_LEAST, _MOST_PIECES, _WORK)
        return list(islice(pieces.places(both, self.ranges, base), most))

    def _drawn(self) -> Iterator[Place]:
        rng = Random(self._seed)
        each = {name: within.places(rng) for name, within in _sorted(self.ranges)}
        while True:
            yield {name: next(numbers) for name, numbers in each.items()}

    @cached_property
    def _cost(self) -> int:
        return cost(self.left) + cost(self.right)

    @property
    def _seed(self) -> str:
        return f"{to_plain(self.left)} = {to_plain(self.right)}"


class _DifferenceError(Exception):
    """The two were told apart."""


def _value(node: Node, place: Place, reals: Reals) -> Real | None:
    """The value there; None where there is no real one. Raises UndecidedError."""
    try:
        return evaluate(node, reals, place)
    except NoValueError:
        return None
