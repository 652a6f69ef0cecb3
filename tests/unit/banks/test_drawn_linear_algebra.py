"""The keys of drawn questions on linear algebra agree with a second way to compute them."""

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations, product

import pytest

from tests.unit.banks.recomputing import (
    Number,
    SecondWay,
    Values,
    assert_agreement,
    drawn_items,
)

ITEMS = drawn_items("math/computing-linear-algebra")


def solved(rows: Sequence[Sequence[Number]], right: Sequence[Number]) -> list[Number]:
    """The solution of a regular system, by elimination in exact fractions."""
    table = [[Fraction(n) for n in (*row, end)] for row, end in zip(rows, right, strict=True)]
    size = len(table)
    for column in range(size):
        pivot = next(row for row in range(column, size) if table[row][column])
        table[column], table[pivot] = table[pivot], table[column]
        table[column] = [entry / table[column][column] for entry in table[column]]
        for row in range(size):
            if row != column:
                factor, base = table[row][column], table[column]
                table[row] = [a - factor * b for a, b in zip(table[row], base, strict=True)]
    return [row[-1] for row in table]


def determinant(rows: Sequence[Sequence[int]]) -> int:
    """Leibniz's sum over all permutations."""
    size = len(rows)
    total = 0
    for order in permutations(range(size)):
        swaps = sum(order[i] > order[j] for i in range(size) for j in range(i + 1, size))
        total += (-1) ** swaps * math.prod(rows[i][order[i]] for i in range(size))
    return total


def dot(left: Sequence[float], right: Sequence[float]) -> float:
    return math.fsum(a * b for a, b in zip(left, right, strict=True))


def recurrence(values: Values) -> list[Number | str]:
    """Whole numbers that make the determinant 0, and the growth after many steps."""
    (a, b), (c, d) = values["A"]
    small, large = (n for n in range(-20, 21) if (a - n) * (d - n) == b * c)
    x, y, growth = 1.0, 0.37, 0.0
    for _ in range(400):
        x, y = float(a) * x + float(b) * y, float(c) * x + float(d) * y
        growth = math.hypot(x, y)
        x, y = x / growth, y / growth
    return [small, large, growth]


def line(values: Values) -> list[Number]:
    """The normal equations, solved."""
    c, m, r = values["c"], values["m"], values["r"]
    points = [(1, c + m + r), (2, c + 2 * m - 2 * r), (3, c + 3 * m + r)]
    sum_x, sum_xx = sum(x for x, _ in points), sum(x * x for x, _ in points)
    sum_y, sum_xy = sum(y for _, y in points), sum(x * y for x, y in points)
    return solved([[3, sum_x], [sum_x, sum_xx]], [sum_y, sum_xy])


def volume(values: Values) -> int:
    """The determinant of the whole product, for a sheared W whose determinant is as drawn."""
    size, scale = int(values["n"]), int(values["k"])
    rows = [[int(row == column or row < column) for column in range(size)] for row in range(size)]
    rows[-1][-1] = int(values["d"])
    return determinant([[scale * entry for entry in row] for row in rows])


def erased(values: Values) -> list[Number]:
    """The conditions of Lagrange for the nearest vector, solved."""
    n, v = values["n"], values["v"]
    rows = [[int(i == j) for j in range(3)] + [n[i]] for i in range(3)]
    return solved([*rows, [*n, 0]], [*v, 0])[:3]


def precision(values: Values) -> list[Number]:
    """The columns of the inverse, each by elimination; it is symmetric."""
    covariance = [[values["a"], values["b"]], [values["b"], values["c"]]]
    return [entry for unit in ([1, 0], [0, 1]) for entry in solved(covariance, unit)]


def similarities(values: Values) -> list[Number | str]:
    """Cosines by the law of cosines, dot products by polarisation: both from lengths alone."""
    q, u, v = values["q"], values["u"], values["v"]
    twice = [2 * polarised(q, each) for each in (u, v)]
    first, second = (
        float(n) / (2 * math.dist(q, (0, 0, 0)) * math.dist(each, (0, 0, 0)))
        for n, each in zip(twice, (u, v), strict=True)
    )
    return [first, second, "document 1" if twice[0] > twice[1] else "document 2"]


def polarised(a: Sequence[Fraction], b: Sequence[Fraction]) -> Fraction:
    """A quarter of the difference of the squared diagonals."""
    plus = sum((x + y) ** 2 for x, y in zip(a, b, strict=True))
    minus = sum((x - y) ** 2 for x, y in zip(a, b, strict=True))
    return Fraction(plus - minus, 4)


def rank(values: Values) -> int:
    """Ranks tried one after the other."""
    m, n, saving = (int(values[name]) for name in ("m", "n", "saving"))
    return max(r for r in range(1, min(m, n)) if saving * (m * r + r * n) <= m * n)


def exists(values: Values) -> bool:
    """The pivots of elimination are all positive."""
    size, rho = int(values["n"]), values["rho"]
    rows = [[Fraction(1) if i == j else rho for j in range(size)] for i in range(size)]
    for step in range(size):
        if rows[step][step] <= 0:
            return False
        for row in range(step + 1, size):
            factor = rows[row][step] / rows[step][step]
            rows[row] = [a - factor * b for a, b in zip(rows[row], rows[step], strict=True)]
    return True


def stretch(values: Values) -> float:
    """Power iteration with G and its transpose, made of the entries as shown."""
    rows = [[float(a * b) for b in values["v"]] for a in values["u"]]
    vector, length = [1.0, 0.5, 0.25], 0.0
    for _ in range(20):
        image = [dot(row, vector) for row in rows]
        length = math.hypot(*image) / math.hypot(*vector)
        vector = [dot(column, image) for column in zip(*rows, strict=True)]
    return length


def mean_cost(values: Values) -> float:
    """The mean over four points that have this mean and this covariance matrix."""
    a, b, c, s, t, u, p, q = (float(values[name]) for name in "abcstupq")
    first, slope = math.sqrt(s), t / math.sqrt(s)
    rest = math.sqrt(u - slope**2)
    costs = []
    for one, two in product((-1, 1), repeat=2):
        x, y = p + first * one, q + slope * one + rest * two
        costs.append(x * (a * x + b * y) + y * (b * x + c * y))
    return math.fsum(costs) / 4


SECOND_WAYS: dict[str, SecondWay] = {
    "growth-of-a-linear-recurrence": recurrence,
    "line-through-three-points": line,
    "volume-change-of-a-scaled-layer": volume,
    "erase-a-direction": erased,
    "precision-of-two-features": precision,
    "dot-product-or-cosine": similarities,
    "largest-worthwhile-rank": rank,
    "equal-negative-correlations": exists,
    "spectral-norm-of-an-outer-product": stretch,
    "mean-of-a-quadratic-form": mean_cost,
}


@pytest.mark.parametrize("slug", sorted(SECOND_WAYS))
def test_a_second_computation_agrees_with_every_draw(slug: str) -> None:
    assert_agreement(ITEMS[slug], SECOND_WAYS[slug])


def test_every_drawn_item_has_a_second_computation() -> None:
    assert set(ITEMS) == set(SECOND_WAYS)
