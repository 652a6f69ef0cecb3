"""Numbers as people write them."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.numbers import MAXIMUM_LENGTH, read_number, round_to_figures, show_number

READINGS = Path(__file__).parents[2] / "fixtures" / "numbers" / "readings.json"
"""What is written, and how it is shown when read; the browser's reader has the same cases."""
INTEGERS = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", "1/2"), (".5", "1/2"), ("5.", "5"), ("0,5", "1/2"), (" 1 / 2 ", "1/2"),
        ("50 %", "1/2"), ("50%", "1/2"), ("1/50 %", "1/5000"), ("007", "7"), ("+3", "3"),
        ("-3", "-3"), ("- 3", "-3"), ("\u22123", "-3"), ("\u20133", "-3"), ("-1/2", "-1/2"),
        ("1 1/2", "3/2"), ("-1 1/2", "-3/2"), ("2 3 / 4", "11/4"),
        ("5e-1", "1/2"), ("5E2", "500"), ("5 x 10^-1", "1/2"), ("5·10^2", "500"),
        ("5 × 10^(2)", "500"), ("5*10**2", "500"), ("1,5e3", "1500"),
        ("1 000", "1000"), ("1,000", "1000"), ("1\u202f000\u202f000", "1000000"), ("1'000", "1000"),
        ("1_000", "1000"), ("1,000,000.5", "2000001/2"), ("1 000,5", "2001/2"), ("1,0000", "1"),
        ("0,125", "1/8"), ("-0,125", "-1/8"), ("1000,125", "8001/8"), ("0.125 000", "1/8"),
        ("1 000/3", "1000/3"), ("٣", "3"),
    ],
)  # fmt: skip
def test_reads(text: str, value: str) -> None:
    assert read_number(text) == Fraction(value)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "many", "½", "1/0", "1/", "/2", "1/2/3", "--1", "1e", "e5", "1e1000", "1.2.3",
        "1,2,3", "3 4", "12 .5", "2*100", "3x1000", "0x10", "nan", "inf", "1 1/0", "%", "5 ms",
        "1" * (MAXIMUM_LENGTH + 1),
    ],
)  # fmt: skip
def test_does_not_read(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(3), "3"), (Fraction(-999_999_999), "-999999999"), (Fraction(1, 8), "0.125"),
        (Fraction(2, 3), "0.666667"), (Fraction(1, 10**5), "0.00001"),
        (Fraction(249_999, 2), "125000"),
        (Fraction(15, 10**9), "1.5e-8"), (Fraction(15 * 10**8), "1.5e+9"),
        (Fraction(10**999), "1e+999"), (Fraction(-1, 10**1998), "-1e-1998"),
    ],
)  # fmt: skip
def test_shows(value: Fraction, text: str) -> None:
    assert show_number(value) == text


@pytest.mark.parametrize(("text", "shown"), json.loads(READINGS.read_text("utf-8")))
def test_reads_and_shows_as_the_browser_does(text: str, shown: str | None) -> None:
    value = read_number(text)

    assert (None if value is None else show_number(value)) == shown


@pytest.mark.parametrize(
    ("value", "figures", "rounded"),
    [
        ("0.12349", 2, "0.12"), ("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("0.115", 2, "0.12"),
        ("9.96", 2, "10"), ("123456", 3, "123000"), ("2/3", 4, "0.6667"), ("0", 3, "0"),
    ],
)  # fmt: skip
def test_rounds_to_significant_figures(value: str, figures: int, rounded: str) -> None:
    assert round_to_figures(Fraction(value), figures) == Fraction(rounded)


@given(st.fractions(), st.integers(1, 15))
def test_rounding_twice_changes_nothing(value: Fraction, figures: int) -> None:
    once = round_to_figures(value, figures)

    assert round_to_figures(once, figures) == once


@given(st.integers(-999_999, 999_999), st.integers(-990, 990))
def test_a_number_of_six_digits_is_read_from_what_shows_it(digits: int, exponent: int) -> None:
    value = Fraction(digits) * Fraction(10) ** exponent

    assert read_number(show_number(value)) == value


@given(st.fractions(max_denominator=10**9))
def test_showing_what_was_read_from_a_shown_number_changes_nothing(value: Fraction) -> None:
    shown = show_number(value)

    assert show_number(read_number(shown) or Fraction(0)) == shown


@given(INTEGERS, st.integers(-9, 9))
def test_a_decimal_is_read_exactly_in_every_way_of_writing_it(digits: int, exponent: int) -> None:
    value = Fraction(digits) * Fraction(10) ** exponent
    decimal = Decimal(digits).scaleb(exponent)

    for text in (f"{decimal:f}", f"{decimal:e}", f"{digits}e{exponent}", f"{digits}*10^{exponent}"):
        assert read_number(text) == value


@given(INTEGERS)
def test_groups_of_three_digits_are_read_in_every_way_of_writing_them(number: int) -> None:
    for separator in (",", "_"):
        assert read_number(f"{number:{separator}}") == number
    assert read_number(f"{number:,}".replace(",", "\u00a0")) == number


@given(st.fractions(max_denominator=10**6))
def test_a_shown_number_is_read_as_the_same_to_six_digits(value: Fraction) -> None:
    read = read_number(show_number(value))

    assert read is not None
    assert abs(read - value) <= abs(value) / 10**5


@given(st.text("0123456789.,/%-+eE xX*^() '_٣½\x00", max_size=12))
def test_whatever_is_read_can_be_shown(text: str) -> None:
    value = read_number(text)

    assert value is None or show_number(value)
