"""Pairs of expressions by chance, and SymPy's word on whether they are equal."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import sympy

NAMES = ("x", "y")
_POINTS = ((0.37, 1.21), (1.73, 0.58), (2.9, 3.3))
_PRECISION = 40
Rewriting = Callable[[Any], Any]

REWRITINGS: tuple[Rewriting, ...] = (
    sympy.expand,
    sympy.factor,
    sympy.together,
    sympy.cancel,
    sympy.expand_trig,
    sympy.expand_log,
    sympy.logcombine,
    sympy.powsimp,
    sympy.powdenest,
    sympy.radsimp,
    lambda each: each.rewrite(sympy.tan),
    lambda each: each.rewrite(sympy.tanh, sympy.exp),
    lambda each: each.rewrite(sympy.cos),
)

_QUICK = (sympy.expand_trig, sympy.expand_log, sympy.powsimp)
"""Those that bear exponents such as 2.0000000001, of which polynomials of huge degree come."""


@dataclass(frozen=True)
class Pair:
    """Two texts, where the variables lie, and whether the two are equal there."""

    left: str
    right: str
    variables: Mapping[str, str]
    is_equal: bool


def pairs(seed: int, count: int) -> list[Pair]:
    """So many pairs, half of them equal; the same for the same ``seed``."""
    rng = Random(seed)
    half = count // 2
    equal = (_equal(rng) for _ in iter(int, 1))
    unequal = (_unequal(rng) for _ in iter(int, 1))
    return [*_first(equal, half), *_first(unequal, count - half)]


def _first(found: Iterator[Pair | None], count: int) -> list[Pair]:
    kept: list[Pair] = []
    while len(kept) < count:
        if pair := next(found):
            kept.append(pair)
    return kept


def _equal(rng: Random) -> Pair | None:
    """An expression and the same rewritten; None when nothing came of it."""
    range_of, symbols = _symbols(rng)
    start = _drawn(rng, symbols, rng.choice((2, 2, 3)))
    end = start
    for _ in range(rng.randint(1, 3)):
        end = rng.choice(REWRITINGS)(end)
    return _judged(rng, start, end, range_of)


def _unequal(rng: Random) -> Pair | None:
    """An expression, and the same with one sign, number, exponent or function changed."""
    range_of, symbols = _symbols(rng)
    start = _drawn(rng, symbols, rng.choice((2, 2, 3)))
    parts = [each for each in sympy.postorder_traversal(start) if _is_changeable(each)]
    if not parts:
        return None
    part = rng.choice(parts)
    end = start.xreplace({part: _changed(rng, part)})
    pair = _judged(rng, start, rng.choice(_QUICK)(end), range_of)
    return pair if pair and not pair.is_equal else None


def _symbols(rng: Random) -> tuple[str, list[Any]]:
    range_of = rng.choice(["real", "positive"])
    return range_of, [sympy.Symbol(name, **{range_of: True}) for name in NAMES]


def _drawn(rng: Random, symbols: list[Any], depth: int) -> Any:
    x = rng.choice(symbols) if rng.random() < 0.3 else symbols[0]
    if not depth:
        return rng.choice([x, x, x**2, 2 * x, x + 1, sympy.Integer(3), sympy.Rational(1, 2)])
    inner, other = (_drawn(rng, symbols, depth - 1) for _ in range(2))
    match rng.randrange(9):
        case 0 | 1:
            return inner + other
        case 2 | 3:
            return inner * other
        case 4:
            return inner / (1 + other**2)
        case 5:
            return inner ** rng.choice([2, 3, -1])
        case 6:
            return rng.choice([sympy.sin, sympy.cos, sympy.tanh, sympy.atan])(inner)
        case 7:
            return sympy.exp(rng.choice([-1, 1, 2]) * inner)
        case _:
            return rng.choice([sympy.log, sympy.sqrt])(1 + inner**2)


def _is_changeable(part: Any) -> bool:
    is_number = part.is_Rational and part not in (0, -1)
    return bool(is_number or part.is_Symbol or part.func in _SWAPPED)


_SWAPPED = {sympy.sin: sympy.cos, sympy.cos: sympy.sin, sympy.exp: sympy.cosh}


def _changed(rng: Random, part: Any) -> Any:
    if part.func in _SWAPPED:
        return _SWAPPED[part.func](*part.args)
    nearly = part * (1 + sympy.Rational(1, 10**10))
    return rng.choice([-part, part + 1, 2 * part, part**2 if part.is_Symbol else nearly, nearly])


def _judged(rng: Random, start: Any, end: Any, range_of: str) -> Pair | None:
    """SymPy's judgement, by its own numbers; None where the two cannot be written here."""
    if start == end or not start.free_symbols or not all(map(_is_writable, (start, end))):
        return None
    values = [(_value(start, point), _value(end, point)) for point in _POINTS]
    if not all(each.is_Float for both in values for each in both):
        return None
    is_equal = all(abs(one - two) < 1e-25 * max(1, abs(one)) for one, two in values)
    variables = dict.fromkeys(NAMES, range_of)
    return Pair(_written(rng, start), _written(rng, end), variables, is_equal)


def _value(each: Any, point: tuple[float, float]) -> Any:
    at = {s: sympy.Rational(str(point[NAMES.index(s.name)])) for s in each.free_symbols}
    return each.evalf(_PRECISION, subs=at)


def _is_writable(each: Any) -> bool:
    known = not each.has(sympy.I, sympy.nan, sympy.zoo, sympy.oo, sympy.Piecewise, sympy.arg)
    return known and len(str(each)) < 90


def _written(rng: Random, each: Any) -> str:
    """``each`` as some learner writes it: terms and factors in any order, signs of any kind."""
    if each.is_Add or each.is_Mul:
        args = [_written(rng, arg) for arg in rng.sample(each.args, len(each.args))]
        sign = "+" if each.is_Add else rng.choice("*·×")
        return sign.join(f"({arg})" for arg in args)
    if each.is_Pow:
        return f"({_written(rng, each.base)}){rng.choice(['^', '**'])}({_written(rng, each.exp)})"
    if isinstance(each, sympy.exp) and rng.random() < 0.5:
        return f"e^({_written(rng, each.args[0])})"
    if each.is_Function:
        return f"{each.func.__name__}({_written(rng, each.args[0])})"
    return str(each)
