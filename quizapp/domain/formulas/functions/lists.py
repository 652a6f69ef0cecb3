"""What lists of numbers have in common: sums, means, spreads."""

from fractions import Fraction

from quizapp.domain.formulas.arithmetic import Arithmetic
from quizapp.domain.formulas.errors import FormulaError
from quizapp.domain.formulas.functions.function import Function, ListFunction
from quizapp.domain.formulas.values import Number, Vector, root

_TWO = Fraction(2)


def _mean(arithmetic: Arithmetic, numbers: Vector) -> Number:
    return arithmetic.divide(arithmetic.total(numbers), Fraction(len(numbers)))


def _median(arithmetic: Arithmetic, numbers: Vector) -> Number:
    ordered = arithmetic.ordered(numbers)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return arithmetic.divide(arithmetic.add(ordered[middle - 1], ordered[middle]), _TWO)


def _squares(arithmetic: Arithmetic, numbers: Vector) -> Number:
    """The sum of squared distances from the mean."""
    mean = _mean(arithmetic, numbers)
    distances = tuple(arithmetic.subtract(number, mean) for number in numbers)
    return arithmetic.dot(distances, distances)


def _variance(arithmetic: Arithmetic, numbers: Vector) -> Number:
    return arithmetic.divide(_squares(arithmetic, numbers), Fraction(len(numbers)))


def _sample_variance(arithmetic: Arithmetic, numbers: Vector) -> Number:
    if len(numbers) < 2:
        raise FormulaError("A sample variance needs two numbers.")
    return arithmetic.divide(_squares(arithmetic, numbers), Fraction(len(numbers) - 1))


LISTS: dict[str, Function] = {
    "min": ListFunction(lambda arithmetic, numbers: arithmetic.ordered(numbers)[0]),
    "max": ListFunction(lambda arithmetic, numbers: arithmetic.ordered(numbers)[-1]),
    "sum": ListFunction(Arithmetic.total),
    "mean": ListFunction(_mean),
    "median": ListFunction(_median),
    "var": ListFunction(_variance),
    "svar": ListFunction(_sample_variance),
    "sd": ListFunction(lambda arithmetic, numbers: root(_variance(arithmetic, numbers))),
    "ssd": ListFunction(lambda arithmetic, numbers: root(_sample_variance(arithmetic, numbers))),
}
