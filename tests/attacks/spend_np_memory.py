import numpy as np


def solve(x):
    kept = []
    for make in (
        lambda: np.ones(1 << 27),
        lambda: np.empty((1 << 14, 1 << 14)),
        lambda: np.outer(np.ones(1 << 14), np.ones(1 << 14)),
        lambda: np.arange(1 << 30),
        lambda: np.random.default_rng(0).random(1 << 28),
    ):
        try:
            kept.append(make())
        except MemoryError:
            pass
    return np.ones(1 << 28)
