"""How much work one evaluation may be."""

from quizapp.domain.formulas.errors import FormulaError

UNITS_OF_A_FORMULA = 10_000
MAXIMUM_BITS = 4096
"""Exact numbers are exact up to this length of numerator and denominator."""
MAXIMUM_ENTRIES = 100
"""Of a list or a matrix."""


class Budget:
    """Work that may still be done; a unit is about a microsecond.

    What is spent of it is spent of the budget that it is ``within``, too.
    """

    def __init__(self, units: int = UNITS_OF_A_FORMULA, within: "Budget | None" = None) -> None:
        self._left = units
        self._within = within

    def spend(self, units: int) -> None:
        """Raises FormulaError when nothing is left."""
        if self._within is not None:
            self._within.spend(units)
        self._left -= units
        if self._left < 0:
            raise FormulaError("This takes too long to compute. Use smaller numbers or lists.")
