import numpy as np


def solve(x):
    return [
        np.array([object(), [1], None], dtype=object),
        np.zeros(3, dtype=[("a", "f8"), ("b", "O")]),
        np.array(["a", "b" * 1000]),
        np.array(["2020-01-01"], dtype="M8[D]"),
        np.zeros(2, dtype="V1000000"),
        np.array([b"x"]),
        np.ma.masked_array([1, 2], mask=[1, 0]),
        np.matrix([[1.0]]),
        np.recarray((1,), dtype=[("x", int)]),
    ]
