import numpy as np


def solve(x):
    base = np.zeros(4)
    return np.lib.stride_tricks.as_strided(base, shape=(1 << 16,), strides=(1 << 16,)).sum()
