"""When a claimed value is the expected one, and that finding out ends soon."""

from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.programs.comparison import Rule, is_same
from quizapp.domain.programs.literals import read_literal
from quizapp.domain.programs.values import (
    Array,
    BadValueError,
    HugeInteger,
    Items,
    Pairs,
    Rows,
    Value,
    decoded,
)
from tests.unit.domain.programs.values import JSON, REALS, VALUES

EXACT = Rule()
NEAR = Rule(tolerance=1e-6)
FREE = Rule(is_any_order=True)
NEAR_AND_FREE = Rule(tolerance=1e-6, is_any_order=True)
RULES = (EXACT, NEAR, FREE, NEAR_AND_FREE)
LONGEST_SECONDS = 4
ROWS = Rows(("N", "c"), (Items("tuple", ("a", 2)), Items("tuple", ("b", 1))))


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        ("2", "2.0"),
        ("2+0j", "2"),
        ("-0.0", "0"),
        ("nan", "nan"),
        ("1j", "0+1j"),
        ("[1, 2]", "(1, 2)"),
        ("[(1,), {'a': (2,)}]", "([1], {'a': [2]})"),
        ("array([[1, 2], [3, 4]])", "[[1.0, 2], (3, 4)]"),
        ("[array([]), 1]", "[[], 1]"),
        ("array(3)", "3"),
        ("{1, 2}", "{2, 1.0}"),
        ("{'a': 1, 'b': 2}", "{'b': 2, 'a': 1}"),
        ("1" + "0" * 400, "1" + "0" * 400),
    ],
)
def test_same_values(got: str, expected: str) -> None:
    for rule in (EXACT, NEAR):
        assert is_same(read_literal(got), read_literal(expected), rule)
        assert is_same(read_literal(expected), read_literal(got), rule)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        ("1", "True"),
        ("0", "False"),
        ("[1, 0]", "array([True, False])"),
        ("1", "'1'"),
        ("'a'", "b'a'"),
        ("None", "0"),
        ("nan", "0"),
        ("inf", "-inf"),
        ("inf", "1e308"),
        ("[1, 2]", "[2, 1]"),
        ("[1]", "1"),
        ("[]", "[[]]"),
        ("[1, 2]", "{1, 2}"),
        ("[]", "set()"),
        ("{}", "set()"),
        ("[[1, 2, 3, 4]]", "array([[1, 2], [3, 4]])"),
        ("{'a': 1}", "{'a': 2}"),
        ("{1: 'a'}", "{True: 'a'}"),
        ("1000000", "1000001"),
        ("1" + "0" * 400, "1e308"),
        ("['a', 'b']", "['a,b']"),
        ('["1:a"]', "['a']"),
    ],
)
def test_other_values(got: str, expected: str) -> None:
    for rule in RULES if got != "[1, 2]" else (EXACT, NEAR):
        assert not is_same(read_literal(got), read_literal(expected), rule)
        assert not is_same(read_literal(expected), read_literal(got), rule)


@pytest.mark.parametrize(
    ("got", "expected", "is_near"),
    [
        ("1.0000005", "1", True),
        ("1.000002", "1", False),
        ("1000000.5", "1e6", True),
        ("0.0000005", "0", True),
        ("[{'a': (1.0000001,)}]", "[{'a': [1]}]", True),
        ("{1.0000001, 2}", "{2, 1}", True),
        ("array([0.9999999])", "[1]", True),
        ("1+0.0000001j", "1", True),
        ("True", "1.0", False),
        ("3", "2.9999999999", True),
    ],
)
def test_with_a_tolerance_numbers_may_be_off(got: str, expected: str, is_near: bool) -> None:
    assert is_same(read_literal(got), read_literal(expected), NEAR) == is_near


@pytest.mark.parametrize(
    ("got", "expected", "is_right"),
    [
        ("[2, 1, 1]", "[1, 2, 1]", True),
        ("[2, 2, 1]", "[1, 2, 1]", False),
        ("[[2, 1]]", "[[1, 2]]", False),
        ("array([[3, 4], [1, 2]])", "[(1, 2), (3, 4)]", True),
        ("[('b', 0.2000000001), ('a', 0.1)]", "[('a', 0.1), ('b', 0.2)]", True),
        ("[(0.10000001, 'a'), (0.1, 'b')]", "[(0.1, 'a'), (0.10000001, 'b')]", True),
        ("[(1.0, 5.0), (1.0000001, 4.0)]", "[(1.0, 4.0), (1.0000001, 5.0)]", True),
        ("[(1.0, 5.0), (1.0, 5.0)]", "[(1.0, 4.0), (1.0, 5.0)]", False),
    ],
)
def test_the_order_of_the_outermost_list_may_be_free(
    got: str, expected: str, is_right: bool
) -> None:
    assert is_same(read_literal(got), read_literal(expected), NEAR_AND_FREE) == is_right


@pytest.mark.parametrize(
    ("columns", "is_right"),
    [((), True), (("n", "C"), True), (("c", "n"), False), (("n",), False)],
)
def test_names_of_columns_count_where_they_are_given(
    columns: tuple[str, ...], is_right: bool
) -> None:
    expected = read_literal("[('b', 1), ('a', 2)]")

    assert is_same(ROWS, expected, Rule(is_any_order=True, columns=columns)) == is_right
    assert not is_same(ROWS, expected, Rule(columns=columns))


def test_a_whole_number_of_unknown_value_is_nothing_expected() -> None:
    assert not is_same(HugeInteger(20_000), read_literal("1e300"), NEAR)


@given(VALUES, st.sampled_from(RULES))
def test_a_value_is_itself(value: Value, rule: Rule) -> None:
    assert is_same(value, value, rule)


@given(VALUES, VALUES, st.sampled_from((EXACT, FREE)))
def test_without_a_tolerance_it_does_not_matter_who_claims(
    one: Value, other: Value, rule: Rule
) -> None:
    assert is_same(one, other, rule) == is_same(other, one, rule)


@given(st.lists(REALS, max_size=30), st.randoms())
def test_numbers_in_another_order_are_found_again(numbers: list[Any], rng: Any) -> None:
    expected = Items("list", tuple(numbers))
    rng.shuffle(numbers)

    assert is_same(Items("list", tuple(numbers)), expected, NEAR_AND_FREE)


@given(JSON, VALUES, st.sampled_from(RULES))
def test_no_claim_breaks_the_comparison(claim: Any, expected: Value, rule: Rule) -> None:
    try:
        value = decoded(claim)
    except BadValueError:
        return
    assert is_same(value, expected, rule) in (True, False)


# Authors write values of at most 20,000 characters: some 7,000 numbers.
def _deep(count: int) -> Value:
    inner: Value = Items("list", tuple(range(count)))
    for _ in range(50):
        inner = Items("list", (inner,))
    return inner


HOSTILE: list[tuple[Value, Value]] = [
    (Items("list", (0,) * 199_999), Items("list", (1, 2, 3))),
    (Items("list", (0.5,) * 7_000), Items("list", (0.25,) * 7_000)),
    (
        Items("set", tuple(range(0, 7_000 * (2**61 - 1), 2**61 - 1))),
        Items("set", tuple(range(7_000))),
    ),
    (
        Items("list", tuple(i + 0.1 for i in range(5_000))),
        Items("list", tuple(i + 0.2 for i in range(5_000))),
    ),
    (
        Items("list", ((Items("tuple", (0.0, 1.0))),) * 3_000),
        Items("list", ((Items("tuple", (0.0, 2.0))),) * 3_000),
    ),
    (Items("set", (Items("set", (1.5,)),) * 3_000), Items("set", (Items("set", (2.5,)),) * 3_000)),
    (Pairs(tuple((i, 0.5) for i in range(7_000))), Pairs(tuple((i, 0.25) for i in range(7_000)))),
    (_deep(7_000), _deep(7_000)),
    (Array((7_000,), (0.5,) * 7_000), Items("list", (0.25,) * 7_000)),
    (Items("list", ("a" * 1_000_000,)), Items("list", ("a" * 999_999 + "b",))),
    (Items("list", (2**9_999,) * 400), Items("list", (0.5,) * 400)),
]


@pytest.mark.parametrize("place", range(len(HOSTILE)))
def test_whatever_was_claimed_it_is_compared_soon(place: int) -> None:
    got, expected = HOSTILE[place]

    start = perf_counter()
    for rule in (EXACT, NEAR_AND_FREE):
        is_same(got, expected, rule)
    assert perf_counter() - start < LONGEST_SECONDS
