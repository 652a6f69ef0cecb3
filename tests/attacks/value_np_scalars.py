import numpy as np


def solve(x):
    return np.array([np.nan, np.inf, -np.inf])
