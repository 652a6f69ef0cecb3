import sys


def solve(xs):
    found, bucket = [], 1 << 14
    at = 0
    while len(found) < 2_000:
        at += 1
        if hash(str(at)) % bucket == 0:
            found.append(str(at))
        if at > 10**8:
            break
    return {key: sys.maxsize for key in found}
