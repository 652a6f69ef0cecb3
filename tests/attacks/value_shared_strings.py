def solve(xs):
    return ["x" * (1 << 20)] * 100_000
