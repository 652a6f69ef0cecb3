"""Probabilities beside those of SciPy 1.17.1, and a matrix beside SymPy 1.14.0."""

from fractions import Fraction

import pytest

from quizapp.domain.formulas import read_formula


@pytest.mark.parametrize(
    ("text", "scipy"),
    [
        ("binomial_pmf(3000, 10000, 0.3)", 0.008705361365067067),  # binom.pmf
        ("binomial_cdf(50, 1000, 0.05)", 0.5375290408014273),  # binom.cdf
        ("binomial_cdf(3000, 10000, 0.3)", 0.5049329838192942),
        ("poisson_pmf(100, 80.5)", 0.004455316783804174),  # poisson.pmf
        ("geometric_pmf(5, 0.3)", 0.07203),  # geom.pmf
        ("normal_cdf(-8)", 6.22096057427174e-16),  # norm.cdf
        ("normal_pdf(3, 1, 2)", 0.12098536225957168),  # norm.pdf
        ("normal_quantile(0.975)", 1.959963984540054),  # norm.ppf
        ("normal_quantile(1e-10)", -6.361340902404056),
        ("entropy([0.2, 0.3, 0.5])", 1.0296530140645737),  # entropy
        ("entropy([0.2, 0.3, 0.5], 2)", 1.4854752972273346),
    ],
)
def test_agrees_with_scipy(text: str, scipy: float) -> None:
    found = read_formula(text).evaluate({})

    assert isinstance(found, Fraction | float)
    assert float(found) == pytest.approx(scipy, rel=1e-9)


def test_agrees_with_sympy() -> None:
    names = {"m": read_formula("[[2, -1, 3], [4, 5, 6], [7, 8, 10]]").evaluate({})}
    inverse = read_formula("[[-2/7, -34/7, 3], [-2/7, 1/7, 0], [3/7, 23/7, -2]]").evaluate({})

    assert read_formula("inverse(m)").evaluate(names) == inverse
    assert read_formula("det(m)").evaluate(names) == -7
