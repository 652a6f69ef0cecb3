import gc


class Phoenix:
    def __init__(self):
        self.me = self
        self.load = bytearray(1 << 16)

    def __del__(self):
        kept.append(Phoenix())
        kept.append(Phoenix())


kept = []


def solve(xs):
    Phoenix()
    while True:
        kept.clear()
        gc.collect()
