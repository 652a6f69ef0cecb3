"""Whether a claimed value is the expected one.

Numbers are compared by value, so 2 is 2.0 and 2+0j; True and False are no numbers. A list and a
tuple of the same members are the same, and so are an array and the list of lists that it prints as:
what differs there seldom is what a question is about, and a case that cares asks for it in its
call, by ``type(…)`` or ``.shape``. Two nan are the same. With a tolerance a number may be that far
away, absolutely or as a share of the expected one; two whole numbers never may.
"""

import cmath
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quizapp.domain.programs.values import (
    Array,
    Items,
    Number,
    Pairs,
    Rows,
    Value,
    is_number,
    nested,
)

MOST_STEPS = 200_000
"""Pairs of values that are looked at where heaps are matched; whatever needs more is wrong."""


@dataclass(frozen=True)
class Rule:
    """What may differ.

    ``tolerance`` is how far a number may be off; ``is_any_order`` frees the order of the outermost
    list or rows; ``columns`` are the names that rows must have, whatever their case.
    """

    tolerance: float = 0.0
    is_any_order: bool = False
    columns: tuple[str, ...] = ()


def is_same(got: Value, expected: Value, rule: Rule) -> bool:
    """Whether ``got`` is worth the same as ``expected``. It takes a second or two at most, and far
    less where what was claimed is of another size.
    """
    if isinstance(got, Rows) and not _has_columns(got, rule.columns):
        return False
    if _leaves_in(got) != _leaves_in(expected):
        return False
    nearness = _Nearness(rule.tolerance)
    given, wanted = _members(got), _members(expected)
    if rule.is_any_order and given is not None and wanted is not None:
        return nearness.are_same_heaps(given, wanted)
    return exact_key(got) == exact_key(expected) or nearness.is_near(got, expected)


def _has_columns(rows: Rows, names: Sequence[str]) -> bool:
    return not names or [each.lower() for each in rows.columns] == [each.lower() for each in names]


def _leaves_in(value: Value) -> int:
    """How many values there are that hold no others: as many in all that is the same."""
    if isinstance(value, Array):
        return len(value.values)
    if isinstance(value, Pairs):
        return sum(_leaves_in(key) + _leaves_in(each) for key, each in value.values)
    return sum(map(_leaves_in, value.values)) if isinstance(value, Items | Rows) else 1


def _members(value: Value) -> tuple[Value, ...] | None:
    """What stands in a list, a tuple, rows or an array, one after the other; None in all else."""
    if isinstance(value, Array):
        value = nested(value)
    if isinstance(value, Rows):
        return value.values
    return value.values if isinstance(value, Items) and value.kind != "set" else None


def exact_key(value: Value) -> str:
    """A text that is equal for values that are the same, nothing being allowed to differ."""
    return _key(value, _number_key)


def _shape_key(value: Value) -> str:
    """The same for values that differ in their numbers alone."""
    return _key(value, lambda _number: "#")


def _key(value: Value, of_number: Callable[[Number], str]) -> str:
    if is_number(value):
        return of_number(value)
    if isinstance(value, str):
        return f"'{len(value)}:{value}"
    if isinstance(value, Pairs):
        pairs = (f"{_key(key, of_number)}:{_key(each, of_number)}" for key, each in value.values)
        return f"<{','.join(sorted(pairs))}>"
    if isinstance(value, Items) and value.kind == "set":
        return f"{{{','.join(sorted(_key(each, of_number) for each in value.values))}}}"
    members = _members(value)
    if members is not None:
        return f"[{','.join(_key(each, of_number) for each in members)}]"
    return _key(nested(value), of_number) if isinstance(value, Array) else repr(value)


def _number_key(number: Number) -> str:
    """Whole numbers that a float holds are written as that float."""
    if isinstance(number, complex):
        real, imaginary = _number_key(number.real), _number_key(number.imag)
        return f"{real}+{imaginary}j" if number.imag else real
    try:
        real_number = float(number)
    except OverflowError:
        return f"{number:x}"
    if isinstance(number, int) and real_number != number:
        return f"{number:x}"
    return repr(real_number + 0.0)  # -0.0 becomes 0.0


class _Nearness:
    """Compares with a tolerance; once ``steps`` are used up nothing is near any more."""

    def __init__(self, tolerance: float) -> None:
        self.tolerance = tolerance
        self.steps = MOST_STEPS

    def is_near(self, got: Value, expected: Value) -> bool:
        self.steps -= 1
        if self.steps < 0 or not self.tolerance:
            return False
        if is_number(got) and is_number(expected):
            return self._are_near(got, expected)
        if isinstance(got, Pairs) and isinstance(expected, Pairs):
            return self._are_near_pairs(got, expected)
        given, wanted = _members(got), _members(expected)
        if given is not None and wanted is not None:
            return len(given) == len(wanted) and all(map(self.is_near, given, wanted))
        if isinstance(got, Items) and isinstance(expected, Items):
            return got.kind == expected.kind and self.are_same_heaps(got.values, expected.values)
        return type(got) is type(expected) and got == expected

    def _are_near(self, got: Number, expected: Number) -> bool:
        if got == expected or (got != got and _number_key(got) == _number_key(expected)):  # nan
            return True
        if isinstance(got, int) and isinstance(expected, int):
            return False
        try:
            if not (cmath.isfinite(got) and cmath.isfinite(expected)):
                return False
            return abs(got - expected) <= self.tolerance * max(1, abs(expected))
        except OverflowError:  # a whole number that no float comes near to
            return False

    def _are_near_pairs(self, got: Pairs, expected: Pairs) -> bool:
        given = {exact_key(key): value for key, value in got.values}
        wanted = {exact_key(key): value for key, value in expected.values}
        return given.keys() == wanted.keys() and all(
            self.is_near(given[key], wanted[key]) for key in wanted
        )

    def are_same_heaps(self, got: Sequence[Value], expected: Sequence[Value]) -> bool:
        """Whether both hold the same members, in whatever order."""
        if sorted(map(exact_key, got)) == sorted(map(exact_key, expected)):
            return True
        if not self.tolerance:
            return False
        given, wanted = _by_shape(got), _by_shape(expected)
        return given.keys() == wanted.keys() and all(
            self._are_near_heaps(given[shape], wanted[shape]) for shape in wanted
        )

    def _are_near_heaps(self, got: list[Value], expected: list[Value]) -> bool:
        """Paired in the order of their numbers or, if that fails, each with the first near one."""
        if len(got) != len(expected):
            return False
        if all(map(self.is_near, got, expected)):
            return True
        left = list(expected)
        for value in got:
            place = next((at for at, each in enumerate(left) if self.is_near(value, each)), None)
            if place is None:
                return False
            del left[place]
        return True


def _by_shape(values: Sequence[Value]) -> Mapping[str, list[Value]]:
    """Values that differ in their numbers alone, together and in the order of these numbers."""
    found: dict[str, list[Value]] = defaultdict(list)
    for value in values:
        found[_shape_key(value)].append(value)
    for alike in found.values():
        alike.sort(key=lambda value: list(_sizes(value)))
    return found


def _sizes(value: Value) -> Iterator[tuple[bool, float]]:
    """The numbers in a value, to be sorted by: nan last."""
    if is_number(value):
        yield from map(_size, (value.real, value.imag))
    elif isinstance(value, Items | Array):
        for each in value.values:
            yield from _sizes(each)
    elif isinstance(value, Pairs):
        for _, each in value.values:
            yield from _sizes(each)


def _size(number: float) -> tuple[bool, float]:
    try:
        size = float(number)
    except OverflowError:
        return (False, math.inf if number > 0 else -math.inf)
    return (True, 0.0) if math.isnan(size) else (False, size)
