"""Where a variable may lie, as an author says it, and places to try there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from random import Random

from quizapp.domain.numbers import read_number

_WORDS = re.compile(
    r"(?P<sign>positive|negative)?\s*(?P<whole>integer)?(?P<real>real)?"
    r"|(?:(?P<whole_between>integer)\s+)?(?P<low>\S+)\s+to\s+(?P<high>\S+)"
)
_FINE = 10**4
_SIZES = (-1, 0, 0, 0, 1, 2, -2, 0, 3, -4, 5)
"""Powers of ten of the places that are tried, by chance."""
_SMALL, _SMALL_ONES = (-2, -1, -1, 0), 6
"""The first are small: there is no overflow, and little is lost in differences."""


@dataclass(frozen=True)
class Range:
    """All real or all whole numbers between two; None is no bound. The ends do not belong."""

    low: Fraction | None = None
    high: Fraction | None = None
    is_whole: bool = False

    def places(self, rng: Random) -> Iterator[Fraction]:
        """Without end: small and large, near the ends and far from them."""
        for number in count():
            size = rng.choice(_SMALL if number < _SMALL_ONES else _SIZES)
            yield self._whole(rng, size) if self.is_whole else self._real(rng, size)

    def _real(self, rng: Random, size: int) -> Fraction:
        # an odd numerator over 10^4: no number that somebody writes down
        part = Fraction(2 * rng.randrange(_FINE // 2, 5 * _FINE) + 1, _FINE) * Fraction(10) ** size
        if self.low is not None and self.high is not None:
            share = Fraction(2 * rng.randrange(_FINE) + 1, 2 * _FINE)
            if size < 0:
                share *= Fraction(10) ** size
            if rng.randrange(2):
                share = 1 - share
            return self.low + (self.high - self.low) * share
        if self.low is not None:
            return self.low + part
        if self.high is not None:
            return self.high - part
        return part if rng.randrange(2) else -part

    def _whole(self, rng: Random, size: int) -> Fraction:
        furthest = max(12, 10 ** min(abs(size), 3))
        if self.low is not None and self.high is not None:
            return Fraction(rng.randint(int(self.low) + 1, int(self.high) - 1))
        if self.low is not None:
            return Fraction(int(self.low) + rng.randint(1, furthest))
        if self.high is not None:
            return Fraction(int(self.high) - rng.randint(1, furthest))
        return Fraction(rng.randint(-furthest, furthest))

    def holds(self, value: Fraction) -> bool:
        """Whether ``value`` is one of the numbers."""
        is_above = self.low is None or value > self.low
        return is_above and (self.high is None or value < self.high)


def read_range(text: str) -> Range:
    """What ``text`` says. Raises ValueError: not understood."""
    found = _WORDS.fullmatch(" ".join(text.split()))
    if found is None or not text.strip():
        raise ValueError(f"{text!r} is no range. {_EXPECTED}")
    zero = Fraction(0)
    if found["low"] is None:
        low = zero if found["sign"] == "positive" else None
        high = zero if found["sign"] == "negative" else None
        return Range(low, high, bool(found["whole"]))
    ends = read_number(found["low"]), read_number(found["high"])
    return _between(*ends, is_whole=bool(found["whole_between"]), text=text)


_EXPECTED = "Write real, positive, negative, integer, positive integer, 0 to 1 or integer 0 to 9."


def _between(low: Fraction | None, high: Fraction | None, *, is_whole: bool, text: str) -> Range:
    if low is None or high is None:
        raise ValueError(f"{text!r} is no range. {_EXPECTED}")
    if low >= high:
        raise ValueError(f"{text!r} holds nothing: its second number must be larger.")
    if is_whole:  # here the ends belong
        low, high = Fraction(-(-low // 1) - 1), Fraction(high // 1 + 1)
        if high - low < 2:
            raise ValueError(f"{text!r} holds no whole number.")
    return Range(low, high, is_whole)
