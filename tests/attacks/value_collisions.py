def solve(xs):
    modulus = (1 << 31) - 1
    return {modulus * at: at for at in range(1, 3_000)}
