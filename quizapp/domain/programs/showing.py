"""Values as a Python programmer reads them, for people: ``[1, 2]``, ``array([[1., 2.]])``."""

import math
from collections.abc import Iterable, Iterator

from quizapp.domain.programs.values import (
    Array,
    HugeInteger,
    Items,
    Pairs,
    Rows,
    Value,
    nested,
)

LONGEST_SHOWN = 2_000
"""Characters of a value; what is longer ends in ``…``."""

_BRACKETS = {"list": ("[", "]"), "tuple": ("(", ")"), "set": ("{", "}")}


def shown(value: Value, longest: int = LONGEST_SHOWN) -> str:
    """``value`` in one line of at most ``longest`` characters; rows are a list of tuples."""
    text, length = [], 0
    for piece in _pieces(value):
        text.append(piece)
        length += len(piece)
        if length > longest:
            return "".join(text)[: longest - 1] + "…"
    return "".join(text)


def _pieces(value: Value) -> Iterator[str]:
    if isinstance(value, Items):
        yield from _items(value)
    elif isinstance(value, Rows):
        yield from _items(Items("list", value.values))
    elif isinstance(value, Pairs):
        yield from _joined("{", (_pair(each) for each in value.values), "}")
    elif isinstance(value, Array):
        yield "array("
        yield from _in_array(nested(value))
        yield ")"
    else:
        yield _plain(value)


def _items(items: Items) -> Iterator[str]:
    start, end = _BRACKETS[items.kind]
    if items.kind == "set" and not items.values:
        yield "set()"
        return
    if items.kind == "tuple" and len(items.values) == 1:
        end = ",)"
    yield from _joined(start, map(_pieces, items.values), end)


def _pair(pair: tuple[Value, Value]) -> Iterator[str]:
    key, value = pair
    yield from _pieces(key)
    yield ": "
    yield from _pieces(value)


def _joined(start: str, members: Iterable[Iterator[str]], end: str) -> Iterator[str]:
    yield start
    for number, member in enumerate(members):
        if number:
            yield ", "
        yield from member
    yield end


def _in_array(value: Value) -> Iterator[str]:
    """As NumPy writes it: a real number that is whole ends in its point."""
    if isinstance(value, Items):
        yield from _joined("[", map(_in_array, value.values), "]")
    elif isinstance(value, float):
        yield _plain(value).removesuffix("0") if value.is_integer() else _plain(value)
    else:
        yield _plain(value)


def _plain(value: Value) -> str:
    if isinstance(value, HugeInteger):
        return f"a whole number of {value.bits} bits"
    if isinstance(value, complex) and not (math.isfinite(value.real) and math.isfinite(value.imag)):
        return f"complex({value.real!r}, {value.imag!r})"
    return repr(value)
