while True:
    pass


def solve(xs):
    return sum(x * x for x in xs)
