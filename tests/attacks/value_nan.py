def solve(xs):
    return float("nan")
