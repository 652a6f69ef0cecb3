"""Formulas that authors write: read and evaluated by code of ours, never by Python's ``eval``.

They compute with exact fractions for as long as that is possible, and a formula of whatever
content takes milliseconds (see docs/decisions/0016-formulas-of-our-own.md).
"""

from quizapp.domain.formulas.budget import Budget
from quizapp.domain.formulas.errors import FormulaError
from quizapp.domain.formulas.formula import Formula, read_formula
from quizapp.domain.formulas.parser import RESERVED
from quizapp.domain.formulas.placeholders import Placeholder, fill, placeholders
from quizapp.domain.formulas.storage import restored, stored
from quizapp.domain.formulas.values import Value

__all__ = [
    "RESERVED",
    "Budget",
    "Formula",
    "FormulaError",
    "Placeholder",
    "Value",
    "fill",
    "placeholders",
    "read_formula",
    "restored",
    "stored",
]
