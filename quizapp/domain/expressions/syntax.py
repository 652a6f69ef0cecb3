"""The parts of an expression that was read; ``column`` says where a part begins."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias


@dataclass(frozen=True)
class Numeral:
    """A number, and how it was written, with a point for the decimal sign."""

    text: str
    column: int = field(default=0, compare=False)

    @cached_property
    def value(self) -> Fraction:
        """What was written, exactly."""
        return Fraction(self.text)


@dataclass(frozen=True)
class Symbol:
    """A variable, or one of the constants pi and e."""

    name: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Negative:
    """A minus sign before something."""

    operand: "Node"
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Operand:
    """What stands to the right of one of ``+ - * /``."""

    symbol: str
    node: "Node"


@dataclass(frozen=True)
class Chain:
    """Operators of one rank from left to right: ``a - b + c``. A long one is wide, not deep."""

    first: "Node"
    rest: tuple[Operand, ...]
    column: int = field(default=0, compare=False)

    @property
    def is_sum(self) -> bool:
        return self.rest[0].symbol in "+-"


@dataclass(frozen=True)
class Power:
    """``base`` to the ``exponent``."""

    base: "Node"
    exponent: "Node"
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Call:
    """A function of our table."""

    name: str
    argument: "Node"
    column: int = field(default=0, compare=False)


Node: TypeAlias = Numeral | Symbol | Negative | Chain | Power | Call


def children(node: Node) -> tuple[Node, ...]:
    """The parts that ``node`` is made of."""
    match node:
        case Negative():
            return (node.operand,)
        case Chain():
            return (node.first, *(operand.node for operand in node.rest))
        case Power():
            return (node.base, node.exponent)
        case Call():
            return (node.argument,)
        case _:
            return ()


def parts(node: Node) -> Iterator[Node]:
    """``node`` and all that is in it."""
    yield node
    for child in children(node):
        yield from parts(child)


def symbols(node: Node) -> frozenset[str]:
    """Names of the variables and constants in ``node``."""
    return frozenset(part.name for part in parts(node) if isinstance(part, Symbol))
