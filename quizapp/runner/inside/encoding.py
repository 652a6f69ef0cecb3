"""A value as plain JSON that names its exact type, so that no object's own ``__eq__`` ever counts.

None, booleans, numbers, strings and lists are themselves; all others are ``{"$": type, ...}``.
"""

from collections import deque
from typing import Any

MOST_NODES = 200_000
DEEPEST = 60
LONGEST_INTEGER_BITS = 10_000
ARRAY_KINDS = "biufc"


class BadResultError(Exception):
    """A value that cannot be compared; the message says so to the program's author."""


def encode(value: Any) -> Any:
    """``value`` as JSON can hold it. Raises BadResultError."""
    return _Encoding().of(value, 0)


class _Encoding:
    """The encoding of one value; counts what it meets."""

    def __init__(self) -> None:
        self.nodes = 0

    def of(self, value: Any, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > MOST_NODES or depth > DEEPEST:
            raise BadResultError("The value is too large or too deeply nested.")
        kind = type(value)
        if value is None or kind is bool or kind is str:
            return value
        if kind is int:
            return _integer(value)
        if kind is float:
            return _real(value)
        if kind is list or kind is deque:
            return self.each(value, depth)
        return self.tagged(value, kind, depth)

    def each(self, values: Any, depth: int) -> list[Any]:
        return [self.of(value, depth + 1) for value in values]

    def tagged(self, value: Any, kind: type, depth: int) -> Any:
        """What JSON has no type for."""
        if kind is tuple or (issubclass(kind, tuple) and hasattr(kind, "_fields")):
            return {"$": "tuple", "v": self.each(tuple.__iter__(value), depth)}
        if issubclass(kind, dict):
            pairs = [self.each(pair, depth) for pair in dict.items(value)]
            return {"$": "dict", "v": pairs}
        if kind is set or kind is frozenset:
            return {"$": "set", "v": self.each(value, depth)}
        if kind is bytes:
            return {"$": "bytes", "v": value.hex()}
        if kind is complex:
            return {"$": "complex", "v": self.each((value.real, value.imag), depth)}
        return self.foreign(value, kind, depth)

    def foreign(self, value: Any, kind: type, depth: int) -> Any:
        """NumPy's values; no other library's."""
        package = str(getattr(kind, "__module__", "")).partition(".")[0]
        if package == "numpy" and kind.__name__ == "ndarray":
            return self.array(value, depth)
        if package == "numpy" and hasattr(value, "item"):
            return self.of(value.item(), depth + 1)
        if package == "pandas":
            raise BadResultError(
                f"A {kind.__name__} of pandas cannot be compared: return a list or a dict."
            )
        raise BadResultError(f"A value of the type {kind.__name__[:60]} cannot be compared.")

    def array(self, value: Any, depth: int) -> Any:
        if value.dtype.kind not in ARRAY_KINDS or value.size > MOST_NODES:
            raise BadResultError("An array of this type or size cannot be compared.")
        flat = self.each(value.ravel().tolist(), depth)
        return {"$": "nd", "shape": list(value.shape), "kind": value.dtype.kind, "v": flat}


def _integer(value: int) -> Any:
    bits = value.bit_length()
    return value if bits < LONGEST_INTEGER_BITS else {"$": "bigint", "bits": bits}


def _real(value: float) -> Any:
    if value != value:  # only NaN is so
        return {"$": "f", "v": "nan"}
    if value in (float("inf"), float("-inf")):
        return {"$": "f", "v": "inf" if value > 0 else "-inf"}
    return value
