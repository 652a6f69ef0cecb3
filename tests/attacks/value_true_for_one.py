def solve(xs):
    return True if xs else False
