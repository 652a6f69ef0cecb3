"""Values of every kind, and any JSON, for Hypothesis."""

import math
from typing import Any

from hypothesis import strategies as st

from quizapp.domain.programs.values import Array, Items, Pairs, Value

REALS = st.integers(-(2**70), 2**70) | st.floats()
NUMBERS = REALS | st.complex_numbers()
TEXTS = st.text(max_size=5)
HASHABLE = st.none() | st.booleans() | NUMBERS | TEXTS | st.binary(max_size=4)


def _arrays() -> st.SearchStrategy[Value]:
    shapes = st.lists(st.integers(0, 3), min_size=1, max_size=3).map(tuple)
    return shapes.flatmap(
        lambda shape: st.lists(REALS, min_size=math.prod(shape), max_size=math.prod(shape)).map(
            lambda numbers: Array(shape, tuple(numbers))
        )
    )


def _extended(children: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    several = st.lists(children, max_size=4).map(tuple)
    return (
        several.map(lambda members: Items("list", members))
        | several.map(lambda members: Items("tuple", members))
        | st.lists(TEXTS, max_size=4, unique=True).map(lambda each: Items("set", tuple(each)))
        | st.dictionaries(TEXTS, children, max_size=4).map(lambda d: Pairs(tuple(d.items())))
    )


VALUES: st.SearchStrategy[Value] = st.recursive(HASHABLE | _arrays(), _extended, max_leaves=12)

_TYPES = st.sampled_from(
    ("f", "bigint", "complex", "bytes", "tuple", "set", "dict", "nd", "rows", "other")
)


def _objects(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    content = {"$": _TYPES, "v": children, "shape": children, "cols": children, "bits": children}
    return (
        st.lists(children, max_size=4)
        | st.fixed_dictionaries({}, optional=content)
        | st.dictionaries(TEXTS, children, max_size=3)
    )


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | REALS | TEXTS | st.sampled_from(("nan", "inf", "00")),
    _objects,
    max_leaves=20,
)
