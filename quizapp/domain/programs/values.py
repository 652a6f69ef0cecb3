"""Values that a guest claims: their JSON, read within bounds into plain immutable data.

JSON's own null, booleans, numbers, texts and lists stand for Python's. All else is an object with
its type at ``$`` and, but for the first, its content at ``v``:

=========  ==========================================================
bigint     ``bits``: how long a whole number of 10,000 bits or more is
f          ``"nan"``, ``"inf"`` or ``"-inf"``
complex    ``[real, imaginary]``
bytes      hexadecimal digits
tuple      a list; of a named tuple too
set        a list; of a frozen set too
dict       a list of pairs
nd         NumPy's array, row by row: a list of numbers or booleans, with its ``shape``
rows       a query's rows: a list of lists, with the names of its columns at ``cols``
=========  ==========================================================

A guest encodes by exact type, so that no object with a false ``__eq__`` ever gets here.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypeGuard, Union

MOST_NODES = 200_000
DEEPEST = 60
MOST_BITS = 10_000
"""Whole numbers have fewer."""
MOST_DIMENSIONS = 32


class BadValueError(Exception):
    """A claim that is no value; the message says why, to whoever reads a log."""


@dataclass(frozen=True)
class Items:
    """A list, a tuple or a set with its members in the order in which they came."""

    kind: Literal["list", "tuple", "set"]
    values: tuple["Value", ...]


@dataclass(frozen=True)
class Pairs:
    """A dict."""

    values: tuple[tuple["Value", "Value"], ...]


@dataclass(frozen=True)
class Array:
    """An array of numbers or booleans, row by row."""

    shape: tuple[int, ...]
    values: tuple["Value", ...]


@dataclass(frozen=True)
class Rows:
    """What a query found."""

    columns: tuple[str, ...]
    values: tuple[Items, ...]


@dataclass(frozen=True)
class HugeInteger:
    """A whole number of which only the length is known; it equals nothing."""

    bits: int


Number: TypeAlias = int | float | complex
Value: TypeAlias = Union[  # noqa: UP007 - names of later classes
    bool, int, float, complex, str, bytes, Items, Pairs, Array, Rows, HugeInteger, None
]


def decoded(claim: Any) -> Value:
    """The value that ``claim``, any JSON, stands for. Raises BadValueError, and nothing else."""
    return _Decoder().value(claim, 0)


def nested(array: Array) -> Value:
    """The array as a list of lists; a number where it has no dimension."""
    return _nested(array.shape, array.values)


def _nested(shape: tuple[int, ...], values: tuple[Value, ...]) -> Value:
    if not shape:
        return values[0]
    size = math.prod(shape[1:])
    parts = (values[at * size : (at + 1) * size] for at in range(shape[0]))
    return Items("list", tuple(_nested(shape[1:], part) for part in parts))


def is_number(value: object) -> TypeGuard[Number]:
    """Whether it is a whole, real or complex number: True and False are none."""
    return isinstance(value, int | float | complex) and not isinstance(value, bool)


class _Decoder:
    """Reads one claim; ``nodes`` are those read so far."""

    def __init__(self) -> None:
        self.nodes = 0

    def value(self, claim: Any, depth: int) -> Value:
        self._count(1)
        if depth > DEEPEST:
            raise BadValueError("It is nested too deeply.")
        if isinstance(claim, list):
            return Items("list", self._values(claim, depth))
        if isinstance(claim, dict):
            return self._object(claim, depth)
        return _plain(claim)

    def _count(self, nodes: int) -> None:
        self.nodes += nodes
        if self.nodes > MOST_NODES:
            raise BadValueError("It has too many parts.")

    def _values(self, claims: Any, depth: int) -> tuple[Value, ...]:
        return tuple(self.value(each, depth + 1) for each in _list(claims))

    def _object(self, claim: Mapping[str, Any], depth: int) -> Value:
        kind, content = claim.get("$"), claim.get("v")
        if kind in ("tuple", "set"):
            return Items(kind, self._values(content, depth))
        if kind == "dict":
            return Pairs(tuple(self._pair(each, depth) for each in _list(content)))
        if kind == "nd":
            return self._array(claim, depth)
        if kind == "rows":
            return self._rows(claim, depth)
        if kind == "complex":
            return self._complex(content, depth)
        return _text_of_object(kind, claim)

    def _pair(self, claim: Any, depth: int) -> tuple[Value, Value]:
        pair = self._values(claim, depth)
        if len(pair) != 2:
            raise BadValueError("A pair is missing.")
        return pair[0], pair[1]

    def _complex(self, content: Any, depth: int) -> complex:
        real, imaginary = self._pair(content, depth)
        if not (isinstance(real, float) and isinstance(imaginary, float)):
            raise BadValueError("A complex number has two real parts.")
        return complex(real, imaginary)

    def _array(self, claim: Mapping[str, Any], depth: int) -> Array:
        shape = tuple(_list(claim.get("shape")))
        if len(shape) > MOST_DIMENSIONS or not all(
            type(each) is int and each >= 0 for each in shape
        ):
            raise BadValueError("An array has no such shape.")
        self._count(_lists_in(shape))
        values = self._values(claim.get("v"), depth)
        if math.prod(shape) != len(values):
            raise BadValueError("An array's shape does not fit its numbers.")
        if not all(isinstance(each, bool) or is_number(each) for each in values):
            raise BadValueError("An array holds more than numbers.")
        return Array(shape, values)

    def _rows(self, claim: Mapping[str, Any], depth: int) -> Rows:
        columns = _list(claim.get("cols"))
        self._count(len(columns))
        if not all(isinstance(each, str) for each in columns):
            raise BadValueError("The name of a column is no text.")
        rows = (self._values(each, depth + 1) for each in _list(claim.get("v")))
        return Rows(tuple(columns), tuple(Items("tuple", row) for row in rows))


def _lists_in(shape: tuple[int, ...]) -> int:
    """How many lists the array makes, which may be many without a single number."""
    total, each = 0, 1
    for length in shape:
        total, each = total + each, each * length
        if total > MOST_NODES:
            break
    return total


def _plain(claim: Any) -> Value:
    if claim is None or isinstance(claim, bool | str):
        return claim
    if isinstance(claim, float) and math.isfinite(claim):
        return claim
    if isinstance(claim, int) and claim.bit_length() < MOST_BITS:
        return claim
    raise BadValueError("It is no number.")


def _text_of_object(kind: Any, claim: Mapping[str, Any]) -> Value:
    content = claim.get("v")
    if kind == "f" and content in ("nan", "inf", "-inf"):
        return float(content)
    if kind == "bytes" and isinstance(content, str):
        try:
            return bytes.fromhex(content)
        except ValueError as error:
            raise BadValueError("Bytes are not written in digits.") from error
    bits = claim.get("bits")
    if kind == "bigint" and isinstance(bits, int) and bits >= MOST_BITS:
        return HugeInteger(bits)
    raise BadValueError("Its type is not known.")


def _list(claim: Any) -> list[Any]:
    if not isinstance(claim, list):
        raise BadValueError("A list is missing.")
    return claim
