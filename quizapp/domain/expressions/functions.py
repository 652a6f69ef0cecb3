"""The functions that an expression may call, and what else people call them."""

from collections.abc import Mapping

CONSTANTS = frozenset(("pi", "e"))

_TEX: Mapping[str, str] = {
    **{name: rf"\{name}" for name in ("sin", "cos", "tan", "cot", "sec", "csc")},
    **{name: rf"\{name}" for name in ("sinh", "cosh", "tanh", "arcsin", "arccos", "arctan")},
    **{name: rf"\{name}" for name in ("exp", "ln")},
    **{name: rf"\operatorname{{{name}}}" for name in ("arsinh", "arcosh", "artanh")},
    "log2": r"\log_{2}",
    "log10": r"\log_{10}",
    "sigmoid": r"\operatorname{sigmoid}",
    "relu": r"\operatorname{ReLU}",
    "sign": r"\operatorname{sgn}",
    "sqrt": r"\sqrt",
    "cbrt": r"\sqrt[3]",
    "abs": r"\left|",
}
FUNCTIONS = frozenset(_TEX)
ALIASES: Mapping[str, str] = {
    "log": "ln",
    "sgn": "sign",
    "cosec": "csc",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "asinh": "arsinh",
    "acosh": "arcosh",
    "atanh": "artanh",
    "arcsinh": "arsinh",
    "arccosh": "arcosh",
    "arctanh": "artanh",
}
"""Other names of functions; ``log`` is the natural one, and is shown as ``ln``."""
WITH_POWERS = FUNCTIONS - {"sqrt", "cbrt", "abs", "sign", "relu", "sigmoid", "exp"}
"""Functions whose power may stand behind the name: ``sin^2 x``."""
WITH_KINKS = frozenset(("abs", "sign", "relu", "sqrt", "cbrt"))
"""Functions of which a formula may consist of pieces."""


def known_function(name: str) -> str | None:
    """The function that people call ``name``."""
    found = ALIASES.get(name, name)
    return found if found in FUNCTIONS else None


def tex_of(function: str) -> str:
    """The function's name in LaTeX."""
    return _TEX[function]
