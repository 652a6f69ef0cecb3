"""Which expressions are the same function."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from quizapp.domain.expressions import Range, are_equal, differ_by_a_constant, has_values
from quizapp.domain.expressions import read_range as range_of
from quizapp.domain.expressions.parser import read

REAL = {"x": "real"}
POSITIVE = {"x": "positive"}
TWO = {"x": "real", "y": "real"}

EQUAL = [
    ("2x exp(x^2)", "e^(x²)·x·2", REAL),
    ("(x^2-1)/(x-1)", "x+1", REAL),
    ("(x+1)^50", "(1+x)^25 (x+1)^25", REAL),
    ("x/(x y)", "1/y", TWO),
    ("0.5x", "x/2", REAL),
    ("sqrt(x^2)", "|x|", REAL),
    ("sqrt(x^2)", "x", POSITIVE),
    ("|x|", "x", POSITIVE),
    ("|x|", "-x", {"x": "negative"}),
    ("log(x^2)", "2 log|x|", REAL),
    ("log(x^2)", "2 log x", POSITIVE),
    ("sqrt(x)sqrt(y)", "sqrt(x y)", {"x": "positive", "y": "positive"}),
    ("x^x", "exp(x ln x)", POSITIVE),
    ("cbrt(x)", "x^(1/3)", POSITIVE),
    ("cbrt(x)^3", "x", REAL),
    ("sin(pi n)", "0", {"n": "integer"}),
    ("cos(pi n)", "(-1)^n", {"n": "integer"}),
    ("x^n/x", "x^(n-1)", {"x": "real", "n": "integer"}),
    ("sin^2 x + cos^2 x", "1", REAL),
    ("sin 2x", "2 sin x cos x", REAL),
    ("sin(x+y)", "sin x cos y + cos x sin y", TWO),
    ("tan x", "1/cot x", REAL),
    ("sec(x)^2 - tan(x)^2", "csc(x)^2 - cot(x)^2", REAL),
    ("arcsin x + arccos x", "pi/2", {"x": "-1 to 1"}),
    ("arcsin x", "arctan(x/sqrt(1-x^2))", REAL),
    ("arctan x + arctan(1/x)", "pi/2", POSITIVE),
    ("tanh x", "(e^x-e^-x)/(e^x+e^-x)", REAL),
    ("arsinh x", "ln(x+sqrt(x^2+1))", REAL),
    ("arcosh x", "ln(x+sqrt(x^2-1))", POSITIVE),
    ("artanh x", "1/2 ln((1+x)/(1-x))", REAL),
    ("sigmoid x", "1/(1+e^-x)", REAL),
    ("sigmoid(x)(1-sigmoid(x))", "e^x/(1+e^x)^2", REAL),
    ("relu(x)", "(x+|x|)/2", REAL),
    ("sign(x)|x|", "x", REAL),
    ("log2(8x)", "3 + ln(x)/ln(2)", REAL),
    ("log10(100x)", "2 + log10 x", REAL),
    ("sqrt(2)/2", "1/sqrt(2)", {}),
    ("sqrt(3+2sqrt(2))", "1+sqrt(2)", {}),
    ("sinh(1)", "(e-1/e)/2", {}),
    ("e^1000", "exp(500)^2", {}),
    ("-p ln p", "p ln(1/p)", {"p": "0 to 1"}),
    ("-p log2(p) - (1-p)log2(1-p)", "log2(1/p)p + log2(1/(1-p))(1-p)", {"p": "0 to 1"}),
    ("exp(-x^2/(2s^2))/(s sqrt(2pi))", "1/sqrt(2 pi s²)*e^(-(x/s)^2/2)", {**REAL, "s": "positive"}),
    ("exp(100x)", "exp(50x)^2", REAL),
    ("(2+sqrt(3))^n", "(2-sqrt(3))^(-n)", {"n": "integer"}),
]
DIFFERENT = [
    ("x", "x + 10^-12 x", REAL),
    ("x", "1.000000000001x", REAL),
    ("sin x", "sin(x) + 10^-100", REAL),
    ("(x+1)^50", "(1+x)^50 + 10^-300", REAL),
    ("10^-30 sin x", "10^-30 cos x", REAL),
    ("exp(-1000x)", "0", POSITIVE),
    ("exp(1000x)", "exp(1000x)+1", REAL),
    ("exp(x)", "1+x+x^2/2+x^3/6+x^4/24+x^5/120", REAL),
    ("exp(x/10^9)", "1+x/10^9+x^2/(2*10^18)+x^3/(6*10^27)", REAL),
    ("sin(x)", "x - x^3/6 + x^5/120", REAL),
    ("tanh(50x)", "sign(x)", REAL),
    ("sqrt(x^2+10^-20)", "|x|", REAL),
    ("|x|", "x", REAL),
    ("sqrt(x^2)", "x", REAL),
    ("sqrt(x)^2", "x", REAL),
    ("log(x^2)", "2 log x", REAL),
    ("ln|x|", "ln x", REAL),
    ("x^(1/3)", "cbrt x", REAL),
    ("(x^2)^(1/2)", "x", REAL),
    ("sqrt(x)sqrt(y)", "sqrt(x y)", TWO),
    ("sqrt(x-1)sqrt(x-2)", "sqrt((x-1)(x-2))", REAL),
    ("|x-3| + |x-3.01|", "|2x-6.01|", REAL),
    ("|x-3| + |x-3.0001|", "|2x-6.0001|", REAL),
    ("|x^2-4| + |x^2-4.01|", "|2x^2-8.01|", REAL),
    ("relu(x) + relu(x-0.01)", "relu(2x-0.01)", REAL),
    ("|x-5000|", "5000-x", REAL),
    ("sin(pi x)", "0", REAL),
    ("cos(pi x)", "(-1)^x", REAL),
    ("cos(2pi n)", "(-1)^n", {"n": "integer"}),
    ("arcsin(sin x)", "x", REAL),
    ("arctan(tan x)", "x", REAL),
    ("arctan x + arctan(1/x)", "pi/2", REAL),
    ("sin x", "sin(180x/pi)", REAL),
    ("1/(x-x)", "1 + 1/(x-x)", REAL),
    ("ln(-1-x^2)", "ln(-2-x^2)", REAL),
    ("x", "y", TWO),
    ("0.333x", "x/3", REAL),
    ("2^(1/3)", "1.2599210498948731647672106072782283505702514", {}),
    ("exp(pi sqrt(163))", "640320^3 + 744", {}),
    ("pi", "355/113", {}),
    ("9**9**9", "9**9**9 + 1", {}),
    ("9**9**9**9", "9**9**9**9 + 1", {}),
]


def ranges(texts: Mapping[str, str]) -> dict[str, Range]:
    return {name: range_of(text) for name, text in texts.items()}


@pytest.mark.parametrize(("left", "right", "variables"), EQUAL)
def test_the_same_function_is_recognised(left: str, right: str, variables: dict[str, str]) -> None:
    one, other = read(left, variables), read(right, variables)

    assert are_equal(one, other, ranges(variables))
    assert are_equal(other, one, ranges(variables))


@pytest.mark.parametrize(("left", "right", "variables"), DIFFERENT)
def test_another_function_is_told_apart(left: str, right: str, variables: dict[str, str]) -> None:
    one, other = read(left, variables), read(right, variables)

    assert not are_equal(one, other, ranges(variables))
    assert not are_equal(other, one, ranges(variables))


@pytest.mark.parametrize(
    ("left", "right", "variables", "is_same"),
    [
        ("x^2/2 + C", "x²/2", REAL, True),
        ("x^2/2 + 7", "x²/2", REAL, True),
        ("x^2/2 + ln(C)", "x²/2", REAL, True),
        ("(x+1)^2/2", "x²/2 + x + c", REAL, True),
        ("ln(2x) + C", "ln x", POSITIVE, True),
        ("ln(C x)", "ln x", POSITIVE, True),
        ("-cos^2(x)", "sin^2(x)", REAL, True),
        ("x^2/2 + C x", "x²/2", REAL, False),
        ("2 ln x + C", "ln x", POSITIVE, False),
        ("x^2", "x²/2", REAL, False),
        ("C", "ln x", POSITIVE, False),
        ("ln(x) + sign(x-1)", "ln x", POSITIVE, False),
    ],
)
def test_antiderivatives_may_differ_by_a_constant(
    left: str, right: str, variables: dict[str, str], is_same: bool
) -> None:
    names = (*variables, "C")

    found = differ_by_a_constant(read(left, names), read(right, names), ranges(variables))

    assert found == is_same


@pytest.mark.parametrize("text", ["1/(x-x)", "ln(-1-x^2)", "exp(exp(10^9+x^2))", "9**9**9**9"])
def test_what_has_no_value_anywhere_is_noticed(text: str) -> None:
    assert not has_values(read(text, REAL), ranges(REAL))


# --- Ranges ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("real", Range()),
        ("positive", Range(low=Fraction("0"))),
        ("negative real", Range(high=Fraction("0"))),
        ("integer", Range(is_whole=True)),
        ("positive integer", Range(low=Fraction("0"), is_whole=True)),
        ("0 to 1", Range(Fraction("0"), Fraction("1"))),
        ("-1/2  to 0.5", Range(Fraction("-0.5"), Fraction("0.5"))),
        ("integer 1 to 6", Range(Fraction("0"), Fraction("7"), is_whole=True)),
    ],
)
def test_a_range_is_said_in_words(text: str, found: object) -> None:
    assert range_of(text) == found


@pytest.mark.parametrize("text", ["", "x", "1 to 0", "1 to", "a to b", "integer 0.1 to 0.2"])
def test_other_words_are_no_range(text: str) -> None:
    with pytest.raises(ValueError, match=r"no range|holds no"):
        range_of(text)
