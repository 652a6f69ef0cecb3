"""How much work it is to compute an expression, and how much may be done."""

from collections.abc import Mapping

from quizapp.domain.expressions.syntax import Call, Node, Numeral, Power, parts

MAXIMUM_COST = 1600
"""Of one expression, for one value with 60 digits."""
_CALLS: Mapping[str, int] = {
    **dict.fromkeys(("abs", "sign", "relu", "sqrt"), 8),
    **dict.fromkeys(("exp", "sin", "cos"), 35),
    **dict.fromkeys(("cbrt", "arsinh", "arcosh"), 140),
}
_CALL, _POWER, _WHOLE_POWER, _PART = 90, 120, 20, 4


def cost(node: Node) -> int:
    """Microseconds, about, for one value with 60 digits."""
    return sum(map(_cost_of_part, parts(node)))


def _cost_of_part(part: Node) -> int:
    match part:
        case Call():
            return _CALLS.get(part.name, _CALL)
        case Power():
            return _WHOLE_POWER if isinstance(part.exponent, Numeral) else _POWER
        case _:
            return _PART


class Work:
    """What one comparison may still cost, in microseconds."""

    def __init__(self, amount: int) -> None:
        self._left = amount

    def may_spend(self, amount: int) -> bool:
        """Whether so much was left, which is now spent."""
        if amount > self._left:
            return False
        self._left -= amount
        return True
