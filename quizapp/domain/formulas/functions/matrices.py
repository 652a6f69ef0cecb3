"""Linear algebra, exact over fractions."""

from fractions import Fraction

from quizapp.domain.formulas.arithmetic import Arithmetic
from quizapp.domain.formulas.errors import FormulaError
from quizapp.domain.formulas.functions.function import (
    Function,
    matrix,
    metered,
    plain,
    square,
    vector,
)
from quizapp.domain.formulas.values import (
    Matrix,
    Number,
    Value,
    Vector,
    check_size,
    is_vector,
    root,
    to_float,
)

_NEGLIGIBLE = 1e-12
"""A float pivot is zero when it is this small beside the largest entry."""


def _dot(arithmetic: Arithmetic, left: Vector, right: Vector) -> Number:
    if len(left) != len(right):
        raise FormulaError("The two lists must be as long.")
    return arithmetic.dot(left, right)


def _norm(arithmetic: Arithmetic, entries: Vector) -> Number:
    return root(arithmetic.dot(entries, entries))


def _transpose(rows: Matrix) -> Matrix:
    return tuple(zip(*rows, strict=True))


def _product(arithmetic: Arithmetic, left: Matrix, right: Matrix | Vector) -> Value:
    if len(left[0]) != len(right):
        raise FormulaError(f"{len(left[0])} columns cannot meet {len(right)} rows.")
    if is_vector(right):
        return tuple(arithmetic.dot(row, right) for row in left)
    columns = tuple(zip(*right, strict=True))
    check_size(len(left), len(columns))
    return tuple(tuple(arithmetic.dot(row, column) for column in columns) for row in left)


def _trace(arithmetic: Arithmetic, rows: Matrix) -> Number:
    return arithmetic.total(tuple(row[place] for place, row in enumerate(rows)))


def _determinant(arithmetic: Arithmetic, rows: Matrix) -> Number:
    return _reduced(arithmetic, [list(row) for row in rows])


def _inverse(arithmetic: Arithmetic, rows: Matrix) -> Matrix:
    units = (
        [Fraction(int(row == column)) for column in range(len(rows))] for row in range(len(rows))
    )
    beside = [[*row, *unit] for row, unit in zip(rows, units, strict=True)]
    if not _reduced(arithmetic, beside):
        raise FormulaError("This matrix has no inverse: its determinant is 0.")
    return tuple(tuple(row[len(rows) :]) for row in beside)


def _solution(arithmetic: Arithmetic, rows: Matrix, wanted: Vector) -> Vector:
    if len(rows) != len(wanted):
        raise FormulaError("The list must be as long as the matrix has rows.")
    beside = [[*row, entry] for row, entry in zip(rows, wanted, strict=True)]
    if not _reduced(arithmetic, beside):
        raise FormulaError("This has no single solution: the determinant is 0.")
    return tuple(row[-1] for row in beside)


def _reduced(arithmetic: Arithmetic, rows: list[list[Number]]) -> Number:
    """The determinant of the square on the left, which becomes the unit matrix unless it is 0.

    Gauss and Jordan's elimination, on ``rows`` itself.
    """
    determinant: Number = Fraction(1)
    largest = max(_size(entry) for row in rows for entry in row)
    for place in range(len(rows)):
        best = max(range(place, len(rows)), key=lambda row: _size(rows[row][place]))
        pivot = rows[best][place]
        if not pivot or (
            isinstance(pivot, float) and abs(pivot) <= _NEGLIGIBLE * to_float(largest)
        ):
            return Fraction(0)
        sign = Fraction(1 if best == place else -1)
        rows[place], rows[best] = rows[best], rows[place]
        determinant = arithmetic.multiply(determinant, arithmetic.multiply(sign, pivot))
        _clear_column(arithmetic, rows, place)
    return determinant


def _size(entry: Number) -> Number:
    return -entry if entry < 0 else entry


def _clear_column(arithmetic: Arithmetic, rows: list[list[Number]], place: int) -> None:
    pivot = rows[place][place]
    rows[place] = [arithmetic.divide(entry, pivot) for entry in rows[place]]
    for row, entries in enumerate(rows):
        factor = entries[place]
        if row != place and factor:
            rows[row] = [
                arithmetic.subtract(entry, arithmetic.multiply(factor, other))
                for entry, other in zip(entries, rows[place], strict=True)
            ]


def _factor(value: Value) -> Matrix | Vector:
    return vector(value) if is_vector(value) else matrix(value)


MATRICES: dict[str, Function] = {
    "dot": metered(_dot, vector, vector),
    "norm": metered(_norm, vector),
    "transpose": plain(_transpose, matrix),
    "matmul": metered(_product, matrix, _factor),
    "trace": metered(_trace, square),
    "det": metered(_determinant, square),
    "inverse": metered(_inverse, square),
    "solve": metered(_solution, square, vector),
}
