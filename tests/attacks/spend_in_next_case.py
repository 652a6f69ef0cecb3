def solve(xs):
    while not xs:
        pass
    return sum(x * x for x in xs)
