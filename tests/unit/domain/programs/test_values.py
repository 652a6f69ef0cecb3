"""Claims are read within bounds, and whatever they are nothing but a value comes of it."""

from time import perf_counter
from typing import Any

import pytest
from hypothesis import given

from quizapp.domain.programs.values import (
    Array,
    BadValueError,
    HugeInteger,
    Items,
    Pairs,
    Rows,
    decoded,
    nested,
)
from tests.unit.domain.programs.values import JSON


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        (None, None),
        (True, True),
        (3, 3),
        (2.5, 2.5),
        ("a", "a"),
        ([1, [2]], Items("list", (1, Items("list", (2,))))),
        ({"$": "f", "v": "-inf"}, float("-inf")),
        ({"$": "bigint", "bits": 20_000}, HugeInteger(20_000)),
        ({"$": "complex", "v": [1.0, -2.0]}, 1 - 2j),
        ({"$": "bytes", "v": "00ff"}, b"\x00\xff"),
        ({"$": "tuple", "v": [1]}, Items("tuple", (1,))),
        ({"$": "set", "v": ["a"]}, Items("set", ("a",))),
        ({"$": "dict", "v": [["a", 1]]}, Pairs((("a", 1),))),
        ({"$": "nd", "shape": [1, 2], "v": [1, 2]}, Array((1, 2), (1, 2))),
        ({"$": "nd", "shape": [], "v": [True]}, Array((), (True,))),
        (
            {"$": "rows", "cols": ["n"], "v": [["a"], [None]]},
            Rows(("n",), (Items("tuple", ("a",)), Items("tuple", (None,)))),
        ),
    ],
)
def test_a_claim_is_read(claim: Any, value: Any) -> None:
    assert decoded(claim) == value


@pytest.mark.parametrize(
    "claim",
    [
        {},
        {"$": "object"},
        {"$": ["tuple"], "v": []},
        {"$": "tuple"},
        {"$": "tuple", "v": "ab"},
        {"$": "dict", "v": [[1]]},
        {"$": "dict", "v": {"a": 1}},
        {"$": "f", "v": "1"},
        {"$": "f", "v": ["nan"]},
        {"$": "bytes", "v": "xy"},
        {"$": "bigint", "bits": 3},
        {"$": "complex", "v": [1, 2]},
        {"$": "nd", "shape": [3], "v": [1]},
        {"$": "nd", "shape": [-1], "v": []},
        {"$": "nd", "shape": [True], "v": [1]},
        {"$": "nd", "shape": [1], "v": ["a"]},
        {"$": "nd", "shape": [1] * 33, "v": [1]},
        {"$": "nd", "shape": [10**9, 0], "v": []},
        {"$": "rows", "cols": [1], "v": []},
        {"$": "rows", "cols": [], "v": [1]},
        float("nan"),
        1 << 10_000,
        [0] * 200_001,
    ],
)
def test_what_is_no_value_is_refused(claim: Any) -> None:
    with pytest.raises(BadValueError):
        decoded(claim)


def test_deep_nesting_is_refused() -> None:
    claim: Any = 1
    for _ in range(5_000):
        claim = [claim]

    with pytest.raises(BadValueError):
        decoded(claim)


@given(JSON)
def test_any_json_is_a_value_or_refused(claim: Any) -> None:
    try:
        value = decoded(claim)
    except BadValueError:
        return
    assert value is None or isinstance(
        value,
        bool | int | float | complex | str | bytes | Items | Pairs | Array | Rows | HugeInteger,
    )


@pytest.mark.parametrize(
    ("shape", "lists"),
    [
        ((2, 1), Items("list", (Items("list", (1,)), Items("list", (2,))))),
        ((2, 0), Items("list", (Items("list", ()), Items("list", ())))),
        ((0, 2), Items("list", ())),
    ],
)
def test_an_array_is_lists_in_lists(shape: tuple[int, ...], lists: Items) -> None:
    numbers = (1, 2) if 0 not in shape else ()

    assert nested(Array(shape, numbers)) == lists


def test_arrays_without_numbers_take_no_time() -> None:
    claim = [{"$": "nd", "shape": [190_000, 0], "v": []}] * 20_000

    start = perf_counter()
    with pytest.raises(BadValueError):
        decoded(claim)
    assert perf_counter() - start < 2
