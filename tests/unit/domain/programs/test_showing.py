"""Values are shown as Python writes them, within bounds."""

import math

import pytest
from hypothesis import given

from quizapp.domain.programs.showing import shown
from quizapp.domain.programs.values import (
    Array,
    HugeInteger,
    Items,
    Pairs,
    Rows,
    Value,
)
from tests.unit.domain.programs.values import VALUES


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Items("list", (1, 2.0, True, None, "a'b")), '[1, 2.0, True, None, "a\'b"]'),
        (Items("tuple", (1,)), "(1,)"),
        (Items("tuple", ()), "()"),
        (Items("set", ()), "set()"),
        (Items("set", (1, 2)), "{1, 2}"),
        (Pairs((("a", 1), (2, Items("tuple", ())))), "{'a': 1, 2: ()}"),
        (Array((1, 2), (1.0, 2.5)), "array([[1., 2.5]])"),
        (Array((2,), (True, False)), "array([True, False])"),
        (Array((), (3,)), "array(3)"),
        (
            Rows(("n", "c"), (Items("tuple", ("a", 2)), Items("tuple", ("b", None)))),
            "[('a', 2), ('b', None)]",
        ),
        (-math.inf, "-inf"),
        (math.nan, "nan"),
        (1 - 2j, "(1-2j)"),
        (HugeInteger(20_000), "a whole number of 20000 bits"),
        ("\ud800\x00", "'\\ud800\\x00'"),
    ],
)
def test_a_value_is_written_as_python_writes_it(value: Value, text: str) -> None:
    assert shown(value) == text


@given(VALUES)
def test_no_value_is_longer_than_its_bound(value: Value) -> None:
    whole, cut = shown(value, 10**6), shown(value, 20)

    assert len(cut) <= 20
    assert cut == whole or cut == f"{whole[:19]}…"
    assert whole.encode("utf-8")
