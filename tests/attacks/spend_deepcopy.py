import copy


class Doubling:
    def __init__(self, level):
        self.level = level

    def __deepcopy__(self, memo):
        return [copy.deepcopy(Doubling(self.level + 1)), copy.deepcopy(Doubling(self.level + 1))]


def solve(xs):
    return copy.deepcopy(Doubling(0))
