"""What formulas are worth."""

import math
import statistics
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizapp.domain.formulas import FormulaError, Value, read_formula

TREES = st.recursive(
    st.fractions(-50, 50, max_denominator=20).map(lambda value: (f"({value})", value)),
    lambda inner: st.tuples(st.sampled_from("+-*/"), inner, inner).map(lambda each: joined(*each)),
    max_leaves=12,
)
LISTS = st.lists(st.fractions(-100, 100, max_denominator=12), min_size=2, max_size=8)


def value(text: str, **values: Value) -> Value:
    return read_formula(text).evaluate(values)


def number(text: str, **values: Value) -> float:
    found = value(text, **values)
    assert isinstance(found, Fraction | float)
    return float(found)


def joined(
    symbol: str, left: tuple[str, Fraction | None], right: tuple[str, Fraction | None]
) -> tuple[str, Fraction | None]:
    """The text of an operation, and what Python's fractions make of it: None is no number."""
    operations: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
        "+": Fraction.__add__, "-": Fraction.__sub__, "*": Fraction.__mul__,
        "/": Fraction.__truediv__,
    }  # fmt: skip
    text = f"({left[0]} {symbol} {right[0]})"
    if left[1] is None or right[1] is None or (symbol == "/" and not right[1]):
        return text, None
    return text, operations[symbol](left[1], right[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/3 + 0.5", "5/6"), ("0.1 + 0.2", "3/10"), ("1.5e-3", "3/2000"), (".5", "1/2"),
        ("2.", "2"),
        ("7 - 2 - 1", "4"), ("8/4/2", "1"), ("2 + 3*4", "14"), ("(2 + 3)*4", "20"), ("-2^2", "-4"),
        ("(-2)^2", "4"), ("2^3^2", "512"), ("2**3**2", "512"), ("2^-1", "1/2"), ("2*-3", "-6"),
        ("--3", "3"), ("+3", "3"), ("0^0", "1"), ("9^(1/2)", "3"), ("sqrt(4/9)", "2/3"),
        ("abs(-1/2)", "1/2"),
        ("floor(-1/2)", "-1"), ("ceil(-1/2)", "0"), ("round(2.5)", "3"), ("round(-2.5)", "-3"),
        ("round(2.675, 2)", "67/25"), ("round(1234, -2)", "1200"), ("round(sqrt(2), 3)", "707/500"),
        ("log2(1/8)", "-3"), ("gcd(12, 18)", "6"), ("lcm(4, 6)", "12"), ("mod(-1, 3)", "2"),
        ("mod(7/2, 1)", "1/2"),
        ("factorial(5)", "120"), ("factorial(0)", "1"), ("comb(5, 2)", "10"), ("comb(2, 5)", "0"),
        ("perm(5, 2)", "20"),
        ("min(3, 1/2, 2)", "1/2"), ("max([3, 1])", "3"), ("sum(1, 2, 3)", "6"),
        ("mean([1, 2])", "3/2"),
        ("median(3, 1, 2)", "2"), ("median([4, 1, 2, 3])", "5/2"), ("var(1, 3)", "1"),
        ("svar(1, 3)", "2"),
        ("sd([1, 3])", "1"), ("ssd([0, 4, 8])", "4"), ("dot([1, 2], [3, 4])", "11"),
        ("norm([3, 4])", "5"),
        ("trace([[1, 2], [3, 4]])", "5"), ("det([[1, 2], [3, 4]])", "-2"),
        ("det([[0, 1], [1, 0]])", "-1"),
        ("det([[1, 2], [2, 4]])", "0"), ("binomial_pmf(2, 4, 1/2)", "3/8"),
        ("binomial_pmf(0, 5, 0)", "1"),
        ("binomial_pmf(5, 5, 1)", "1"), ("binomial_pmf(6, 5, 1/2)", "0"),
        ("binomial_cdf(1, 2, 1/3)", "8/9"),
        ("binomial_cdf(-1, 2, 1/3)", "0"), ("binomial_cdf(2, 2, 1/3)", "1"),
        ("binomial_cdf(1, 2, 1)", "0"),
        ("geometric_pmf(3, 1/2)", "1/8"), ("geometric_pmf(0, 1/2)", "0"),
        ("if(1 < 2, 5, 1/0)", "5"),
        ("if(1 > 2 or not true, 1/0, 6)", "6"),
    ],
)  # fmt: skip
def test_is_exact(text: str, expected: str) -> None:
    assert value(text) == Fraction(expected)
    assert isinstance(value(text), Fraction)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 < 2 < 3", True), ("1 < 3 < 2", False), ("3 > 2 >= 2", True), ("1 <= 1", True),
        ("1 < 1", False),
        ("1 == 1.0", True), ("sqrt(2)^2 == 2", True), ("sqrt(2)^2 <= 2", True),
        ("sqrt(2)^2 < 2", False),
        ("1 != 2 and 2 != 3", True), ("not 1 == 1", False), ("false or true", True),
        ("true and false", False),
        ("false and 1/0 == 1", False), ("true or 1/0 == 1", True),
        ("false and false or true", True),
        ("[1, 2] == [1, 2]", True), ("[1, 2] == [1, 3]", False), ("[1] == [1, 2]", False),
        ("[1] == 1", False),
        ("[[1], [2]] == transpose([[1, 2]])", True), ("[[1], [2]] != [[1], [3]]", True),
        ("true == 1", False),
        ("t == t", True), ("t == u", False), ("t == 1", False),
    ],
)  # fmt: skip
def test_is_true_or_false(text: str, expected: bool) -> None:
    assert value(text, t="relu", u="tanh") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1, 2] + [3, 4]", "[4, 6]"), ("[3, 4] - [1, 2]", "[2, 2]"), ("2*[1, 2]", "[2, 4]"),
        ("[1, 2]/2", "[1/2, 1]"),
        ("-[1, 2]", "[-1, -2]"), ("[[1, 2], [3, 4]]*2", "[[2, 4], [6, 8]]"),
        ("[[1]] + [[2]]", "[[3]]"),
        ("-[[1, 2]]", "[[-1, -2]]"), ("transpose([[1, 2, 3]])", "[[1], [2], [3]]"),
        ("matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]])", "[[19, 22], [43, 50]]"),
        ("matmul([[1, 2], [3, 4]], [5, 6])", "[17, 39]"),
        ("inverse([[1, 2], [3, 4]])", "[[-2, 1], [3/2, -1/2]]"),
        ("solve([[2, 1], [1, 3]], [1, 2])", "[1/5, 3/5]"),
        ("solve([[0, 1], [1, 0]], [2, 3])", "[3, 2]"),
    ],
)  # fmt: skip
def test_computes_with_lists(text: str, expected: str) -> None:
    assert value(text) == value(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pi", math.pi), ("sqrt(2)", math.sqrt(2)), ("exp(1)", math.e), ("ln(10)", math.log(10)),
        ("log(10)", math.log(10)),
        ("log(1000, 10)", 3), ("log(8, 2)", 3), ("log(9, 3)", 2), ("log2(10)", math.log2(10)),
        ("sin(pi/6)", 0.5),
        ("cos(0)", 1), ("tan(pi/4)", 1), ("2^0.1", 2**0.1), ("0.999^100000", 0.999**100_000),
        ("1.5^1.5", 1.5**1.5),
        ("sigmoid(0)", 0.5), ("sigmoid(2)", 1 / (1 + math.exp(-2))),
        ("sigmoid(-2)", 1 / (1 + math.exp(2))),
        ("sum(softmax([1, 2, 3]))", 1), ("max(softmax([0, ln(3)]))", 0.75),
        ("entropy([1/2, 1/2], 2)", 1),
        ("entropy([1, 0])", 0), ("entropy([1/4, 1/4, 1/2], 2)", 1.5),
        ("entropy([1/2, 1/2])", math.log(2)),
        ("norm([1, 1])", math.sqrt(2)), ("det([[sqrt(2), 2], [1, sqrt(2)]])", 0),
        ("poisson_pmf(-1, 3)", 0),
        ("poisson_pmf(2, 3)", 4.5 * math.exp(-3)), ("normal_pdf(0)", 1 / math.sqrt(2 * math.pi)),
        ("normal_pdf(1, 2, 3)", statistics.NormalDist(2, 3).pdf(1)),
        ("normal_cdf(1, 2, 3)", statistics.NormalDist(2, 3).cdf(1)),
        ("normal_quantile(0.3, 2, 3)", statistics.NormalDist(2, 3).inv_cdf(0.3)),
    ],
)  # fmt: skip
def test_is_near(text: str, expected: float) -> None:
    assert number(text) == pytest.approx(expected, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("(1+2", "Column 5: Expected `)`, but the formula ends."),
        ("2x", "Column 2: Expected an operator such as * or the end, but here is `x`."),
        ("2 + 1/(x-x)", "Column 6: This divides by zero."),
        ("1 = 2", "Column 3: `=` has no meaning in a formula. Write == to compare."),
        ("1 + y", "Column 5: There is no parameter `y`."),
        ("1 + root(2)", "Column 5: There is no function `root`."),
        ("sqrt(1, 2)", "Column 1: `sqrt` takes 1 argument, and has 2."),
        ("log(1, 2, 3)", "Column 1: `log` takes 1 to 2 arguments, and has 3."),
        ("1 + pi + sin", "Column 10: `sin` is a function: write sin(…)."),
        ("[1, 2] + [1]", "Column 8: `+` cannot join a list and a list of other sizes."),
        ("1 + sqrt(-x)", "Column 5: A negative number has no square root."),
    ],
)
def test_says_where_and_what_is_wrong(text: str, sentence: str) -> None:
    with pytest.raises(FormulaError) as caught:
        value(text, x=Fraction(1))

    assert str(caught.value) == sentence


@given(TREES)
def test_agrees_with_fractions(tree: tuple[str, Fraction | None]) -> None:
    text, expected = tree
    assume(len(text) <= 500 and text.count("((") < 20)

    if expected is None:
        with pytest.raises(FormulaError, match="divides by zero"):
            value(text)
    else:
        assert value(text) == expected


@given(LISTS)
def test_agrees_with_statistics(numbers: list[Fraction]) -> None:
    numbers_ = tuple(numbers)
    assert value("mean(v)", v=numbers_) == statistics.mean(numbers)
    assert value("median(v)", v=numbers_) == statistics.median(numbers)
    assert value("var(v)", v=numbers_) == statistics.pvariance(numbers)
    assert value("svar(v)", v=numbers_) == statistics.variance(numbers)
    assert number("sd(v)", v=numbers_) == pytest.approx(statistics.pstdev(numbers))


@given(st.lists(st.lists(st.integers(-9, 9), min_size=3, max_size=3), min_size=3, max_size=3))
def test_a_matrix_times_its_inverse_is_the_unit_matrix(rows: list[list[int]]) -> None:
    matrix = tuple(tuple(map(Fraction, row)) for row in rows)
    assume(value("det(m)", m=matrix))

    assert value("matmul(m, inverse(m)) == [[1,0,0],[0,1,0],[0,0,1]]", m=matrix) is True
    assert value("matmul(m, solve(m, [1, 2, 3])) == [1, 2, 3]", m=matrix) is True


@given(st.integers(1, 60), st.fractions(0, 1, max_denominator=30))
def test_binomial_probabilities_sum_to_one(trials: int, chance: Fraction) -> None:
    terms = [
        value(f"binomial_pmf({each}, n, p)", n=Fraction(trials), p=chance)
        for each in range(trials + 1)
    ]

    assert sum(term for term in terms if isinstance(term, Fraction)) == 1
    half = trials // 2
    expected = sum(term for term in terms[: half + 1] if isinstance(term, Fraction))
    assert value(f"binomial_cdf({half}, {trials}, p)", p=chance) == expected
