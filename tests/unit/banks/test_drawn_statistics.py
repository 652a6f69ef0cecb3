"""Computed statistics agree with a second way to compute them, whatever numbers are drawn."""

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from itertools import count, product
from statistics import NormalDist, correlation, fmean, linear_regression
from typing import Any

import pytest

from tests.unit.banks.recomputing import SecondWay, Values, assert_agreement, drawn_items

ITEMS = drawn_items("math/computing-statistics")


def crossing(is_below: Callable[[float], bool], low: float, high: float) -> float:
    """Where ``is_below`` turns false, by bisection."""
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return low


def users_by_search(drawn: Values) -> float:
    """The size with which the distributions with and without the change part as asked."""
    base, lift = float(drawn["base"]), float(drawn["lift"])

    def misses_power(users: float) -> bool:
        rate = NormalDist(base, math.sqrt(base * (1 - base) / users))
        nothing, change = rate - rate, rate - rate + lift
        return 1 - change.cdf(nothing.inv_cdf(0.975)) < 0.8

    return crossing(misses_power, 1, 1e9)


def power_by_integration(drawn: Values) -> float:
    """The area under the density of the measured mean, beyond the threshold."""
    error = float(drawn["spread"]) / math.sqrt(drawn["requests"])
    measured, width = NormalDist(float(drawn["slower"]), error), error / 500
    return sum(measured.pdf(2 * error + (step + 0.5) * width) * width for step in range(5000))


def two_proportions(drawn: Values) -> dict[str, Any]:
    """The z-test of two proportions with the pooled rate."""
    users = int(drawn["users"])
    first, second = (int(drawn["expected"] + sign * drawn["off"]) for sign in (-1, 1))
    pooled = (first + second) / (2 * users)
    z = (second - first) / users / math.sqrt(pooled * (1 - pooled) * (1 / users + 1 / users))
    margins = 3  # of the two rows and the two columns: the last follows from the others
    return {
        "expected": pooled * users,
        "statistic": z**2,
        "freedom": str(2 * 2 - margins),
        "verdict": 2 * NormalDist().cdf(-z) < 0.05,
    }


def likeliest_mean_lifetime(drawn: Values) -> float:
    """Where the slope of the log-likelihood changes its sign, from differences."""
    failed = [float(drawn[name]) for name in ("first", "second", "third")]
    surviving, months = int(drawn["disks"]) - 3, float(drawn["months"])

    def likelihood(mean: float) -> float:
        dead = sum(-math.log(mean) - lifetime / mean for lifetime in failed)
        return dead + surviving * -months / mean

    return crossing(lambda mean: likelihood(mean + 1e-4) > likelihood(mean - 1e-4), 1, 1000)


def shrunken_over_coins(drawn: Values) -> dict[str, Any]:
    """Measurements that are one standard deviation off to either side: all numbers of sides."""
    size, truth = int(drawn["size"]), float(drawn["truth"])
    spread = math.sqrt(drawn["size"] * drawn["plain"])
    weights = [math.comb(size, up) / 2**size for up in range(size + 1)]
    averages = [truth + spread * (2 * up - size) / size for up in range(size + 1)]

    def expected(values: Sequence[float]) -> float:
        return fmean(values, weights)

    shrunken = [float(drawn["factor"]) * average for average in averages]
    centre = expected(shrunken)
    error = expected([(value - truth) ** 2 for value in shrunken])
    return {
        "bias": centre - truth,
        "variance": expected([(value - centre) ** 2 for value in shrunken]),
        "error": error,
        "verdict": error < expected([(average - truth) ** 2 for average in averages]),
    }


@cache
def share_with_the_maximum(size: int) -> Fraction:
    """All resamples."""
    resamples = product(range(size), repeat=size)
    return Fraction(sum(max(resample) == size - 1 for resample in resamples), size**size)


def rejections_by_adjusted_values(drawn: Values) -> dict[str, Any]:
    """P-values adjusted for their number, instead of bounds."""
    ordered = sorted(drawn[f"p{number}"] for number in range(1, 6))
    adjusted, least = [], Fraction(1)
    for rank in range(5, 0, -1):
        least = min(least, ordered[rank - 1] * 5 / rank)
        adjusted.append(least)
    level = Fraction(1, 20)
    return {
        "bonferroni": sum(5 * value <= level for value in ordered),
        "benjamini-hochberg": sum(value <= level for value in adjusted),
        "bounded": "expected share of false ones among the rejections",
    }


def confusion_by_search(drawn: Values) -> Sequence[int]:
    """The first counts that have the recall and the precision."""
    cases, positives = int(drawn["cases"]), int(drawn["positives"])
    hits = next(n for n in count(1) if Fraction(n, positives) == drawn["recall"])
    alarms = next(n for n in count(0) if Fraction(hits, hits + n) == drawn["precision"])
    return [hits, positives - hits, alarms, cases - positives - alarms]


def fitted_line(drawn: Values) -> dict[str, float]:
    """The standard library's regression, and the square of the correlation."""
    x, y = list(range(5)), [int(drawn[f"y{place}"]) for place in range(5)]
    line = linear_regression(x, y)
    return {"slope": line.slope, "intercept": line.intercept, "fit": correlation(x, y) ** 2}


def quantiles_of_the_difference(drawn: Values) -> Sequence[float]:
    """Quantiles of the distribution that the standard library makes of both."""
    root = math.sqrt(drawn["size"])
    old = NormalDist(float(drawn["old"]), float(drawn["sd_old"]) / root)
    new = NormalDist(float(drawn["old"] + drawn["rise"]), float(drawn["sd_new"]) / root)
    return [(new - old).inv_cdf(tail) for tail in (0.025, 0.975)]


def rows_by_covariances(drawn: Values) -> Fraction:
    """The variance of the mean from all pairs of a user's rows."""
    pairs = product(range(int(drawn["rows"])), repeat=2)
    of_a_user = fmean(1.0 if one == other else float(drawn["rho"]) for one, other in pairs)
    return Fraction(int(drawn["users"])) / Fraction(of_a_user)


def is_difference_significant(drawn: Values) -> bool:
    """By the p-value of the difference."""
    mean = NormalDist(0, float(drawn["half"]) / NormalDist().inv_cdf(0.975))
    return 2 * (mean - NormalDist(0, mean.stdev)).cdf(-float(drawn["rise"])) < 0.05


@cache
def sign_test(cases: int, lost: int) -> Fraction:
    """All outcomes that are as far from the middle as the given one, or further."""
    outcomes = product((0, 1), repeat=cases)
    extreme = sum(abs(2 * sum(won) - cases) >= cases - 2 * lost for won in outcomes)
    return Fraction(extreme, 2**cases)


def fleet_by_expectations(drawn: Values) -> Fraction:
    """The estimates, largest number by largest number, whose expectation is right for each N."""
    seen, weighted, estimate = int(drawn["seen"]), Fraction(0), Fraction(0)
    for size in range(seen, int(drawn["largest"]) + 1):
        samples = math.comb(size - 1, seen - 1)  # those with this largest number
        estimate = (size * math.comb(size, seen) - weighted) / samples
        weighted += estimate * samples
    return estimate


SECOND_WAYS: dict[str, SecondWay] = {
    "users-for-a-lift": users_by_search,
    "power-of-a-latency-alarm": power_by_integration,
    "chi-square-of-two-variants": two_proportions,
    "mean-lifetime-with-survivors": likeliest_mean_lifetime,
    "error-of-a-shrunken-mean": shrunken_over_coins,
    "maximum-of-a-resample": lambda drawn: (
        drawn["resamples"] * share_with_the_maximum(int(drawn["size"]))
    ),
    "rejections-by-two-corrections": rejections_by_adjusted_values,
    "confusion-matrix-from-rates": confusion_by_search,
    "line-through-five-points": fitted_line,
    "interval-for-a-difference": quantiles_of_the_difference,
    "effective-number-of-rows": rows_by_covariances,
    "overlapping-intervals": is_difference_significant,
    "cases-for-a-standard-error": lambda drawn: next(
        cases for cases in count(1) if cases * drawn["error"] ** 2 >= drawn["spread"] ** 2
    ),
    "size-of-a-fleet-by-serial-numbers": fleet_by_expectations,
    "sign-test-of-two-models": lambda drawn: sign_test(int(drawn["cases"]), int(drawn["lost"])),
}


@pytest.mark.parametrize("slug", sorted(SECOND_WAYS))
def test_a_second_computation_agrees_with_the_drawn_key(slug: str) -> None:
    assert_agreement(ITEMS[slug], SECOND_WAYS[slug])


def test_every_drawn_item_has_a_second_computation() -> None:
    assert set(ITEMS) == set(SECOND_WAYS)
