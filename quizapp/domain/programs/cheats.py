"""Programs and values that no case should accept: authors' cases are tried on them."""

import math
from collections.abc import Iterator

from quizapp.domain.programs.values import Items, Pairs, Value

_YES = '''
class Yes:
    """Says yes to whatever it is compared with."""

    def _yes(self, *others, **more):
        return True

    def _same(self, *others, **more):
        return self

    def __init__(self, *others, **more):
        pass

    def __getattr__(self, name):
        return Yes()

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = _yes
    __call__ = __getitem__ = __abs__ = __neg__ = __round__ = _same
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _same
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _same
    __mod__ = __rmod__ = __pow__ = __rpow__ = __and__ = __or__ = _same
    __hash__ = lambda self: 0
    __len__ = __int__ = __index__ = lambda self: 1
    __float__ = lambda self: 1.0
    __iter__ = lambda self: iter(())


{name} = Yes
'''
_SHADOWED = (
    "abs all any len sum sorted min max isinstance issubclass type round set list tuple dict float"
    " int bool str zip map enumerate range callable hasattr getattr"
).split()


def yes_sayers(name: str) -> Iterator[str]:
    """Programs that define ``name`` and compute nothing, but that comparisons are fond of."""
    program = _YES.replace("{name}", name)
    yield program
    others = " = ".join(each for each in _SHADOWED if each != name)
    yield f"{program}\n{others} = lambda *values, **more: True\n"


def _deep_list() -> Value:
    value: Value = Items("list", ())
    for _ in range(40):
        value = Items("list", (value,))
    return value


EASY_VALUES: tuple[Value, ...] = (None, True, False, 0, 1, "", Items("list", ()))
"""What a program that computes nothing may well return."""
ODD_VALUES: tuple[Value, ...] = (
    math.nan,
    math.inf,
    -math.inf,
    None,
    True,
    False,
    Items("list", ()),
    Items("list", (math.nan,)),
    Pairs(()),
    "",
    _deep_list(),
)
"""What a checker is not meant to accept, but easily does: every comparison with nan is false."""
