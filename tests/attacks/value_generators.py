import itertools


def endless():
    while True:
        yield 78


def solve(xs):
    return [endless(), itertools.count(), range(10**18), map(abs, itertools.repeat(1)), zip(endless(), endless())]
