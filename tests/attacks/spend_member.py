import itertools


def solve(xs):
    return -1 in itertools.repeat(0)
