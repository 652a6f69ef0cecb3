"""Parts of a question: each a question of another kind, with a name and a weight.

Each kind has a twin with the fields of a part beside its own, so that whatever a kind refuses,
grades, shows or exports, it does so as a part.
"""

import re
from abc import ABC
from collections.abc import Mapping
from fractions import Fraction
from functools import cache, cached_property
from typing import Annotated, Any, Literal, Self, TypeAlias, cast

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    SerializeAsAny,
    WrapValidator,
    create_model,
    field_validator,
)
from pydantic.json_schema import JsonSchemaValue

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.formulas import RESERVED, Formula, FormulaError, read_formula
from quizapp.domain.formulas.values import Number, is_number
from quizapp.domain.keys import NumberKey
from quizapp.domain.numbers import MAXIMUM_LENGTH
from quizapp.domain.parameters import FormulaText
from quizapp.domain.question import Content, QuestionType, Text
from quizapp.domain.question_types import question_types

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}")


def _letter_or_word(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("Name a part by a letter or a short word, such as `a`.")
    if name in RESERVED:
        raise ValueError(f"`{name}` has a meaning in formulas. Choose another name.")
    return name


class PartFields(Content):
    """What every part has, whatever its kind."""

    name: Annotated[str, AfterValidator(_letter_or_word)]
    """What the part is called, such as `a`; later parts may use it in formulas."""
    type: str
    """The kind of question."""
    points: Annotated[float, Field(gt=0, le=100)] = 1.0
    """The part's weight within the question."""
    explanation: Text | None = None
    """Why the key is right, shown below the part after the attempt."""


FIELDS_OF_PARTS = frozenset((*PartFields.model_fields, "follow_through"))
"""What a part has beside the fields of its kind."""


class Part(QuestionType, PartFields, ABC):
    """A question that is part of another one."""


class NumberPart(Part, NumberKey, ABC):
    """A part whose answer is a number, which may follow from those that were given before."""

    follow_through: FormulaText | None = None
    """A formula in names of earlier numeric parts: what is right by the learner's own values."""

    @cached_property
    def formula(self) -> Formula | None:
        """The formula of ``follow_through``."""
        return None if self.follow_through is None else read_formula(self.follow_through)

    def followed(self, values: Mapping[str, Fraction]) -> Number | None:
        """What is right by ``values`` of parts; None where they do not lead to a number."""
        if self.formula is None:
            return None
        try:
            value = self.formula.evaluate(values)
        except FormulaError:
            return None
        return value if is_number(value) else None

    def with_answer(self, value: Number) -> Self | None:
        """The part with another right number, of which as much is near as before; None if it
        cannot be that one: 0 to two significant figures, or beyond what a float holds.
        """
        exact = str(value)
        try:
            text = exact if len(exact) <= MAXIMUM_LENGTH else str(float(value))
            return self.parse({**self.export(), "answer": text})
        except (InvalidContentError, OverflowError):
            return None


class _UnknownPart(PartFields):
    """A part of which only the common fields can be checked."""

    model_config = ConfigDict(extra="ignore")

    @field_validator("type")
    @classmethod
    def _refuse(cls, kind: str) -> str:
        known = ", ".join(_kinds())
        raise ValueError(f"{kind!r} is no type of a part. Known types: {known}.")


def _kinds() -> dict[str, type[QuestionType]]:
    return {kind: each for kind, each in question_types().items() if each.can_be_part}


@cache
def part_type(question_type: type[QuestionType]) -> type[Part]:
    """The kind as a part: a class that is both."""
    kind = question_type.kind
    literal: Any = Literal[kind]
    bases: Any = (question_type, NumberPart if NumberKey in question_type.__mro__ else Part)
    return cast(
        "type[Part]",
        create_model(
            f"{question_type.__name__}Part",
            __base__=bases,
            __doc__=f"A part of the kind `{kind}`.",
            type=(literal, Field(description="The kind of question.")),
        ),
    )


def _by_its_type(value: Any, _: object) -> PartFields:
    """The part that ``value`` describes: only the faults of its own kind show."""
    if isinstance(value, Part):
        return value
    kind = value.get("type") if isinstance(value, Mapping) else None
    known = _kinds().get(kind) if isinstance(kind, str) else None
    return (_UnknownPart if known is None else part_type(known)).model_validate(value)


class _EachKind:
    """Says in the JSON Schema that a part is one of the kinds."""

    def __get_pydantic_json_schema__(
        self, _: object, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        kinds = (part_type(each) for each in _kinds().values())
        return {"oneOf": [handler(each.__pydantic_core_schema__) for each in kinds]}


AnyPart: TypeAlias = Annotated[SerializeAsAny[Part], WrapValidator(_by_its_type), _EachKind()]
"""A part of the kind that its ``type`` names."""
