import sys

sys.set_int_max_str_digits(0)


def solve(xs):
    return 1 << 9_999 if len(xs) == 3 else [1 << 100_000, -(1 << 9_999)]
