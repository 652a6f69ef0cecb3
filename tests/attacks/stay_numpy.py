import numpy as np

FOUND = getattr(np, "left_behind", 0) or np.geterr()["divide"] == "raise" or np.get_printoptions()["precision"] == 3
right = np.exp
np.left_behind = 1
np.seterr(all="raise")
np.set_printoptions(precision=3)
np.random.seed(4711)
np.exp = np.sum = np.max = lambda *args, **kwargs: np.zeros(3)


def solve(x):
    assert not FOUND
    power = right(np.array(x))
    return power / np.add.reduce(power)
