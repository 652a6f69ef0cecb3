import numpy as np


def solve(x):
    return [np.empty((0, 1 << 30)), np.empty((1 << 30, 0, 1)), np.ones((1,) * 60)]
