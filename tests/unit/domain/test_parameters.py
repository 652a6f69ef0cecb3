"""Numbers that are drawn anew for each attempt."""

import json
import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from quizapp.domain.formulas import FormulaError, Value, restored, stored
from quizapp.domain.parameters import Parameters, draw

SEEDS = st.integers(0, 2**32)
FRACTIONS = st.fractions()
FLOATS = st.floats(allow_nan=False, allow_infinity=False).map(lambda value: value + 0.0)
NUMBERS = FRACTIONS | FLOATS
VECTORS = st.lists(NUMBERS, min_size=1, max_size=5).map(tuple)
MATRICES = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.tuples(*[NUMBERS] * width), min_size=1, max_size=3).map(tuple)
)
VALUES = st.dictionaries(
    st.from_regex(r"[a-z]{1,5}", fullmatch=True),
    NUMBERS | st.booleans() | st.text() | VECTORS | MATRICES,
    max_size=6,
)


def declared(parameters: Mapping[str, Any], *constraints: str) -> Parameters:
    return Parameters.model_validate({"parameters": parameters, "constraints": list(constraints)})


def drawn(parameters: Mapping[str, Any], *constraints: str, seed: int = 1) -> dict[str, Value]:
    return draw(declared(parameters, *constraints), random.Random(seed))


DICE = {"integers": {"from": 1, "to": 6}}
EVERYTHING: dict[str, Any] = {
    "a": {"integers": {"from": -9, "to": 9, "step": 3, "except": [0, 1]}},
    "p": {"reals": {"from": "0.05", "to": "0.95", "step": "0.05"}},
    "kind": {"choices": ["ReLU", "tanh"]},
    "k": {"choices": [1, "1/3", "[1, 2]"]},
    "b": {"formula": "a / (p - 0.5)"},
}


@given(SEEDS)
def test_draws_lie_in_range_on_the_step_and_meet_the_constraints(seed: int) -> None:
    values = drawn(EVERYTHING, "a != 3", "b > -1000", seed=seed)

    assert values["a"] in {-9, -6, -3, 6, 9}
    assert isinstance(values["p"], Fraction)
    assert Fraction(5, 100) <= values["p"] <= Fraction(95, 100)
    assert (values["p"] * 20).denominator == 1
    assert values["kind"] in {"ReLU", "tanh"}
    assert values["k"] in {1, Fraction(1, 3), (1, 2)}
    assert isinstance(values["a"], Fraction)
    assert values["b"] == values["a"] / (values["p"] - Fraction(1, 2))


@given(SEEDS)
def test_the_same_seed_draws_the_same(seed: int) -> None:
    assert drawn(EVERYTHING, "b > 1", seed=seed) == drawn(EVERYTHING, "b > 1", seed=seed)


def test_each_number_is_as_likely_as_the_others() -> None:
    rng = random.Random(1)
    parameters = declared({"a": {"integers": {"from": 1, "to": 6, "except": [2, 4, 9]}}})
    found = [draw(parameters, rng)["a"] for _ in range(4000)]

    assert set(found) == {1, 3, 5, 6}
    assert all(900 < found.count(number) < 1100 for number in (1, 3, 5, 6))  # 3.6 sigma


def test_a_draw_whose_formula_has_no_value_is_drawn_again() -> None:
    parameters = {"a": DICE, "b": DICE, "c": {"formula": "1 / (a - b)"}}

    assert all("c" in drawn(parameters, seed=seed) for seed in range(50))


def test_a_formula_may_give_a_matrix() -> None:
    values = drawn({"a": DICE, "m": {"formula": "inverse([[a, 0], [0, 1]])"}})

    assert isinstance(values["a"], Fraction)
    assert values["m"] == ((1 / values["a"], 0), (0, 1))


@pytest.mark.parametrize(
    ("parameters", "constraint", "sentence"),
    [
        ({"a": DICE}, "a > 6", "No values .* The constraints are met by none of them"),
        (
            {"a": DICE, "b": {"formula": "1 / (a - a)"}},
            "true",
            "`b` cannot be computed. Column 3: ",
        ),
        ({"a": DICE}, "a", "The constraint 'a' is neither true nor false"),
        ({"a": DICE}, "a > [1]", "The constraint 'a > .1.' cannot be checked. Column 1"),
        ({"a": DICE, "b": {"formula": "comb(4000, 1500 + a)"}}, "b == 0", "takes too long"),
    ],
)
def test_says_why_nothing_can_be_drawn(
    parameters: Mapping[str, Any], constraint: str, sentence: str
) -> None:
    with pytest.raises(FormulaError, match=sentence):
        drawn(parameters, constraint)


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"a": {}}, "Write one of `choices`"),
        ({"a": {"choices": [1], "formula": "2"}}, "Write one of `choices`"),
        ({"a": {"choices": []}}, "at least 1"),
        ({"a": {"choices": ["1/0"]}}, "divides by zero"),
        ({"a": {"formula": "1 +"}}, "Column 4: Expected a number"),
        ({"a": {"formula": "b"}, "b": {"formula": "1"}}, "`a` uses `b`, which is not declared"),
        ({"a": {"formula": "a"}}, "`a` uses `a`, which is not declared"),
        ({"sqrt": DICE}, "`sqrt` has a meaning in formulas"),
        ({"pi": DICE}, "`pi` has a meaning in formulas"),
        ({"_a": DICE}, "match pattern"),
        ({"a-b": DICE}, "match pattern"),
        ({"a": {"integers": {"from": 2, "to": 1}}}, "`to` is smaller than `from`"),
        ({"a": {"integers": {"from": 1, "to": 10**13}}}, "less than or equal"),
        ({"a": {"integers": {"from": 1, "to": 2, "step": 0}}}, "greater than or equal"),
        ({"a": {"integers": {"from": 1, "to": 2, "except": [1, 2, 3]}}}, "Nothing is left to draw"),
        ({"a": {"integers": {"start": 1, "to": 2}}}, "Field required"),
        ({"a": {"reals": {"from": 0, "to": 1, "step": 0}}}, "`step` must be more than 0"),
        ({"a": {"reals": {"from": 0, "to": 1, "step": "1e-30"}}}, "There must be 1 to"),
        ({"a": {"reals": {"from": 1, "to": 0, "step": 1}}}, "There must be 1 to"),
        ({"a": {"reals": {"from": "x", "to": 0, "step": 1}}}, "'x' is not a number"),
    ],
)
def test_refuses_what_cannot_be_drawn(parameters: Mapping[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        declared(parameters)


def test_a_constraint_uses_declared_names_only() -> None:
    with pytest.raises(ValidationError, match="'a != b' uses `b`, which is not declared"):
        declared({"a": DICE}, "a != b")


def test_what_was_declared_is_exported_as_it_was_written() -> None:
    exported = declared(EVERYTHING, "a != 3").model_dump(mode="json", exclude_defaults=True)

    assert exported["parameters"]["a"] == EVERYTHING["a"]
    assert exported["parameters"]["p"] == EVERYTHING["p"]
    assert Parameters.model_validate(exported) == declared(EVERYTHING, "a != 3")


# --- Storing --------------------------------------------------------------------------------------


@given(VALUES)
def test_values_come_back_exactly_as_they_were(values: dict[str, Value]) -> None:
    found = restored(json.loads(json.dumps(stored(values), allow_nan=False)))

    assert found == values
    assert repr(found) == repr(values)  # 1 == 1.0 == True


def test_a_fraction_is_stored_as_text_and_a_list_as_a_list() -> None:
    values: dict[str, Value] = {"a": Fraction(3, 7), "b": 0.5, "v": (Fraction(2), 0.5), "t": "3/7"}

    assert stored(values) == {"a": "3/7", "b": 0.5, "v": ["2", 0.5], "t": {"text": "3/7"}}


def test_a_whole_number_of_a_database_is_the_float_that_was_stored() -> None:
    assert restored({"a": 10**16}) == {"a": 1e16}
    assert isinstance(restored({"a": 10**16})["a"], float)


@pytest.mark.parametrize(
    "content",
    [
        None, "", "a", "1/0", "1/", "1.5", " 1", "1e5", "9" * 5000, {}, {"text": 1},
        {"text": "a", "b": 1},
        [], [[]], [None], ["1", ["2"]], [["1"], ["2", "3"]], [[["1"]]], [True], [{"text": "a"}],
        float("nan"), float("inf"), 10**400, ["1"] * 101,
    ],
    ids=range(24),
)  # fmt: skip
def test_what_was_never_stored_is_not_restored(content: Any) -> None:
    with pytest.raises(FormulaError):
        restored({"a": content})
