"""Values as authors write them are read, and all else is refused with a sentence."""

import math

import pytest
from hypothesis import given

from quizapp.domain.programs.comparison import Rule, is_same
from quizapp.domain.programs.literals import LiteralError, read_literal
from quizapp.domain.programs.showing import shown
from quizapp.domain.programs.values import Array, Items, Pairs, Value
from tests.unit.domain.programs.values import VALUES


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        (" -2.5e-3 ", -0.0025),
        ("+1", 1),
        ("1_000", 1000),
        ("None", None),
        ("True", True),
        ("'it''s'", "its"),
        ("b'\\x00'", b"\x00"),
        ("1 - 2j", 1 - 2j),
        ("-3j", -3j),
        ("-inf", -math.inf),
        ("[1, (2,)]", Items("list", (1, Items("tuple", (2,))))),
        ("{1, 1.0, 2}", Items("set", (1.0, 2))),
        ("set()", Items("set", ())),
        ("{'a': [None]}", Pairs((("a", Items("list", (None,))),))),
        ("array([[1, 2.5], [3, inf]])", Array((2, 2), (1, 2.5, 3, math.inf))),
        ("array([True])", Array((1,), (True,))),
        ("array([])", Array((0,), ())),
        ("[array([1]),\n  array(2)]", Items("list", (Array((1,), (1,)), Array((), (2,))))),
    ],
)
def test_a_literal_is_read(text: str, value: Value) -> None:
    assert read_literal(text) == value


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("abc", "Text stands between quotes"),
        ("f(1)", "is not a value written out"),
        ("array([1], dtype=int)", "is not a value written out"),
        ("set([1])", "is not a value written out"),
        ("1 + 1", "is not a value written out"),
        ("-True", "is not a value written out"),
        ("-'a'", "is not a value written out"),
        ("...", "is not a value written out"),
        ("{**{}}", "is not a value written out"),
        ("[*'ab']", "is not a value written out"),
        ("f'{1}'", "is not a value written out"),
        ("[1", "never closed (line 1)"),
        ("", "no Python value"),
        ("1 = 2", "no Python value"),
        ("array([1, [2]])", "rows of one length"),
        ("array([[1], [2, 3]])", "of the same length"),
        ("array(['a'])", "An array holds numbers"),
        ("{[1]}", "no member of a set"),
        ("{([],): 1}", "no key"),
        ("{1: 2, 1.0: 3}", "stands here twice"),
        ("0x1" + "0" * 2_500, "fewer than 10,000 bits"),
        ("[" * 70 + "]" * 70, "60 deep"),
        ("f" + "()" * 1_000, "no"),
        ("-" * 5_000 + "1", "nested"),
        ("1" + "+1j" * 5_000, ""),
        ("\x00", "NUL"),
    ],
)
def test_what_is_no_literal_is_refused_with_a_sentence(text: str, part: str) -> None:
    with pytest.raises(LiteralError) as refused:
        read_literal(text)

    assert part in str(refused.value)
    assert len(str(refused.value)) < 300


@given(VALUES)
def test_what_is_shown_is_read_as_the_same(value: Value) -> None:
    assert is_same(read_literal(shown(value, 100_000)), value, Rule())
