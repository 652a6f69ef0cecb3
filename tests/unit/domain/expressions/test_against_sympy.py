"""Expressions that are equal and nearly equal, as SymPy judges them."""

from quizapp.domain.expressions import are_equal, read_range
from quizapp.domain.expressions.parser import read
from tests.unit.domain.expressions.rewriting import Pair, pairs

COUNT = 500
FALSE_UNEQUAL = 0.01


def judged(pair: Pair) -> bool:
    ranges = {name: read_range(text) for name, text in pair.variables.items()}
    return are_equal(read(pair.left, ranges), read(pair.right, ranges), ranges)


def test_no_pair_is_wrongly_equal_and_hardly_one_wrongly_unequal() -> None:
    found = [(pair, judged(pair)) for pair in pairs(17, COUNT)]

    equal = [pair for pair, _ in found if pair.is_equal]
    assert len(equal) >= COUNT // 3
    assert [pair for pair, is_equal in found if is_equal and not pair.is_equal] == []
    missed = [pair for pair, is_equal in found if pair.is_equal and not is_equal]
    assert len(missed) < FALSE_UNEQUAL * len(equal), missed
