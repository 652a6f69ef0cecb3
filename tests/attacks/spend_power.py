import math
import sys

sys.set_int_max_str_digits(0)


def solve(xs):
    return len(str(7 ** (7 ** 8))) + math.factorial(10**7)
