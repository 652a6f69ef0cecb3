"""Probabilities: exact for exact arguments of the discrete distributions, while that is short.

Otherwise they are floats; far out in a distribution these are good to nine digits.
"""

import math
from fractions import Fraction
from statistics import NormalDist

from quizapp.domain.formulas.arithmetic import Arithmetic
from quizapp.domain.formulas.budget import MAXIMUM_BITS
from quizapp.domain.formulas.errors import FormulaError
from quizapp.domain.formulas.functions.function import (
    Function,
    count,
    metered,
    number,
    plain,
    positive,
    probability,
    whole,
)
from quizapp.domain.formulas.functions.whole_numbers import combinations
from quizapp.domain.formulas.values import Number, bits, real, to_float

_MOST_TRIALS = 10**6
_NONE, _ONE = Fraction(0), Fraction(1)
_STANDARD = NormalDist()


def _binomial_pmf(arithmetic: Arithmetic, successes: int, trials: int, chance: Number) -> Number:
    """The probability of exactly so many ``successes``."""
    _check_trials(trials)
    if not 0 <= successes <= trials:
        return _NONE
    if chance in (0, 1):
        return _ONE if successes == trials * chance else _NONE
    if not _is_short(trials, chance):
        return real(math.exp, _log_binomial(successes, trials, to_float(chance)))
    hits = arithmetic.power(chance, Fraction(successes))
    misses = arithmetic.power(1 - chance, Fraction(trials - successes))
    ways = combinations(arithmetic, trials, successes)
    return arithmetic.multiply(ways, arithmetic.multiply(hits, misses))


def _binomial_cdf(arithmetic: Arithmetic, successes: int, trials: int, chance: Number) -> Number:
    """The probability of at most so many ``successes``."""
    _check_trials(trials)
    if successes < 0:
        return _NONE
    if successes >= trials or chance == 0:
        return _ONE
    if chance == 1:
        return _NONE
    if isinstance(chance, Fraction) and _is_short(trials, chance):
        return _exact_binomial_cdf(arithmetic, successes, trials, chance)
    arithmetic.budget.spend(successes + 1)
    nearest = to_float(chance)
    logs = (_log_binomial(each, trials, nearest) for each in range(successes + 1))
    return min(1.0, math.fsum(math.exp(log) for log in logs))


def _exact_binomial_cdf(
    arithmetic: Arithmetic, successes: int, trials: int, chance: Fraction
) -> Fraction:
    """In whole numbers over a common denominator: each term follows from the one before."""
    hit, miss = chance.numerator, chance.denominator - chance.numerator
    arithmetic.budget.spend((successes + 1) * (1 + trials * bits(chance) // 1024))
    term = total = miss**trials
    for each in range(successes):
        term = term * (trials - each) * hit // ((each + 1) * miss)
        total += term
    return Fraction(total, chance.denominator**trials)


def _is_short(trials: int, chance: Number) -> bool:
    return isinstance(chance, Fraction) and trials * bits(chance) <= MAXIMUM_BITS


def _log_binomial(successes: int, trials: int, chance: float) -> float:
    ways = math.lgamma(trials + 1) - math.lgamma(successes + 1)
    ways -= math.lgamma(trials - successes + 1)
    return ways + successes * math.log(chance) + (trials - successes) * math.log1p(-chance)


def _check_trials(trials: int) -> None:
    if trials > _MOST_TRIALS:
        raise FormulaError(f"There may be at most {_MOST_TRIALS:,} trials.")


def _poisson_pmf(events: int, rate: Number) -> Number:
    """The probability of so many ``events`` where ``rate`` are expected."""
    if events < 0:
        return _NONE
    mean = to_float(rate)
    return real(lambda seen: math.exp(seen * math.log(mean) - mean - math.lgamma(seen + 1)), events)


def _geometric_pmf(arithmetic: Arithmetic, trial: int, chance: Number) -> Number:
    """The probability that the first success comes with this ``trial``; they count from 1."""
    if trial < 1:
        return _NONE
    misses = arithmetic.power(1 - chance, Fraction(trial - 1))
    return arithmetic.multiply(misses, chance)


def _normal_pdf(value: Number, mean: Number = _NONE, deviation: Number = _ONE) -> Number:
    score = _standard_score(value, mean, deviation)
    return real(lambda spread: _STANDARD.pdf(score) / spread, deviation)


def _normal_cdf(value: Number, mean: Number = _NONE, deviation: Number = _ONE) -> Number:
    # erfc keeps its digits in the lower tail, where NormalDist's 1 + erf has none left
    return real(math.erfc, -_standard_score(value, mean, deviation) / math.sqrt(2)) / 2


def _normal_quantile(share: Number, mean: Number = _NONE, deviation: Number = _ONE) -> Number:
    if not 0 < share < 1:
        raise FormulaError("A quantile needs a probability between 0 and 1, both left out.")
    score = _STANDARD.inv_cdf(to_float(share))
    return real(lambda middle, spread: middle + spread * score, mean, deviation)


def _standard_score(value: Number, mean: Number, deviation: Number) -> float:
    return float(real(lambda at, middle, spread: (at - middle) / spread, value, mean, deviation))


DISTRIBUTIONS: dict[str, Function] = {
    "binomial_pmf": metered(_binomial_pmf, whole, count, probability),
    "binomial_cdf": metered(_binomial_cdf, whole, count, probability),
    "poisson_pmf": plain(_poisson_pmf, whole, positive),
    "geometric_pmf": metered(_geometric_pmf, whole, probability),
    "normal_pdf": plain(_normal_pdf, number, number, positive, optional=2),
    "normal_cdf": plain(_normal_cdf, number, number, positive, optional=2),
    "normal_quantile": plain(_normal_quantile, number, number, positive, optional=2),
}
