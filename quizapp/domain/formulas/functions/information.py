"""Entropy, and what turns scores into probabilities."""

import math

from quizapp.domain.formulas.errors import FormulaError
from quizapp.domain.formulas.functions.function import Function, number, plain, positive, vector
from quizapp.domain.formulas.values import Number, Vector, real, to_float

_TOLERANCE = 1e-9


def _entropy(shares: Vector, base: Number | None = None) -> Number:
    """Shannon's entropy, in nats without a ``base`` and in bits with base 2."""
    floats = [to_float(share) for share in shares]
    if min(floats) < 0 or abs(math.fsum(floats) - 1) > _TOLERANCE:
        raise FormulaError("An entropy needs probabilities that sum to 1.")
    if base == 1:
        raise FormulaError("A logarithm has another base than 1.")
    unit = 1.0 if base is None else float(real(math.log, base))
    return abs(math.fsum(share * math.log(share) for share in floats if share) / unit)


def _sigmoid(score: Number) -> Number:
    # Of the two forms, the one whose exponential does not overflow
    if score >= 0:
        return real(lambda at: 1 / (1 + math.exp(-at)), score)
    return real(lambda at: math.exp(at) / (1 + math.exp(at)), score)


def _softmax(scores: Vector) -> Vector:
    floats = [to_float(score) for score in scores]
    powers = [math.exp(score - max(floats)) for score in floats]
    total = math.fsum(powers)
    return tuple(power / total for power in powers)


INFORMATION: dict[str, Function] = {
    "entropy": plain(_entropy, vector, positive, optional=1),
    "sigmoid": plain(_sigmoid, number),
    "softmax": plain(_softmax, vector),
}
