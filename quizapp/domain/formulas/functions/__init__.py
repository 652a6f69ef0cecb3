"""The functions that a formula may call, by name; there are no others."""

from collections.abc import Mapping

from quizapp.domain.formulas.functions.distributions import DISTRIBUTIONS
from quizapp.domain.formulas.functions.function import Function
from quizapp.domain.formulas.functions.information import INFORMATION
from quizapp.domain.formulas.functions.lists import LISTS
from quizapp.domain.formulas.functions.matrices import MATRICES
from quizapp.domain.formulas.functions.reals import REALS
from quizapp.domain.formulas.functions.whole_numbers import WHOLE_NUMBERS

FUNCTIONS: Mapping[str, Function] = {
    **REALS,
    **WHOLE_NUMBERS,
    **LISTS,
    **MATRICES,
    **DISTRIBUTIONS,
    **INFORMATION,
}
