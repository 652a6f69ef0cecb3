"""The keys of drawn questions on calculus and information agree with a second computation."""

import heapq
import math
from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import count, pairwise

import pytest

from tests.unit.banks.recomputing import (
    Number,
    SecondWay,
    Values,
    assert_agreement,
    drawn_items,
)

ITEMS = drawn_items("math/computing-calculus") | drawn_items("math/computing-information")
SMALL = Fraction(1, 1000)


def slope(function: Callable[[Fraction], Fraction], at: Fraction) -> Fraction:
    """The central difference quotient, exact for squares."""
    return (function(at + SMALL) - function(at - SMALL)) / (2 * SMALL)


def lowest(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a convex function is lowest, by ternary search."""
    for _ in range(200):
        third = (high - low) / 3
        if function(low + third) < function(high - third):
            high -= third
        else:
            low += third
    return (low + high) / 2


# --- Calculus and optimisation --------------------------------------------------------------------


def relu_gradient(values: Values) -> list[Number]:
    """Difference quotients of the loss."""
    x, t, v1, v2 = (values[name] for name in ("x", "t", "v1", "v2"))

    def loss(u1: Fraction, u2: Fraction) -> Fraction:
        output = v1 * max(Fraction(0), u1 * x) + v2 * max(Fraction(0), u2 * x)
        return Fraction((output - t) ** 2) / 2

    u1, u2 = values["u1"], values["u2"]
    return [slope(lambda u: loss(u, u2), u1), slope(lambda u: loss(u1, u), u2)]


def logistic_hessian(values: Values) -> list[Number]:
    """Second difference quotients of the loss itself, labels and all."""
    a, b, c, d = (float(values[name]) for name in "abcd")

    def loss(w1: float, w2: float) -> float:
        return math.log1p(math.exp(-a * w1 - b * w2)) + math.log1p(math.exp(c * w1 + d * w2))

    step = 0.005
    axes = ((step, 0.0), (0.0, step))
    return [
        (
            loss(p[0] + q[0], p[1] + q[1])
            - loss(p[0] - q[0], p[1] - q[1])
            - loss(q[0] - p[0], q[1] - p[1])
            + loss(-p[0] - q[0], -p[1] - q[1])
        )
        / (4 * step**2)
        for p in axes
        for q in axes
    ]


def contraction(values: Values) -> float:
    """The best step size by search, then one step from the worse of two ends."""
    m, L = float(values["m"]), float(values["L"])  # noqa: N806 - as in the question

    def worst(step: float) -> float:
        return max(abs(1 - step * m), abs(1 - step * L))

    return worst(lowest(worst, 0, 2 / m))


def third_step(values: Values) -> Fraction:
    """Three steps, taken."""
    velocity = weight = before = Fraction(0)
    for _ in range(3):
        before = weight
        velocity = values["beta"] * velocity + values["g"]
        weight -= values["eta"] * velocity
    return abs(weight - before)


def quadratic_minimum(values: Values) -> list[Number]:
    """Two steps of conjugate gradients, exact on a quadratic function of two variables."""
    h1, h, h2 = values["h1"], values["h"], values["h2"]
    x, y = values["p"], values["q"]
    r1, r2 = -values["g1"], -values["g2"]
    d1, d2 = r1, r2
    for _ in range(2):
        if not (r1 or r2):
            break
        e1, e2 = h1 * d1 + h * d2, h * d1 + h2 * d2
        size = r1**2 + r2**2
        length = size / (d1 * e1 + d2 * e2)
        x, y = x + length * d1, y + length * d2
        r1, r2 = r1 - length * e1, r2 - length * e2
        share = (r1**2 + r2**2) / size
        d1, d2 = r1 + share * d1, r2 + share * d2
    return [x, y]


def cheapest_split(values: Values) -> list[Number | str]:
    """All splits in whole numbers; the price from the cheapest costs of a little more and less."""
    a, b, total = int(values["a"]), int(values["b"]), int(values["k"] * (values["a"] + values["b"]))
    x = min(range(total + 1), key=lambda first: a * first**2 + b * (total - first) ** 2)

    def split(load: float) -> float:
        return lowest(lambda first: a * first**2 + b * (load - first) ** 2, 0, load)

    def cost(load: float) -> float:
        return a * split(load) ** 2 + b * (load - split(load)) ** 2

    price = round(cost(total + 0.5) - cost(total - 0.5), 4)
    return [x, total - x, price, split(total + 1) - split(total)]


def smoothed_gradient(values: Values) -> list[Number]:
    """Difference quotients of the loss in the logits."""
    logits = [math.log(values[f"p{place}"]) for place in range(1, 5)]
    eps, true = float(values["eps"]), int(values["k"]) - 1

    def loss(scores: Sequence[float]) -> float:
        total = math.log(math.fsum(map(math.exp, scores)))
        losses = [total - score for score in scores]
        return (1 - eps) * losses[true] + eps * math.fsum(losses) / 4

    def moved(place: int, by: float) -> list[float]:
        return [score + by * (other == place) for other, score in enumerate(logits)]

    return [(loss(moved(i, 1e-4)) - loss(moved(i, -1e-4))) / 2e-4 for i in range(4)]


def enough_decay(values: Values) -> float:
    """Bisection by Sylvester's criterion."""
    (a, b), (_, d) = values["H"]
    low, high = Fraction(0), Fraction(100)
    while high - low > Fraction(1, 10**6):
        middle = (low + high) / 2
        is_convex = a + middle > 0 and (a + middle) * (d + middle) > b**2
        low, high = (low, middle) if is_convex else (middle, high)
    return float(high)


# --- Information ----------------------------------------------------------------------------------


def perplexity(values: Values) -> int:
    """The number of equally likely tokens that would make a text of four as unlikely."""
    inverse = math.prod(2 ** int(values[name]) for name in "abcd")
    return next(size for size in count(1) if size**4 == inverse)


def mutual_information(joint: Sequence[Sequence[Fraction]]) -> float:
    """The mean of log p(x, y) / (p(x) p(y)) in bits."""
    rows, columns = [sum(row) for row in joint], [sum(column) for column in zip(*joint)]  # noqa: B905
    return math.fsum(
        float(p) * math.log2(p / (rows[i] * columns[j]))
        for i, row in enumerate(joint)
        for j, p in enumerate(row)
        if p
    )


def information_gain(values: Values) -> float:
    """The mutual information of side and label."""
    n, a, b = values["n"], values["a"], values["b"]
    return mutual_information([[a / (2 * n), b / (2 * n)], [(n - a) / (2 * n), (n - b) / (2 * n)]])


def label_information(values: Values) -> float:
    wrong = values["wrong"]
    return mutual_information([[(1 - wrong) / 2, wrong / 2], [wrong / 2, (1 - wrong) / 2]])


def code_lengths(values: Values) -> list[Number | str]:
    """Sixteen symbols in their exact shares, a Huffman code, and the sum that defines KL."""
    p, lengths = values["p"], [int(length) for length in values["l"]]
    message = [place for place, share in enumerate(p) for _ in range(int(16 * share))]
    heap, best = sorted(p), Fraction(0)
    while len(heap) > 1:
        merged = heapq.heappop(heap) + heapq.heappop(heap)
        heapq.heappush(heap, merged)
        best += merged
    divergence = math.fsum(float(a) * math.log2(a * 2**b) for a, b in zip(p, lengths, strict=True))
    return [Fraction(sum(lengths[place] for place in message), 16), best, divergence]


def lost_digits(values: Values) -> list[Number | str]:
    """Digits counted in the exact numbers; both ways to compute tried in rounded decimals."""
    digits = int(values["digits"])
    centre, spread = (Decimal(10) ** int(values[name]) for name in ("large", "small"))
    pair = zip(f"{centre**2:.8f}", f"{centre**2 + spread**2:.8f}", strict=True)
    same = "".join("=" if a == b else "x" for a, b in pair if a != ".").index("x")
    sample = [centre + spread * Decimal(z) for z in ("-1.3", "0.1", "1.2")]
    truth = spread**2 * Decimal("3.14") / 3
    with localcontext(prec=digits):
        plain = abs(one_pass(sample) - truth)
        shifted = abs(one_pass([value - centre for value in sample]) - truth)
    return [same, max(0, digits - same), "more accurate" if shifted < plain else "neither"]


def one_pass(sample: list[Decimal]) -> Decimal:
    """The mean of the squares minus the square of the mean, as the context rounds."""
    squares = sum((value * value for value in sample), Decimal(0))
    mean = sum(sample, Decimal(0)) / len(sample)
    return squares / len(sample) - mean * mean


def enough_bits(values: Values) -> int:
    """Grids built one after the other, with the widest gap between two neighbours."""
    a, e = values["a"], values["e"]
    for bits in count(1):
        levels = [-a + 2 * a * Fraction(place, 2**bits - 1) for place in range(2**bits)]
        if max(right - left for left, right in pairwise(levels)) / 2 <= e:
            return bits
    raise AssertionError


def log_of_sum(values: Values) -> Number:
    """Tiny probabilities, added as decimals, whose exponents have room."""
    tiny = Decimal(-int(values["m"])).exp()
    return Fraction(round(sum([tiny] * int(values["n"]), Decimal(0)).ln(), 9))


SECOND_WAYS: dict[str, SecondWay] = {
    "gradient-through-two-relu-units": relu_gradient,
    "hessian-of-logistic-loss-at-zero": logistic_hessian,
    "best-fixed-step-contraction": contraction,
    "third-momentum-step": third_step,
    "newton-step-on-a-quadratic": quadratic_minimum,
    "load-split-by-lagrange": cheapest_split,
    "label-smoothing-gradient": smoothed_gradient,
    "weight-decay-that-makes-convex": enough_decay,
    "perplexity-of-four-tokens": perplexity,
    "information-gain-of-a-split": information_gain,
    "code-for-another-distribution": code_lengths,
    "bits-in-a-noisy-label": label_information,
    "digits-lost-by-one-pass-variance": lost_digits,
    "bits-for-a-uniform-quantiser": enough_bits,
    "log-probability-of-many-candidates": log_of_sum,
}


@pytest.mark.parametrize("slug", sorted(SECOND_WAYS))
def test_a_second_computation_agrees_with_every_draw(slug: str) -> None:
    assert_agreement(ITEMS[slug], SECOND_WAYS[slug])


def test_every_drawn_item_has_a_second_computation() -> None:
    assert set(ITEMS) == set(SECOND_WAYS)
