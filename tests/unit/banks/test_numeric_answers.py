"""Every numeric key of the shipped banks agrees with a second way to compute it."""

import heapq
import math
import sqlite3
from array import array
from collections.abc import Callable, Iterable
from contextlib import closing
from fractions import Fraction
from functools import cache
from itertools import combinations, count, permutations
from pathlib import Path
from statistics import fmean, pstdev

import pytest

from quizapp.domain.formats import native_yaml
from quizapp.domain.question_types.numeric import Numeric

QUESTIONS = Path(__file__).parents[3] / "questions"


@cache
def numeric_questions() -> dict[str, Numeric]:
    """The numeric questions of all banks by the id of their item; not those that are drawn."""
    readings = [native_yaml.read(path.read_text("utf-8")) for path in QUESTIONS.glob("*/*.yaml")]
    items = [item for reading in readings for item in reading.items if item.template is None]
    return {item.slug: item.question for item in items if isinstance(item.question, Numeric)}


# --- Methods that need more than an expression ----------------------------------------------------


def copies_of_a_growing_array(appends: int) -> int:
    """Element copies counted while a list of doubling capacity is filled."""
    capacity, copies = 1, 0
    for size in range(appends):
        if size == capacity:
            capacity, copies = 2 * capacity, copies + size
    return copies


def days_in_runs(days: list[int], least: int) -> int:
    """Runs of neighbouring days of at least ``least`` days, found by walking on from each start."""
    starts = [day for day in days if day - 1 not in days]
    return sum(all(start + step in days for step in range(least)) for start in starts)


def result_of(statements: str, query: str) -> float:
    """The number that SQLite returns for the query after the statements."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(statements)
        return float(connection.execute(query).fetchone()[0])


def slope(function: Callable[[float], float], at: float) -> float:
    """The central difference quotient."""
    return (function(at + 1e-5) - function(at - 1e-5)) / 2e-5


def largest_variance_by_power_iteration() -> float:
    """The length of the image of a unit vector that was multiplied by the matrix many times."""
    x, y = 1.0, 0.0
    for _ in range(60):
        length = math.hypot(x, y)
        x, y = (5 * x + 2 * y) / length, (2 * x + 2 * y) / length
    return math.hypot(x, y)


def solution(increasing: Callable[[float], float], target: float) -> float:
    """Where an increasing function on 0..1 takes the target, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if increasing(middle) < target else (low, middle)
    return low


def diverges(step_size: float) -> bool:
    """Whether 50 steps of gradient descent from (1, 1) lead away from the minimum."""
    first, second = 1.0, 1.0
    for _ in range(50):
        first, second = first - step_size * 4 * first, second - step_size * 50 * second
    return max(abs(first), abs(second)) >= 1


def length_of_huffman_code(probabilities: Iterable[float]) -> float:
    """The mean length of an optimal code: the entropy when all probabilities are powers of 1/2."""
    heap, total = sorted(probabilities), 0.0
    while len(heap) > 1:
        merged = heapq.heappop(heap) + heapq.heappop(heap)
        heapq.heappush(heap, merged)
        total += merged
    return total


def stalled_sum(significant_bits: int) -> float:
    """Where adding 1 to a rounded sum no longer changes it; ``round`` sends ties to even."""
    total, following = 0.0, 1.0
    while following != total:
        total = following
        mantissa, exponent = math.frexp(total + 1)
        whole = round(math.ldexp(mantissa, significant_bits))
        following = math.ldexp(whole, exponent - significant_bits)
    return total


def empty_buckets(keys: int, buckets: int) -> float:
    """The expected number, key by key: each falls into an empty bucket by the share of these."""
    empty = float(buckets)
    for _ in range(keys):
        empty -= empty / buckets
    return empty


def bought_after_many_steps() -> float:
    """The probability that has flowed to ``buy``, step by step."""
    browse, cart, bought = 1.0, 0.0, 0.0
    for _ in range(200):
        browse, cart, bought = 0.5 * browse + 0.4 * cart, 0.2 * browse, bought + 0.4 * cart
    return bought


def receptive_field(strides: list[int]) -> int:
    """The pixels from the first to the last that one unit reaches, traced back layer by layer."""
    first = last = 0
    for stride in reversed(strides):
        first, last = first * stride - 1, last * stride + 1
    return last - first + 1


def discounted_gain(grades: Iterable[int]) -> float:
    return sum(grade * math.log(2) / math.log(rank + 1) for rank, grade in enumerate(grades, 1))


def shrunken(coefficient: float) -> float:
    """The minimiser of the penalised loss of one coordinate, by search over a grid."""
    grid = [step / 1000 for step in range(-5000, 5001)]
    return min(grid, key=lambda b: (b - coefficient) ** 2 / 2 + 0.5 * abs(b))


def larger_centre_at_rest(points: list[float], low: float, high: float) -> float:
    """Lloyd's algorithm in one dimension with two centres."""
    for _ in range(20):
        near_high = [point for point in points if abs(point - high) < abs(point - low)]
        low = fmean(point for point in points if point not in near_high)
        high = fmean(near_high)
    return high


def smallest(is_enough: Callable[[int], bool]) -> int:
    return next(number for number in count(1) if is_enough(number))


def cells(left: int, top: int, right: int, bottom: int) -> set[tuple[int, int]]:
    return {(x, y) for x in range(left, right) for y in range(top, bottom)}


def sampled_rate(rate: float, kept: float) -> float:
    """The click rate among all clicks and the kept share of the non-clicks."""
    return rate / (rate + kept * (1 - rate))


def ndcg(grades: tuple[int, ...]) -> float:
    """The gain over the best gain of any order."""
    return discounted_gain(grades) / max(map(discounted_gain, permutations(grades)))


def double_softmax_loss(confidence: float) -> float:
    """Cross-entropy when the scores are the confidence and nine equal shares of the rest."""
    rest = (1 - confidence) / 9
    return math.log(math.exp(confidence) + 9 * math.exp(rest)) - confidence


# --- One entry for each item: the comment says by which method ------------------------------------

RECOMPUTED: dict[str, Callable[[], float]] = {
    # coding: bytes of one row's differences, times the rows
    "broadcast-distance-memory": lambda: 20_000 * (50 * 300 * array("f").itemsize) / 10**9,
    # each visit stays once, or once per offer of its user
    "merge-row-count": lambda: sum(max(1, "aaabd".count(user)) for user in "aabc"),
    # drawn heights
    "truncated-bars": lambda: (93 - 88) / (90 - 88),
    # the least loss over a grid of confidences
    "softmax-before-cross-entropy": lambda: min(double_softmax_loss(p / 9) for p in range(10)),
    # a job of 100 seconds before and after
    "speed-up-of-the-whole": lambda: 100 / (20 + 80 / 20),
    # the same elements in Python's counting
    "r-index-rules": lambda: sum([4, 8, 15, 16][1:]) + [4, 8, 15, 16][2 - 1],
    # the query itself, run by SQLite
    "average-with-nulls": lambda: result_of(
        "CREATE TABLE reviews (rating); INSERT INTO reviews VALUES (5), (NULL), (3), (NULL), (4)",
        "SELECT AVG(rating) - SUM(rating) * 1.0 / COUNT(*) FROM reviews",
    ),
    # runs found without the difference to the row number
    "islands-of-days": lambda: days_in_runs([3, 4, 5, 8, 9, 12, 13, 14, 15, 20], 3),
    # simulation
    "doubling-array-copies": lambda: copies_of_a_growing_array(1000),
    # math: Pythagoras, from the lengths of the vector and of its projection
    "residual-of-mean-projection": lambda: math.sqrt(1 + 4 + 36 - (1 + 2 + 6) ** 2 / 3),
    # power iteration
    "variance-share-from-covariance": lambda: largest_variance_by_power_iteration() / (5 + 2),
    # difference quotient of the composed function
    "chain-rule-over-two-paths": lambda: slope(lambda w: w**2 * 3 * w + 3 * w, 2),
    # coefficients from differences of the logarithm about 1
    "second-order-taylor-of-log": lambda: (
        slope(math.log, 1) * 0.5 + (math.log(1.001) + math.log(0.999)) / 1e-6 * 0.5**2 / 2
    ),
    # difference quotient along the unit vector
    "directional-derivative-value": lambda: slope(
        lambda t: (1 + 0.6 * t) ** 2 * (2 + 0.8 * t) + 3 * (2 + 0.8 * t), 0
    ),
    # bisection over simulated descents
    "largest-stable-step-size": lambda: solution(diverges, 0.5),
    # mean length of a Huffman code
    "entropy-of-four-symbols": lambda: length_of_huffman_code([1 / 2, 1 / 4, 1 / 8, 1 / 8]),
    # simulation of the rounding
    "stalled-low-precision-sum": lambda: stalled_sum(8),
    # enumeration of all sets, the two features being 0 and 1
    "feature-subsets-with-exclusion": lambda: sum(
        not {0, 1} <= set(chosen) for chosen in combinations(range(10), 3)
    ),
    # posterior odds of 1 : 99 after two likelihood ratios of 18
    "two-detectors-fire": lambda: 1 / (1 + 99 / 18 / 18),
    # scores written as 3a and 2a + b√12 with independent a and b of variance 1
    "variance-of-paired-difference": lambda: (3 - 2) ** 2 + math.sqrt(12) ** 2,
    # recurrence over the keys
    "expected-empty-buckets": lambda: empty_buckets(1000, 1000),
    # a million short moments with or without a request
    "poisson-quiet-interval": lambda: (1 - 4 * 0.5 / 10**6) ** 10**6,
    # the chain, iterated
    "purchase-probability-chain": bought_after_many_steps,
    # the highest point of the posterior on a grid
    "map-click-rate": lambda: max(
        (step / 10**4 for step in range(10**4)), key=lambda rate: rate * (1 - rate) ** (7 + 3)
    ),
    # standard error from the 400 single results
    "accuracy-interval-half-width": lambda: (
        100 * 1.96 * pstdev([1.0] * 320 + [0.0] * 80) / math.sqrt(400)
    ),
    # one minus the share of true discoveries
    "share-of-false-discoveries": lambda: 1 - 20 * 0.8 / (20 * 0.8 + (200 - 20) * 0.05),
    # ml: sets of unit cells
    "box-overlap": lambda: (
        len(cells(0, 0, 4, 4) & cells(2, 1, 6, 5)) / len(cells(0, 0, 4, 4) | cells(2, 1, 6, 5))
    ),
    # the reach of a unit, traced back
    "receptive-field-with-stride": lambda: receptive_field([1, 2, 1]),
    # counts among 100,000 payments
    "precision-from-base-rate": lambda: 800 / (800 + 99_000 // 50),
    # the rate from which sampling makes the prediction, by bisection
    "undo-undersampling": lambda: solution(lambda rate: sampled_rate(rate, 0.05), 0.60),
    # the ideal order found among all orders
    "ndcg-by-hand": lambda: ndcg((0, 1, 0, 1)),
    # sigmoid of the shifted log-odds
    "log-odds-step": lambda: 1 / (1 + math.exp(-(math.log(0.20 / 0.80) + 0.7))),
    # grid search for each coefficient
    "lasso-soft-threshold": lambda: sum(abs(shrunken(b)) for b in (3.0, -0.4, 1.2)),
    # KiB of one token, times the tokens
    "key-value-cache-size": lambda: 40 * (8 * 128) * 2 * 2 / 1024 * 4096 / 1024,
    # Lloyd's algorithm
    "k-means-by-hand": lambda: larger_centre_at_rest([1, 2, 3, 7, 10, 12], 1, 2),
    # weighted mean of the old value and the target
    "q-learning-update": lambda: 0.9 * 2 + 0.1 * (1 + 0.9 * max(5, 3)),
    # system-design: GB of one column on one day, times columns and days
    "partition-and-column-pruning": lambda: 7300 / 365 / 160 * 12 * 20,
    # the rate from which sampling makes the prediction, by bisection
    "undo-negative-sampling": lambda: solution(lambda rate: sampled_rate(rate, 0.04), 0.35),
    # the first staff whose seconds suffice; caught posts are 3 of 10 flagged ones
    "reviewers-for-moderation": lambda: smallest(
        lambda staff: staff * 6.5 * 3600 >= 2_000_000 * 6 // 1000 * 3 // 4 * 10 // 3 * 40
    ),
    # requests of a day at the peak's pace, over its seconds
    "peak-request-rate": lambda: 30 * 10**6 * 14 * 2.5 / (24 * 60 * 60),
    # the first number of replicas whose usable places hold the requests in progress
    "replicas-by-littles-law": lambda: smallest(lambda replicas: replicas * 6 * 75 >= 1900 * 12),
    # binomial probabilities of 1 to 40 slow shards
    "fan-out-tail": lambda: sum(
        math.comb(40, slow) * 0.01**slow * 0.99 ** (40 - slow) for slow in range(1, 41)
    ),
    # the first minute by which the capacity to spare has covered what piled up
    "backlog-drain-time": lambda: smallest(
        lambda minutes: (600 - 350) * 60 * minutes >= (800 - 600) * 60 * 90
    ),
    # bytes of each part of the state, shared by 16
    "optimiser-state-memory": lambda: sum(13 * size for size in (2, 2, 4, 4, 4)) / 16,
}


@pytest.mark.parametrize("slug", sorted(RECOMPUTED))
def test_a_second_computation_agrees_with_the_key(slug: str) -> None:
    question = numeric_questions()[slug]

    recomputed = Fraction(RECOMPUTED[slug]())

    assert abs(recomputed - question.key) <= question.allowed_error


def test_every_numeric_item_has_a_second_computation() -> None:
    assert set(numeric_questions()) == set(RECOMPUTED)
