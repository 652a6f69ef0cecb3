def solve(xs):
    return -0.0 if not xs else float(sum(x * x for x in xs))
