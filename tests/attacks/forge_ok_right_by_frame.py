import builtins
import json
import sys

json.dumps = None
sys.stdout = None
builtins.print = None
sys.setrecursionlimit(10_000)


def solve(xs):
    return sum(x * x for x in xs)
