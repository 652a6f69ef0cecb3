"""The parts of a formula that was read; ``column`` says where an error of the part is shown."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias


@dataclass(frozen=True)
class Constant:
    """A number, or true or false."""

    column: int
    value: Fraction | float | bool


@dataclass(frozen=True)
class Name:
    """A parameter."""

    column: int
    name: str


@dataclass(frozen=True)
class Prefix:
    """``-`` or ``not`` before something."""

    column: int
    symbol: str
    operand: "Node"


@dataclass(frozen=True)
class Operand:
    """What stands to the right of an operator, with the operator and its column."""

    column: int
    symbol: str
    node: "Node"


@dataclass(frozen=True)
class Chain:
    """Operators of one rank from left to right: ``a - b + c``. A long one is wide, not deep."""

    column: int
    first: "Node"
    rest: tuple[Operand, ...]


@dataclass(frozen=True)
class Comparison:
    """``a < b <= c``: every neighbour is compared."""

    column: int
    first: "Node"
    rest: tuple[Operand, ...]


@dataclass(frozen=True)
class Junction:
    """``and`` or ``or`` between any number of statements."""

    column: int
    symbol: str
    operands: tuple["Node", ...]


@dataclass(frozen=True)
class Listing:
    """``[a, b]``."""

    column: int
    entries: tuple["Node", ...]


@dataclass(frozen=True)
class Call:
    """A function of our table."""

    column: int
    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True)
class Conditional:
    """``if(condition, when true, otherwise)``."""

    column: int
    condition: "Node"
    consequent: "Node"
    alternative: "Node"


Node: TypeAlias = (
    Constant | Name | Prefix | Chain | Comparison | Junction | Listing | Call | Conditional
)
