def solve(xs):
    while True:
        print("x" * (1 << 20))
