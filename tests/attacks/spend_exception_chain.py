def solve(xs):
    first = last = ValueError("x" * 1_000)
    for _ in range(100_000):
        made = ValueError("y" * 100)
        made.__context__ = made.__cause__ = last
        last = made
    first.__cause__ = last
    raise last
