import sys


def solve(xs):
    while True:
        sys.stdout.write("x")
        sys.stdout.flush()
