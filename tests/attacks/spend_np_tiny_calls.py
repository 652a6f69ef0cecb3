import numpy as np


def solve(x):
    base = np.zeros(1)
    endless = np.lib.stride_tricks.as_strided(base, shape=((1 << 27) - 1,), strides=(0,))
    while True:
        endless.sum()
        np.convolve(endless[: 1 << 20], endless[: 1 << 20])
