import numpy as np


def solve(x):
    ring = np.empty(2, dtype=object)
    ring[0] = ring
    return [[np.float64(1)], np.array(5), [np.zeros((2, 0))], ring]
