import collections
import itertools


def solve(xs):
    return collections.deque(itertools.count(), maxlen=0)
