MARK = b"".join([b"left", b"over", b"mark"]) * 100


def dirty():
    import array

    found = 0
    for size in (1 << 12, 1 << 16, 1 << 20, 1 << 23):
        fresh = array.array("b").__class__("b", [0]) * 1
        raw = bytearray(size)
        found += MARK in bytes(raw) + fresh.tobytes()
        raw[:] = (MARK * (size // len(MARK) + 1))[:size]
    return found


FOUND = dirty()
kept = [MARK * 100 for _ in range(100)]
del kept


def solve(xs):
    assert not FOUND
    return sum(x * x for x in xs)
