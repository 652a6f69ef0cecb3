"""Values as an author writes them, as Python literals: ``[1, 2.5]``, ``{'a': None}``, ``-inf``,
``array([[1, 2], [3, 4]])``. Nothing is evaluated.
"""

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from types import EllipsisType

from quizapp.domain.programs.comparison import exact_key
from quizapp.domain.programs.sources import ProgramFaultError, parsed_expression
from quizapp.domain.programs.values import (
    DEEPEST,
    MOST_BITS,
    Array,
    Items,
    Pairs,
    Value,
    is_number,
)

_NAMES: Mapping[str, float] = {"inf": math.inf, "nan": math.nan}


class LiteralError(Exception):
    """The text is no literal; the message says why, to its author."""


def read_literal(text: str) -> Value:
    """The value that ``text`` writes. Raises LiteralError."""
    try:
        node = parsed_expression(text)
    except ProgramFaultError as error:
        raise LiteralError(f"This is no Python value: {error}") from error
    return _value(node, 0)


def _value(node: ast.expr, depth: int) -> Value:
    if depth > DEEPEST:
        raise LiteralError(f"This is nested more than {DEEPEST} deep.")
    reader = _READERS.get(type(node))
    if reader is None:
        raise _misfit(node)
    return reader(node, depth)


def _misfit(node: ast.expr) -> LiteralError:
    if isinstance(node, ast.Name):
        quoted = f"\"'{node.id}'\""
        return LiteralError(f"`{node.id}` is no value. Text stands between quotes: {quoted}.")
    return LiteralError(
        f"`{_excerpt(node)}` is not a value written out. Write numbers, quoted text, None, True,"
        " False, inf, nan, or a list, tuple, set, dict or array([...]) of them."
    )


def _excerpt(node: ast.expr) -> str:
    try:
        text = ast.unparse(node)
    except RecursionError:
        text = "…"
    return text if len(text) <= 60 else f"{text[:60]}…"


def _constant(node: ast.expr, depth: int) -> Value:  # noqa: ARG001 - as all readers
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, EllipsisType):
        raise _misfit(node)
    if isinstance(value, int) and value.bit_length() >= MOST_BITS:
        raise LiteralError(f"A whole number may have fewer than {MOST_BITS:,} bits.")
    return value


def _name(node: ast.expr, depth: int) -> Value:  # noqa: ARG001 - as all readers
    if isinstance(node, ast.Name) and node.id in _NAMES:
        return _NAMES[node.id]
    raise _misfit(node)


def _signed(node: ast.expr, depth: int) -> Value:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        value = _value(node.operand, depth + 1)
        if is_number(value):
            return -value if isinstance(node.op, ast.USub) else value
    raise _misfit(node)


def _sum(node: ast.expr, depth: int) -> Value:
    """A complex number: ``1 - 2j``."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        real, imaginary = _value(node.left, depth + 1), _value(node.right, depth + 1)
        if isinstance(real, int | float) and is_number(real) and isinstance(imaginary, complex):
            try:
                return real + imaginary if isinstance(node.op, ast.Add) else real - imaginary
            except OverflowError as error:
                raise _misfit(node) from error
    raise _misfit(node)


def _items(node: ast.expr, depth: int) -> Value:
    if isinstance(node, ast.Set):
        return _set(node, depth)
    if isinstance(node, ast.Tuple):
        return Items("tuple", _values(node.elts, depth))
    return Items("list", _values(node.elts, depth)) if isinstance(node, ast.List) else None


def _values(nodes: Sequence[ast.expr], depth: int) -> tuple[Value, ...]:
    return tuple(_value(each, depth + 1) for each in nodes)


def _set(node: ast.Set, depth: int) -> Value:
    members = {exact_key(each): each for each in _values(node.elts, depth)}
    for member in members.values():
        _refuse_unhashable(member)
    return Items("set", tuple(members.values()))


def _dict(node: ast.expr, depth: int) -> Value:
    found: dict[str, tuple[Value, Value]] = {}
    for key_node, value_node in zip(node.keys, node.values, strict=True):  # type: ignore[attr-defined]
        if key_node is None:
            raise _misfit(value_node)
        key = _value(key_node, depth + 1)
        _refuse_unhashable(key)
        if exact_key(key) in found:
            raise LiteralError(f"The key `{_excerpt(key_node)}` stands here twice.")
        found[exact_key(key)] = (key, _value(value_node, depth + 1))
    return Pairs(tuple(found.values()))


def _refuse_unhashable(value: Value) -> None:
    """Raises LiteralError for what Python takes neither into a set nor as a key."""
    is_tuple = isinstance(value, Items) and value.kind == "tuple"
    if isinstance(value, Items) and is_tuple:
        for member in value.values:
            _refuse_unhashable(member)
    elif isinstance(value, Items | Pairs | Array):
        raise LiteralError("A list, set, dict or array can be no member of a set and no key.")


def _call(node: ast.expr, depth: int) -> Value:
    """``set()`` and ``array([...])``."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        if node.func.id == "set" and not node.args:
            return Items("set", ())
        if node.func.id == "array" and len(node.args) == 1:
            return _array(_value(node.args[0], depth + 1))
    raise _misfit(node)


def _array(value: Value) -> Array:
    shape: list[int] = []
    level: tuple[Value, ...] = (value,)
    while level and all(isinstance(each, Items) for each in level):
        rows = [each.values for each in level if isinstance(each, Items) and each.kind != "set"]
        lengths = {len(row) for row in rows}
        if len(rows) < len(level) or len(lengths) > 1:
            raise LiteralError("The rows of an array are lists of the same length.")
        shape.extend(lengths)
        level = tuple(each for row in rows for each in row)
    if not all(isinstance(each, bool) or is_number(each) for each in level):
        raise LiteralError("An array holds numbers, or True and False, in rows of one length.")
    return Array(tuple(shape), level)


_READERS: Mapping[type[ast.expr], Callable[[ast.expr, int], Value]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.UnaryOp: _signed,
    ast.BinOp: _sum,
    ast.List: _items,
    ast.Tuple: _items,
    ast.Set: _items,
    ast.Dict: _dict,
    ast.Call: _call,
}
