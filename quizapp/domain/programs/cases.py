"""What an author writes to test a program: cases in groups, and how values are compared."""

from functools import cached_property
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, StringConstraints

from quizapp.domain.programs.literals import LiteralError, read_literal
from quizapp.domain.programs.values import Value
from quizapp.domain.question import Content, Line, Storable

MOST_GROUPS = 12
MOST_CASES = 50

Source: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=20_000), Storable]
"""A program, of which every space counts."""
Piece: TypeAlias = Annotated[str, StringConstraints(max_length=4_000), Storable]
"""A few lines of a program; empty for none."""


def _written(value: Any) -> Any:
    """YAML's own numbers, booleans, lists and mappings as Python writes them."""
    return repr(value) if isinstance(value, bool | int | float | list | tuple | dict) else value


def _literal(text: str) -> str:
    try:
        read_literal(text)
    except LiteralError as error:
        raise ValueError(str(error)) from error
    return text


LiteralText: TypeAlias = Annotated[
    str,
    BeforeValidator(_written, json_schema_input_type=Any),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000),
    Storable,
    AfterValidator(_literal),
]


class Case(Content):
    """One call of the program, or one content of the tables, and what must come of it."""

    setup: Piece = ""
    """Python: statements before the call, such as `xs = [3, 1]`. SQL: statements that fill the
    tables, after `tables`.
    """
    call: Piece = ""
    """Python: the expression whose value counts, such as `merge([1], [2])`."""
    gives: LiteralText
    """The value as a Python literal: `3`, `[1, 2]`, `'a'`, `None`, `array([[1.0, 2.0]])`; of a
    query the list of its rows, as tuples.
    """

    @cached_property
    def expected(self) -> Value:
        """What ``gives`` says."""
        return read_literal(self.gives)


class CaseGroup(Content):
    """Cases that are run together and passed together, or not at all."""

    name: Line
    """What learners read in the verdict, such as `Empty lists`: it says what is tested."""
    visible: StrictBool = False
    """True shows the cases to learners, who can run them while they write."""
    weight: Annotated[float, Field(ge=0, le=100)] | None = None
    """How much it counts beside the other groups: 1, or 0 if visible, unless written."""
    cases: Annotated[tuple[Case, ...], Field(min_length=1, max_length=MOST_CASES)]
    """One to fifty cases."""

    @property
    def worth(self) -> float:
        """How much it counts beside the other groups."""
        if self.weight is None:
            return 0.0 if self.visible else 1.0
        return self.weight


class Compare(Content):
    """What may differ between the value that is given and the one that must come of it."""

    tolerance: Annotated[float, Field(ge=0, le=1)] = 0.0
    """How far numbers may be off, absolutely or as a share of the right one: `1e-6`."""
    order: Literal["any", "given"] | None = None
    """Whether the order of the outermost list, or of rows, counts: `given` or, for SQL unless
    written, `any`.
    """


class WrongSolution(Content):
    """A program that fails: the tests of this question are good enough if it does."""

    why: Line
    """What is wrong with it, in a sentence."""
    source: Source
    """The whole program."""
