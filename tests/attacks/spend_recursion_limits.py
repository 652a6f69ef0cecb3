import sys

sys.setrecursionlimit((1 << 31) - 1)


class Step:
    def __init__(self, depth):
        self.depth = depth

    def __repr__(self):
        return repr([Step(self.depth + 1)])


def solve(xs):
    try:
        return repr(Step(0))
    except RecursionError:
        return [repr(Step(0))]
