"""An expression as it was understood: in LaTeX to be looked at, in plain text to be said."""

import re

from quizapp.domain.expressions.functions import WITH_POWERS, tex_of
from quizapp.domain.expressions.syntax import Call, Chain, Negative, Node, Numeral, Power, Symbol

_GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau"
    " upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split()
)
_NAME = re.compile(r"([A-Za-z]+?)(?:_([A-Za-z0-9]+)|([0-9]+))?")
_SUM, _PRODUCT, _POWER, _ATOM = range(4)


def to_tex(node: Node) -> str:
    """``node`` in LaTeX, with brackets wherever another reading would be possible."""
    match node:
        case Numeral():
            return node.text
        case Symbol():
            return _tex_name(node.name)
        case Negative():
            return f"-{_tex_in(node.operand, _PRODUCT)}"
        case Chain():
            return _tex_sum(node) if node.is_sum else _tex_product(node)
        case Power():
            return _tex_power(node)
        case Call():
            return _tex_call(node, "")


def _rank(node: Node) -> int:
    match node:
        case Negative():
            return _SUM
        case Chain():
            return _SUM if node.is_sum else _PRODUCT
        case Power():
            return _POWER
        case _:
            return _ATOM


def _tex_in(node: Node, least: int) -> str:
    """``node`` within something that binds as strongly as ``least``."""
    text = to_tex(node)
    return text if _rank(node) >= least else rf"\left({text}\right)"


def _tex_sum(node: Chain) -> str:
    first = node.first
    text = to_tex(first) if isinstance(first, Negative) else _tex_in(first, _PRODUCT)
    for operand in node.rest:
        text += f" {operand.symbol} {_tex_in(operand.node, _PRODUCT)}"
    return text


def _tex_product(node: Chain) -> str:
    """Factors side by side; a slash makes a fraction of all that stands before it."""
    is_fraction_next = node.rest[0].symbol == "/"
    text = to_tex(node.first) if is_fraction_next else _tex_in(node.first, _PRODUCT)
    for operand in node.rest:
        if operand.symbol == "/":
            text = rf"\frac{{{text}}}{{{to_tex(operand.node)}}}"
        else:
            right = _tex_in(operand.node, _POWER)
            between = r"\cdot" if right[0].isdigit() else r"\,"
            text = f"{text} {between} {right}"
    return text


def _tex_power(node: Power) -> str:
    exponent = to_tex(node.exponent)
    base = node.base
    if isinstance(base, Call) and base.name in WITH_POWERS and _is_whole(node.exponent):
        return _tex_call(base, f"^{{{exponent}}}")
    is_bare = isinstance(base, Symbol | Numeral)
    text = to_tex(base) if is_bare else rf"\left({to_tex(base)}\right)"
    return f"{text}^{{{exponent}}}"


def _is_whole(node: Node) -> bool:
    return isinstance(node, Numeral) and node.value.denominator == 1


def _tex_call(node: Call, power: str) -> str:
    argument, name = to_tex(node.argument), tex_of(node.name)
    if node.name == "abs":
        return rf"\left|{argument}\right|"
    if node.name in ("sqrt", "cbrt"):
        return f"{name}{{{argument}}}"
    return rf"{name}{power}\left({argument}\right)"


def _tex_name(name: str) -> str:
    if name == "e":
        return r"\mathrm{e}"
    found = _NAME.fullmatch(name)
    base, index = (found[1], found[2] or found[3]) if found else (name, None)
    text = base if len(base) == 1 else rf"\{base}" if base in _GREEK else rf"\mathrm{{{base}}}"
    return f"{text}_{{{index}}}" if index else text


def to_plain(node: Node) -> str:
    """``node`` in one line that is read as the same again."""
    match node:
        case Numeral():
            return node.text
        case Symbol():
            return node.name
        case Negative():
            return f"-{_plain_in(node.operand, _PRODUCT)}"
        case Chain():
            least = _PRODUCT if node.is_sum else _POWER
            first = node.first
            text = _plain_in(first, _SUM if isinstance(first, Negative) and node.is_sum else least)
            pieces = (f" {each.symbol} {_plain_in(each.node, least)}" for each in node.rest)
            return text + "".join(pieces)
        case Power():
            return f"{_plain_in(node.base, _ATOM)}^{_plain_in(node.exponent, _ATOM)}"
        case Call():
            return f"{node.name}({to_plain(node.argument)})"


def _plain_in(node: Node, least: int) -> str:
    text = to_plain(node)
    return text if _rank(node) >= least else f"({text})"
