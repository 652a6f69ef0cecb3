"""Computed probabilities agree with a second way to compute them, whatever numbers are drawn."""

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product
from statistics import NormalDist, fmean, pvariance
from typing import Any

import pytest

from tests.unit.banks.recomputing import SecondWay, Values, assert_agreement, drawn_items

ITEMS = drawn_items("math/computing-probability")


def share_of_c_among_wrong(drawn: Values) -> Fraction:
    """Each hundredth of the traffic with each hundredth of its answers, looked at one by one."""
    models = [name for name in "abc" for _ in range(int(drawn[name]))]
    cells = product(models, range(100))
    wrong = [model for model, answer in cells if answer < drawn[f"error_{model}"]]
    return Fraction(wrong.count("c"), len(wrong))


def users_in_a_study(drawn: Values) -> int:
    """Every user is looked at."""
    users = range(1, int(drawn["users"]) + 1)
    return sum(user % drawn["first"] == 0 or user % drawn["second"] == 0 for user in users)


def is_an_alarm_likelier(drawn: Values) -> bool:
    """The probability of an alarm so far, test by test."""
    alarmed = Fraction(0)
    for _ in range(int(drawn["tests"])):
        alarmed += (1 - alarmed) * drawn["level"]
    return alarmed > 1 - alarmed


def alert_by_convolution(drawn: Values) -> Fraction:
    """The distribution of the number of failures, which each probe shifts."""
    failures = [Fraction(1)]
    for _ in range(int(drawn["probes"])):
        stay = [(1 - drawn["rate"]) * chance for chance in failures]
        move = [drawn["rate"] * chance for chance in failures]
        failures = [a + b for a, b in zip([*stay, 0], [0, *move], strict=True)]
    return sum(failures[2:], Fraction(0))


def mean_number_of_calls(drawn: Values) -> Fraction:
    """All sequences of outcomes, as if calls went on after a success."""
    chances = {True: drawn["success"], False: 1 - drawn["success"]}
    total = Fraction(0)
    for outcomes in product(chances, repeat=int(drawn["calls"])):
        made = outcomes.index(True) + 1 if True in outcomes else len(outcomes)
        total += made * math.prod((chances[each] for each in outcomes), start=Fraction(1))
    return total


def poisson(count: int, mean: float) -> float:
    return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))


def failures_by_number_of_requests(drawn: Values) -> dict[str, Any]:
    """Everything from the number of all requests, each of which fails by a coin of its own."""
    share, mean = float(drawn["share"]), float(drawn["rate"] * drawn["minutes"])
    requests = {count: poisson(count, mean) for count in range(int(mean + 15 * math.sqrt(mean)))}
    expected = sum(chance * count * share for count, chance in requests.items())
    squares = sum(
        chance * (count * share * (1 - share) + (count * share) ** 2)
        for count, chance in requests.items()
    )
    usual, many = (failures_given_successes(n, mean, share) for n in (mean, 1.2 * mean))
    return {
        "mean": expected,
        "variance": squares - expected**2,
        "none": sum(chance * (1 - share) ** count for count, chance in requests.items()),
        "given": "the same as before" if math.isclose(usual, many) else "larger",
    }


def failures_given_successes(successes: float, mean: float, share: float) -> float:
    """The expected number of failures beside so many successes, by Bayes' rule."""
    good = round(successes)
    weights = [
        poisson(good + bad, mean) * math.comb(good + bad, bad) * share**bad * (1 - share) ** good
        for bad in range(40)
    ]
    return sum(bad * weight for bad, weight in enumerate(weights)) / sum(weights)


def slower_than_deadline(drawn: Values) -> float:
    """The standard library adds the distributions."""
    unit = float(drawn["unit_sd"])
    first = NormalDist(float(drawn["first"]), 3 * unit)
    second = NormalDist(float(drawn["second"]), 4 * unit)
    return 1 - (first + second).cdf(float(drawn["deadline"]))


def variance_of_average(drawn: Values) -> Fraction:
    """All entries of the covariance matrix, one by one."""
    places = range(int(drawn["models"]))
    entries = [
        drawn["single"] if row == column else drawn["rho"] * drawn["single"]
        for row, column in product(places, places)
    ]
    return sum(entries, Fraction(0)) / len(entries)


def variance_of_a_population(drawn: Values) -> float:
    """Ten sessions of each kind and deviation that have the means and variances of the stem."""
    phones = int(10 * drawn["share"])
    groups = [
        (phones, drawn["low"], drawn["var_low"]),
        (10 - phones, drawn["low"] + drawn["gap"], drawn["var_high"]),
    ]
    return pvariance(
        [
            float(mean) + sign * math.sqrt(variance)
            for count, mean, variance in groups
            for sign in (-1, 1)
            for _ in range(count)
        ]
    )


def duration_by_integration(drawn: Values) -> float:
    """The integral of the probability that the quorum is not yet reached."""
    replicas, quorum, steps = int(drawn["replicas"]), int(drawn["quorum"]), 1000

    def missing(done: float) -> float:
        return sum(
            math.comb(replicas, count) * done**count * (1 - done) ** (replicas - count)
            for count in range(quorum)
        )

    return float(drawn["longest"]) * fmean(missing((step + 0.5) / steps) for step in range(steps))


def draws_by_survival(drawn: Values) -> float:
    """The probabilities that some class is still missing, summed over the draws."""
    classes, unseen = int(drawn["classes"]), int(drawn["unseen"])
    chances, total = {left: float(left == unseen) for left in range(unseen + 1)}, 0.0
    for _ in range(1000):
        total += sum(chances.values()) - chances[0]
        chances = {
            left: chances[left] * (1 - left / classes)
            + chances.get(left + 1, 0.0) * (left + 1) / classes
            for left in chances
        }
    return total


def shares_after_many_minutes(drawn: Values) -> Sequence[float]:
    """The chain, iterated."""
    breaks, recovers = float(drawn["breaks"]), float(drawn["recovers"])
    healthy = 1.0
    for _ in range(1000):
        healthy = healthy * (1 - breaks) + (1 - healthy) * recovers
    return [healthy, 1 - healthy]


def checks_by_survival(drawn: Values) -> float:
    """The probabilities of no restart so far, summed; by how many failures came just now."""
    rate = float(drawn["rate"])
    chances, total = [1.0] + [0.0] * (int(drawn["run"]) - 1), 0.0
    for _ in range(6000):
        total += sum(chances)
        chances = [sum(chances) * (1 - rate), *(chance * rate for chance in chances[:-1])]
    return total


def target_reached(drawn: Values) -> float:
    """The distribution of the budget over many rounds."""
    win, target = float(drawn["win"]), int(drawn["target"])
    chances = [float(budget == drawn["start"]) for budget in range(target + 1)]
    for _ in range(500):
        moved = [chances[0], *[0.0] * (target - 1), chances[target]]
        for budget in range(1, target):
            moved[budget + 1] += chances[budget] * win
            moved[budget - 1] += chances[budget] * (1 - win)
        chances = moved
    return chances[target]


def mean_of_a_hundred_requests(drawn: Values) -> float:
    """The latencies of a hundred requests with just the right number of misses."""
    misses = int(100 * (1 - drawn["hits"]))
    lookups, calls = 100 * [float(drawn["lookup"])], misses * [float(drawn["backend"])]
    return (sum(lookups) + sum(calls)) / 100


def both_wrong_by_pairs(drawn: Values) -> Fraction:
    """All pairs, of which those with a wrong label are kept."""
    pairs = combinations([label < drawn["wrong"] for label in range(int(drawn["labels"]))], 2)
    reported = [pair for pair in pairs if any(pair)]
    return Fraction(sum(map(all, reported)), len(reported))


SECOND_WAYS: dict[str, SecondWay] = {
    "model-behind-a-wrong-answer": share_of_c_among_wrong,
    "users-in-either-sample": users_in_a_study,
    "half-chance-of-a-false-alarm": is_an_alarm_likelier,
    "alert-on-repeated-failures": alert_by_convolution,
    "expected-calls-with-retries": mean_number_of_calls,
    "errors-in-a-thinned-stream": failures_by_number_of_requests,
    "two-stages-miss-a-deadline": slower_than_deadline,
    "variance-of-averaged-models": variance_of_average,
    "variance-over-two-segments": variance_of_a_population,
    "quorum-of-replicas": duration_by_integration,
    "draws-until-all-classes-seen": draws_by_survival,
    "long-run-health-of-a-service": shares_after_many_minutes,
    "checks-until-failures-in-a-row": checks_by_survival,
    "target-before-ruin": target_reached,
    "mean-latency-behind-a-cache": mean_of_a_hundred_requests,
    "both-wrong-given-one": both_wrong_by_pairs,
}


@pytest.mark.parametrize("slug", sorted(SECOND_WAYS))
def test_a_second_computation_agrees_with_the_drawn_key(slug: str) -> None:
    assert_agreement(ITEMS[slug], SECOND_WAYS[slug])


def test_every_drawn_item_has_a_second_computation() -> None:
    assert set(ITEMS) == set(SECOND_WAYS)
