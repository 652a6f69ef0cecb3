"""Places in each piece of a function that consists of pieces, such as |x - 3|."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from quizapp.domain.expressions.arithmetic import NoValueError, UndecidedError, evaluate
from quizapp.domain.expressions.floats import Floats
from quizapp.domain.expressions.functions import WITH_KINKS
from quizapp.domain.expressions.ranges import Range
from quizapp.domain.expressions.syntax import Call, Chain, Node, Numeral, Power, parts, symbols

_STEPS = 32
_SWEEP = sorted(sign * 10 ** (step / 4 - 2) for step in range(_STEPS) for sign in (-1.01, 1.01))
_HALVINGS = 40
_MOST_SUMS = 10
_FLOATS = Floats()
Place = Mapping[str, Fraction]


def places(nodes: tuple[Node, ...], ranges: Mapping[str, Range], base: Place) -> Iterator[Place]:
    """``base`` with one variable moved between and beyond the places where a sum changes its sign.

    None for functions that have no pieces.
    """
    if any(map(has_pieces, nodes)):
        yield from _moved(nodes, ranges, base)


def has_pieces(node: Node) -> bool:
    """Whether ``node`` holds absolute values, signs or roots."""
    return any(
        (isinstance(part, Call) and part.name in WITH_KINKS)
        or (isinstance(part, Power) and _is_broken(part.exponent))
        for part in parts(node)
    )


def _is_broken(exponent: Node) -> bool:
    return not isinstance(exponent, Numeral) or exponent.value.denominator > 1


def _moved(nodes: tuple[Node, ...], ranges: Mapping[str, Range], base: Place) -> Iterator[Place]:
    found = {part for node in nodes for part in parts(node) if _is_sum(part)}
    sums = sorted(found, key=repr)[:_MOST_SUMS]
    for name, within in ranges.items():
        if within.is_whole:
            continue
        roots = sorted(
            {root for each in sums if name in symbols(each) for root in _roots(each, name, base)}
        )
        ends = [_beyond(roots[0], -1), *roots, _beyond(roots[-1], 1)] if roots else []
        for left, right in pairwise(ends):
            middle = (Fraction(left) + Fraction(right)) / 2
            if left < right and within.holds(middle):
                yield {**base, name: middle}


def _beyond(root: float, side: int) -> float:
    return root + side * max(1.0, abs(root))


def _is_sum(node: Node) -> bool:
    return isinstance(node, Chain) and node.is_sum


def _roots(node: Node, name: str, base: Place) -> Iterator[float]:
    values = {other: float(value) for other, value in base.items()}

    def at(place: float) -> float | None:
        try:
            return evaluate(node, _FLOATS, {**values, name: place})
        except (NoValueError, UndecidedError):
            return None

    signs = [(place, at(place)) for place in _SWEEP]
    for (low, below), (high, above) in pairwise(signs):
        if below is None or above is None or (below > 0) == (above > 0):
            continue
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            value = at(middle)
            if value is None:
                break
            low, high = (low, middle) if (value > 0) == (above > 0) else (middle, high)
        yield low
