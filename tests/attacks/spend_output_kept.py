import sys


def solve(xs):
    sys.stdout.writelines("" for _ in range(2_000_000))
    sys.stdout.writelines("\n" for _ in range(10_000_000))
    while True:
        sys.stderr.write("\ud800")
