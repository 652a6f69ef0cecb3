"""Values as a guest says them: by their exact type."""

from collections import Counter, OrderedDict, deque, namedtuple
from enum import Enum
from typing import Any

import pytest

from quizapp.runner.inside.encoding import MOST_NODES, BadResultError, encode

Point = namedtuple("Point", "x y")


@pytest.mark.parametrize("value", [None, True, False, 0, -7, 1.5, "text", [], [1, [2.0, "x"]]])
def test_what_json_can_hold_is_itself(value: Any) -> None:
    assert encode(value) == value
    assert type(encode(value)) is type(value)


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        ((1, 2), {"$": "tuple", "v": [1, 2]}),
        (Point(1, 2), {"$": "tuple", "v": [1, 2]}),
        ({1}, {"$": "set", "v": [1]}),
        (frozenset({1}), {"$": "set", "v": [1]}),
        ({1: "a"}, {"$": "dict", "v": [[1, "a"]]}),
        (OrderedDict(a=1), {"$": "dict", "v": [["a", 1]]}),
        (Counter("a"), {"$": "dict", "v": [["a", 1]]}),
        (deque([1, 2]), [1, 2]),
        (b"\x01\xff", {"$": "bytes", "v": "01ff"}),
        (1 + 2j, {"$": "complex", "v": [1.0, 2.0]}),
        (float("nan"), {"$": "f", "v": "nan"}),
        (float("-inf"), {"$": "f", "v": "-inf"}),
        (1 << 12_000, {"$": "bigint", "bits": 12_001}),
    ],
)
def test_what_json_cannot_hold_names_its_type(value: Any, encoded: Any) -> None:
    assert encode(value) == encoded


class Liar(int):
    """Equal to everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


class Colour(Enum):
    RED = 1


@pytest.mark.parametrize("value", [Liar(), object(), Colour.RED, encode, range(3), iter([])])
def test_what_has_no_form_is_refused(value: Any) -> None:
    with pytest.raises(BadResultError, match="cannot be compared"):
        encode(value)


def test_a_list_that_holds_itself_is_refused() -> None:
    value: list[Any] = []
    value.append(value)

    with pytest.raises(BadResultError, match="too large or too deeply nested"):
        encode(value)


def test_more_than_can_be_compared_is_refused() -> None:
    with pytest.raises(BadResultError, match="too large"):
        encode([0] * MOST_NODES)
