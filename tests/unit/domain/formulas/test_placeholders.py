"""Values in an author's text."""

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.formulas import FormulaError, Value, fill, placeholders

VALUES: dict[str, Value] = {
    "a": Fraction(3),
    "b": Fraction(-1, 3),
    "p": Fraction(1, 8),
    "r": 0.1 + 0.2,
    "big": Fraction(2) ** 64,
    "huge": Fraction(10) ** 40,
    "tiny": 1.5e-8,
    "ok": True,
    "name": "ReLU",
    "v": (Fraction(1), Fraction(1, 2)),
    "m": ((Fraction(1), Fraction(-1, 3)), (Fraction(0), 0.25)),
}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a", "3"), (" a ", "3"), ("a + 1", "4"), ("b", "-0.333333"), ("p", "0.125"), ("r", "0.3"),
        ("big", "18446744073709551616"), ("huge", "1 × 10⁴⁰"), ("huge | tex", r"1 \times 10^{40}"),
        ("tiny", "1.5 × 10⁻⁸"), ("tiny | tex", r"1.5 \times 10^{-8}"), ("10*tiny", "0.00000015"),
        ("1e-7*a", "0.0000003"), ("1234567.891 + 0*a", "1234567.891"),
        ("sqrt(2)*10^9", "1414213562"),
        ("sqrt(2)", "1.41421"), ("0*a + 2.0", "2"), ("10^14/a", "33333333333333"), ("-a", "-3"),
        ("ok", "true"), ("ok | tex", r"\text{true}"), ("a > 5", "false"), ("name", "ReLU"),
        ("v", "[1, 0.5]"), ("m", "[[1, -0.333333], [0, 0.25]]"), ("p | .2f", "0.13"),
        ("-p | .2f", "-0.13"), ("-p/99 | .2f", "0.00"), ("a | .2f", "3.00"), ("p | .0f", "0"),
        ("b | .3g", "-0.333"), ("1234567*a | .3g", "3700000"), ("a | .3g", "3"), ("a | .0g", "3"),
        ("p | %", "12.5%"), ("p | .0%", "13%"), ("p|.2%", "12.50%"), ("p | tex %", r"12.5\%"),
        ("b | fraction", "-1/3"), ("a | fraction", "3"), ("b | tex fraction", r"-\frac{1}{3}"),
        ("r | fraction", "3/10"), ("b | tex", r"-\frac{1}{3}"), ("p | tex", "0.125"),
        ("b/1001 | tex", "-0.000333"), ("v | tex", r"\begin{pmatrix} 1 \\ 0.5 \end{pmatrix}"),
        ("m | tex", r"\begin{pmatrix} 1 & -\frac{1}{3} \\ 0 & 0.25 \end{pmatrix}"),
        ("m | tex .1f", r"\begin{pmatrix} 1.0 & -0.3 \\ 0.0 & 0.3 \end{pmatrix}"),
        ("m | .1f", "[[1.0, -0.3], [0.0, 0.3]]"),
    ],
)  # fmt: skip
def test_shows(written: str, shown: str) -> None:
    assert fill(f"It is {{{{{written}}}}}.", VALUES) == f"It is {shown}."


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        (r"$\frac{{a}}{b}$", r"$\frac{3}{b}$"), (r"$\frac{{a}}{{p}}$", r"$\frac{3}{0.125}$"),
        (r"$\frac{{{a}}}{{{p}}}$", r"$\frac{3}{0.125}$"), ("$x^{{a}}$", "$x^{3}$"),
        ("$w_{{a}}$ and {{a}}", "$w_{3}$ and 3"), ("$x^{{{a}}}$", "$x^{3}$"),
        ("$${{a}}x$$", "$$3x$$"),
        ("$${{a}}$$ x_{{a}}", "$$3$$ x_3"), ("`x_{{a}}`", "`x_3`"), ("{{a}}{{a}}", "33"),
        (r"\$5 and ${{a}}$", r"\$5 and $3$"), ("${{a}}{{a}}$", "$3{3}$"),
        ("$x\n\n_{{a}}", "$x\n\n_3"),
    ],
)  # fmt: skip
def test_keeps_braces_where_latex_needs_them(text: str, filled: str) -> None:
    assert fill(text, VALUES) == filled


@pytest.mark.parametrize(
    "text",
    [
        "", "{a}", "{ {a} }", "${{x}^2}$", r"${{\bf x}}$", "$10^{{-3}}$", r"$\sqrt{{2}}$", "{{",
        "}}",
        "{{}}", "{{ }}", "{{\na}}", "}}a{{", r"\{\{a\}\}", "$x_{i_{j}}$",
    ],
)  # fmt: skip
def test_leaves_latex_as_it_is(text: str) -> None:
    assert fill(text, VALUES) == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{zz}}", "Line 1, column 3: There is no parameter `zz`."),
        ("one\ntwo {{ a + }}",
         "Line 2, column 12: Expected a number, a name or a bracket, but the formula ends."),
        ("{{a}} {{a/(a-a)}}", "Line 1, column 10: This divides by zero."),
        ("{{name | .2f}}", "Line 1, column 3: A text is shown as it is. Delete the format."),
    ],
)  # fmt: skip
def test_says_where_in_the_text_it_is_wrong(text: str, sentence: str) -> None:
    with pytest.raises(FormulaError) as caught:
        fill(text, VALUES)

    assert str(caught.value) == sentence


@pytest.mark.parametrize("style", [".2q", "2f", ".f", ".16f", ".99%", "latex", "x", "%%", "| %"])
def test_knows_no_other_format(style: str) -> None:
    with pytest.raises(FormulaError, match=r"is no format\. There are: "):
        fill(f"{{{{a | {style}}}}}", VALUES)


def test_lists_what_a_text_uses() -> None:
    first, second = placeholders("{{ a }} and\n $x^{{ b * c | .2f }}$, {{2}}")

    assert first.names == frozenset("a")
    assert second.names == frozenset("bc")
    assert (second.line, second.column) == (2, 7)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_never_ugly(value: float) -> None:
    shown = fill("{{x}}", {"x": value})

    assert "e" not in shown.lower()
    assert len(shown) < 25
    mantissa, _, exponent = shown.replace(" × 10", "e").partition("e")
    plain = exponent.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or "0"
    assert float(f"{mantissa}e{plain}") == pytest.approx(value, rel=1e-5, abs=1e-300)


@given(st.fractions(), st.integers(0, 15))
def test_decimals_are_as_near_as_their_places_allow(value: Fraction, places: int) -> None:
    shown = Fraction(fill(f"{{{{x | .{places}f}}}}", {"x": value}))

    assert abs(shown - value) <= Fraction(1, 2) / 10**places


@given(st.text("{}ab+ |\n$^_\\.%f", max_size=40))
def test_no_text_raises_anything_else(text: str) -> None:
    with contextlib.suppress(FormulaError):
        fill(text, VALUES)
