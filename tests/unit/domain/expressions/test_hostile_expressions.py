"""Whatever is typed, reading and comparing it ends soon."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.expressions import Notation, are_equal, read_range
from quizapp.domain.expressions.equivalence import _is_same
from quizapp.domain.expressions.parser import read
from quizapp.domain.formulas import FormulaError
from tests.unit.domain.spending import seconds

LONGEST_SECONDS = 0.05
RANGES = {"x": read_range("real"), "n": read_range("positive integer")}
NOTATION = Notation(tuple(RANGES.items()))
KEYS = ("x^2 exp(-x)", "sin(x)^n/(1+x^2)", "|x-3| + sqrt(x^2+n)", "(x+1)^n", "2")
WORDS = "( ) [ ] | + - * / ^ √ ² ⁻¹ x n 2 0.5 1/2 sin( ln exp( sqrt( abs( 9^ pi e , _".split()
HOSTILE = [
    "9**9**9",
    "9**9**9**9",
    "x^9^9^9",
    "(1+x)^999999999",
    "(1+x)^99999999999999999999",
    "(x^n)^(n^n)^n",
    "2^-9999999999",
    "(9^9)^(9^9)",
    "^".join("9" * 20),
    "^".join("x" * 20),
    "exp(" * 19 + "x" + ")" * 19,
    "sin(" * 19 + "x" + ")" * 19,
    "arcsin(" * 19 + "x" + ")" * 19,
    "tanh(" * 19 + "x" + ")" * 19,
    "sqrt(" * 19 + "x" + ")" * 19,
    "abs(" * 19 + "x" + ")" * 19,
    "|" * 300,
    "(" * 10_000,
    "x" * 10_000,
    "x" * 300,
    "-" * 300 + "x",
    "+".join(["x"] * 120),
    "+".join(["sin x"] * 35),
    "+".join(["x^x"] * 12),
    "+".join(["cbrt x"] * 10),
    "+".join(["arcosh x"] * 10),
    "+".join(["tan(9x)"] * 14),
    "+".join(["exp(99999x)"] * 20),
    "+".join(["x^0.5"] * 12),
    "+".join(["e^x"] * 60),
    "+".join(["arctan x"] * 27),
    "*".join(["x^x"] * 50),
    "+".join(["|x|"] * 60),
    "+".join(f"|x-{number}|" for number in range(36)),
    "+".join(f"|x^2-{number}|" for number in range(30)),
    "/".join(["x"] * 120),
    "9" * 300,
    "0." + "0" * 290 + "1",
    "9" * 140 + "^" + "9" * 140,
    "sin(" + "9" * 200 + "x)",
    "10^" + "9" * 200 + "x",
    "1/(x-x)",
    "ln(-1-x^2)",
    "sqrt(-1-x^2)",
    "0^0",
    "0^-x",
    "ln 0",
    "(-1)^x",
    "x^(1/999999999999)",
    "\x00" * 50,
    "²" * 300,
    "𝟐x",
    "x\u202e+1",
    "ｘ",
    "\ud800",
]


def compared(text: str) -> None:
    """``text`` as learners of all the questions send it."""
    _is_same.cache_clear()
    with contextlib.suppress(FormulaError):
        node = NOTATION.read(text)
        assert are_equal(node, read(KEYS[0], RANGES), RANGES) is False


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_compared_soon(text: str) -> None:
    assert seconds(lambda: compared(text)) < LONGEST_SECONDS


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_compared_with_itself_soon(text: str) -> None:
    def with_itself() -> None:
        _is_same.cache_clear()
        with contextlib.suppress(FormulaError):
            node = NOTATION.read(text)
            are_equal(node, NOTATION.read(f"{text}+0"), RANGES)

    assert seconds(with_itself) < LONGEST_SECONDS


@given(st.lists(st.sampled_from(WORDS), max_size=30).map("".join) | st.text(max_size=40))
def test_any_text_is_understood_or_not(text: str) -> None:
    understood = NOTATION.understood(text)

    assert bool(understood.fault) != bool(understood.tex)
    if understood.tex:
        are_equal(NOTATION.read(text), read(KEYS[1], RANGES), RANGES)
