"""Algebraic expressions of learners: read forgivingly, shown as understood, compared by value.

See docs/decisions/0017-expressions-by-evaluation.md.
"""

from quizapp.domain.expressions.equivalence import are_equal, differ_by_a_constant, has_values
from quizapp.domain.expressions.functions import known_function
from quizapp.domain.expressions.notation import Notation, Understood
from quizapp.domain.expressions.ranges import Range, read_range
from quizapp.domain.expressions.syntax import Node
from quizapp.domain.expressions.tokens import MAXIMUM_LENGTH
from quizapp.domain.expressions.writing import to_plain, to_tex

__all__ = [
    "MAXIMUM_LENGTH",
    "Node",
    "Notation",
    "Range",
    "Understood",
    "are_equal",
    "differ_by_a_constant",
    "has_values",
    "known_function",
    "read_range",
    "to_plain",
    "to_tex",
]
