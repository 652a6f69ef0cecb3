def solve(xs):
    for _ in range(3):
        made = bytearray(80 << 20)
        made[::4096] = b"x" * len(made[::4096])
        del made
    return sum(x * x for x in xs)
