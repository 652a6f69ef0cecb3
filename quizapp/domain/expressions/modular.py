"""Rational functions, exactly: by their values modulo a prime (Schwartz, Zippel).

Two that differ agree at a random place with a probability of at most their degree over 2^61.
"""

from collections.abc import Collection
from random import Random

from quizapp.domain.expressions.arithmetic import UndecidedError, evaluate
from quizapp.domain.expressions.syntax import Call, Node, Numeral, Power, Symbol, parts

PRIME = 2**61 - 1
_LARGEST_DEGREE = 10**6


class Modular:
    """Arithmetic modulo the prime; pi, e and C are taken for numbers that nothing binds."""

    def __init__(self, rng: Random) -> None:
        self._constants = {name: rng.randrange(PRIME) for name in ("pi", "e", "C")}

    def number(self, node: Numeral) -> int:
        return self.combine("/", node.value.numerator, node.value.denominator)

    def constant(self, name: str) -> int:
        return self._constants[name]

    def negative(self, value: int) -> int:
        return -value % PRIME

    def combine(self, symbol: str, left: int, right: int) -> int:
        match symbol:
            case "+":
                return (left + right) % PRIME
            case "-":
                return (left - right) % PRIME
            case "*":
                return left * right % PRIME
            case _:
                return left * self.power(right, -1) % PRIME

    def power(self, base: int, exponent: int) -> int:
        signed = exponent if exponent <= PRIME // 2 else exponent - PRIME
        if signed < 0 and not base % PRIME:
            raise UndecidedError
        return pow(base, signed, PRIME)

    def call(self, name: str, argument: int) -> int:
        raise UndecidedError(name, argument)


def is_rational(node: Node, variables: Collection[str]) -> bool:
    """Whether ``node`` is a rational function of the variables, pi and e, not of huge degree."""
    degree = 1
    for part in parts(node):
        if isinstance(part, Call):
            return False
        if isinstance(part, Power):
            exponent = _whole(part.exponent)
            if exponent is None or _is_euler(part.base, variables):
                return False
            degree *= max(abs(exponent), 1)
    return degree <= _LARGEST_DEGREE


def _is_euler(node: Node, variables: Collection[str]) -> bool:
    return isinstance(node, Symbol) and node.name == "e" and "e" not in variables


def _whole(node: Node) -> int | None:
    """The whole number that is written there, perhaps with a sign."""
    sign, inner = (1, node) if isinstance(node, Numeral) else (-1, getattr(node, "operand", None))
    if not isinstance(inner, Numeral) or inner.value.denominator > 1:
        return None
    return sign * inner.value.numerator


def values(node: Node, variables: Collection[str], seed: str, count: int) -> list[int | None]:
    """``node`` at ``count`` places that depend on ``seed``; None where it has a pole."""
    rng = Random(seed)
    found: list[int | None] = []
    arithmetic = Modular(rng)
    for _ in range(count):
        place = {name: rng.randrange(PRIME) for name in variables}
        try:
            found.append(evaluate(node, arithmetic, place))
        except UndecidedError:
            found.append(None)
    return found
