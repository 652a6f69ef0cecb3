"""Whatever is written as a formula, it ends soon, in a value or in a sentence."""

import contextlib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.formulas import FormulaError, Value, fill, read_formula
from quizapp.domain.formulas.tokens import MAXIMUM_LENGTH
from tests.unit.domain.spending import seconds

LONGEST_SECONDS = 0.05
LONG = Fraction(3**2500, 2**3900 + 1)
WORDS = "( ) [ ] , + - * / ^ == < and or not if( det( inverse( x v m 2 0 long comb( sd(".split()
VALUES: Mapping[str, Value] = {
    "x": Fraction(3, 7),
    "f": 1e300,
    "tiny": 5e-324,
    "t": "a text",
    "long": LONG,
    "v": (LONG,) * 100,
    "m": tuple(
        tuple(Fraction(row * column % 7 + (row == column)) for column in range(10))
        for row in range(10)
    ),
    "long_m": tuple(tuple(LONG + (row + 1) ** column for column in range(10)) for row in range(10)),
    "float_m": tuple(tuple(1.0 / (row + column + 1) for column in range(10)) for row in range(10)),
}

FOLDER = Path(__file__).parents[3] / "fixtures" / "formulas"
"""One formula a line, by what it tries."""


def listed(name: str) -> list[str]:
    return (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()


PYTHON = [*listed("python"), "\\x41", "\\", "1\x002", "\x00", "\x7f", "1\r2"]
UNICODE = [*listed("unicode"), "1\u00a0+1", "1\u200b", "\u202e1+2", "\ufeff1", "\ud800", "1\u20281"]
LONG_ONES = [
    "[" * 200,
    "[" * 20 + "1" + "]" * 20,
    "[" * 200 + "1" + "]" * 200,
    "[" + ",".join("1" * 200) + "]",
    "[" + ",".join(["long"] * 80) + "]",
    "+".join(["det(m)"] * 60),
    "+".join(["inverse(m)"] * 40),
    "+".join(["det(long_m)"] * 40),
    "+".join(["dot(v,v)"] * 50),
    "+".join(["sd(v)"] * 80),
    "+".join(["norm(v)"] * 60),
    "*".join(["long"] * 90),
    "+".join(["long/x"] * 70),
    "+".join(["comb(5000,2400)"] * 30),
    "+".join(["factorial(500)"] * 30),
    "+".join(["matmul(m,m)"] * 40),
    "+".join(["softmax(v)"] * 45),
    " and ".join(["v==v"] * 50),
    " and ".join(["m!=m+m"] * 40),
    "+".join(["max(v)"] * 60),
    "+".join(["median(v)"] * 40),
    "+".join(["binomial_cdf(1999,4000,.5)"] * 18),
    "",
    " ",
    "\n",
    "(" * 10_000,
    "(" * 5_000 + "1" + ")" * 5_000,
    "(" * 240 + "1" + ")" * 240,
    "-" * 499 + "1",
    "+" * 499 + "1",
    "not " * 120 + "true",
    "2^" * 240 + "2",
    "1+" * 249 + "1",
    "1*" * 249 + "1",
    "1<" * 249 + "1",
    "true or " * 60 + "true",
    "1" * 500,
    "1" * 501,
    "x" * 500,
    "1/" + "9" * 498,
    "." * 500,
    "1 < ",
    "if(" * 100,
    "sqrt(" * 90,
    "max(" * 120 + "1" + ")" * 120,
    "a" * 10**6,
    "(" * 10**6,
    "1+" * 10**6,
    "\t" * 499 + "1",
    "-" * 24 + "(-1)",
]
OTHERS = [
    formula
    for name in ("powers", "counting", "domains", "lists", "syntax")
    for formula in listed(name)
]
HOSTILE = [*PYTHON, *UNICODE, *OTHERS, *LONG_ONES]


def outcome(text: str) -> Value | FormulaError:
    try:
        return read_formula(text).evaluate(VALUES)
    except FormulaError as error:
        return error


def filled(text: str) -> object:
    """``text`` twice among others with its value; None when it is refused."""
    with contextlib.suppress(FormulaError):
        return fill(f"$x_1$ {{{{{text}}}}} and {{{{ {text} | tex }}}}", VALUES)
    return None


def test_there_are_hundreds_of_hostile_formulas() -> None:
    assert len(set(HOSTILE)) > 400


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_formula_ends_soon(text: str) -> None:
    assert seconds(lambda: outcome(text)) < LONGEST_SECONDS


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_formula_ends_in_a_value_or_a_sentence_with_a_column(text: str) -> None:
    found = outcome(text)

    if isinstance(found, FormulaError):
        assert found.column is not None
        assert 1 <= found.column <= MAXIMUM_LENGTH + 1
        assert found.sentence.endswith(".")
        assert len(str(found)) < 200


@pytest.mark.parametrize("text", [text for text in PYTHON if text not in ("x", "id")])
def test_python_is_not_understood(text: str) -> None:
    assert isinstance(outcome(text), FormulaError)


@pytest.mark.parametrize("text", UNICODE)
def test_other_alphabets_and_digits_are_not_understood(text: str) -> None:
    assert isinstance(outcome(text), FormulaError)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_formula_in_a_text_is_filled_or_refused_soon(text: str) -> None:
    assert seconds(lambda: filled(text)) < 4 * LONGEST_SECONDS


@given(st.text("0123456789.eE+-*/^()[],<>=! xvmtfand\n", max_size=60))
def test_no_mixture_of_symbols_raises_anything_else(text: str) -> None:
    outcome(text)


@given(st.lists(st.sampled_from(WORDS)))
def test_no_mixture_of_words_raises_anything_else(words: list[str]) -> None:
    outcome(" ".join(words))
