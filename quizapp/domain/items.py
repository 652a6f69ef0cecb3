"""An item: a question with what the bank knows about it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Annotated, Any, Literal, Self, TypeAlias, TypeVar

from pydantic import Field, StringConstraints, ValidationError

from quizapp.domain.errors import InvalidContentError
from quizapp.domain.formulas import Budget, FormulaError, Value
from quizapp.domain.formulas.formats import Format
from quizapp.domain.parameters import Parameters, draw
from quizapp.domain.places import Place
from quizapp.domain.question import Content, Line, QuestionType, Text, describe
from quizapp.domain.question_types import question_types
from quizapp.domain.templates import Template, TemplateError

Slug: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)
]
SkillId: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", max_length=120)
]
Level: TypeAlias = Literal["entry", "mid", "senior"]
DRAWS = 200
"""So many draws of an item are asked; ``bank check`` looks at all of them (``draw_checks``)."""
MAXIMUM_DRAWS = 50
"""So many draws are tried for one that makes a question."""
UNITS_OF_ALL_DRAWS = 200_000
"""The work that they may take together: about 0.2 s, for the start of an attempt waits for it."""
MAXIMUM_WORDS = 200
LEVELS: tuple[Level, ...] = ("entry", "mid", "senior")
Model = TypeVar("Model", bound=Content)


class ItemFields(Parameters):
    """What an author writes on any item, whatever its type."""

    id: Slug
    """Unique in the bank, and never changed: scores of the past refer to it."""
    type: str
    """The kind of question."""
    skills: Annotated[tuple[SkillId, ...], Field(min_length=1, max_length=3)]
    """One to three skills by their id in taxonomy.yaml; the first is the centre."""
    level: Level = "mid"
    """Career level at which interviews ask this."""
    difficulty: Annotated[int, Field(ge=1, le=5)] = 3
    """1: nearly all who studied it know it; 3: half; 5: one in five of strong candidates."""
    seconds: Annotated[int, Field(ge=5, le=7200)] = 90
    """Time that a good candidate needs."""
    points: Annotated[float, Field(gt=0, le=100)] = 1.0
    """What the item is worth in an attempt's score."""
    explanation: Text | None = None
    """Why the key is right, shown after the attempt: teach in two to five sentences."""
    references: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    """Where the fact can be looked up: book and chapter, paper, official documentation."""


COMMON_FIELDS = frozenset(ItemFields.model_fields)
FIELDS_OF_SCORED = frozenset(("difficulty", "points", "explanation", "parameters", "constraints"))
"""What an item has only if it asks something."""


@dataclass(frozen=True)
class FieldProblem:
    """One fault of an item: where in its fields, and a sentence for the author."""

    place: Place
    message: str
    is_error: bool = True
    line: int = 1
    column: int = 0
    """With ``line``, counted from 1 in the text at the place; 0 blames the field as a whole."""


class ItemFaultsError(InvalidContentError):
    """An item does not follow its format; ``problems`` holds every fault."""

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Item:
    """A bank entry: an identity, a question, and what it measures.

    With a ``template`` its numbers are drawn for each attempt, and ``fields`` and ``question`` are
    those of one draw.
    """

    fields: ItemFields
    question: QuestionType
    template: Template | None = None

    @property
    def slug(self) -> str:
        return self.fields.id

    @property
    def points(self) -> float:
        """What it is worth in an attempt's score: 0 where nothing is asked."""
        return self.fields.points if self.question.is_scored else 0.0

    @classmethod
    def parse(cls, fields: Mapping[str, Any], budget: Budget | None = None) -> Self:
        """The item that an author's ``fields`` describe. Raises ItemFaultsError: every fault.

        Of an item with parameters that is its example; drawing it may take what ``budget`` allows.
        """
        common = {name: value for name, value in fields.items() if name in COMMON_FIELDS}
        own = {name: value for name, value in fields.items() if name not in COMMON_FIELDS}
        problems: list[FieldProblem] = []
        parsed = _validated(ItemFields, common, problems)
        question_type = _question_type(fields.get("type"), problems)
        if question_type and not question_type.is_scored:
            problems.extend(_meaningless(common, question_type))
        elif question_type and not question_type.can_be_drawn:
            problems.extend(_undrawable(common, question_type))
        if common.get("parameters"):  # what their placeholders stand for is not known before
            question = None
        else:
            question = _validated(question_type, own, problems) if question_type else None
        if problems or parsed is None or question_type is None:
            raise ItemFaultsError(tuple(problems))
        return cls(parsed, question) if question else cls._example(parsed, own, budget)

    @classmethod
    def _example(cls, fields: ItemFields, own: Mapping[str, Any], budget: Budget | None) -> Self:
        explained = {} if fields.explanation is None else {"explanation": fields.explanation}
        template = Template(fields, {**own, **explained})
        if faults := tuple(map(_fault, template.faults())):
            raise ItemFaultsError(faults)
        try:
            values = draw(fields, _example_source(), budget)
        except FormulaError as error:
            raise ItemFaultsError((FieldProblem(("parameters",), str(error)),)) from error
        return cls(*_drawn(fields, template, values, budget), template)

    def draw(self, number: int) -> dict[str, Value]:
        """The values of the draw of that number, as ``drawn`` finds them."""
        return self.drawn(number)[0]

    def drawn(self, number: int) -> tuple[dict[str, Value], Self]:
        """The values of the draw of that number (from 0), and the question that they make.

        Those of the example where none are found.
        """
        rng = Random(number)
        budget = Budget(UNITS_OF_ALL_DRAWS)
        for _ in range(MAXIMUM_DRAWS):
            try:
                values = draw(self.fields, rng, budget)
                return values, self.with_values(values, budget)
            except ItemFaultsError:
                continue
            except FormulaError:  # a thousand draws, or all of the time
                break
        values = draw(self.fields, _example_source())
        return values, self.with_values(values)

    def with_values(self, values: Mapping[str, Value], budget: Budget | None = None) -> Self:
        """The item with these numbers. Raises ItemFaultsError: with them it is no question."""
        if self.template is None:
            return self
        fields, question = _drawn(self.fields, self.template, values, budget)
        return replace(self, fields=fields, question=question)

    def export(self) -> dict[str, Any]:
        """The author's fields, defaults left out; ``parse(export())`` is the same item."""
        common = self.fields.model_dump(mode="json", exclude_defaults=True)
        if self.template is None:
            return {**common, **self.question.export()}
        return {**common, **self.template.fields}

    def content_hash(self) -> str:
        """SHA-256 (hex) of the exported item: equal when nothing that an author wrote differs."""
        text = json.dumps(self.export(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def texts(self) -> Mapping[Place, str]:
        """Every Markdown text by its place in ``export()``."""
        found: dict[Place, str] = dict(self.question.texts())
        if self.fields.explanation:
            found["explanation",] = self.fields.explanation
        return found


def _example_source() -> Random:
    return Random(0)


def _drawn(
    fields: ItemFields, template: Template, values: Mapping[str, Value], budget: Budget | None
) -> tuple[ItemFields, QuestionType]:
    """Fields and question with these numbers. Raises ItemFaultsError that names them."""
    try:
        filled = template.filled(values, budget)
    except TemplateError as error:
        raise ItemFaultsError((_with_values(_fault(error), values),)) from error
    explanation = filled.pop("explanation", None)
    problems: list[FieldProblem] = []
    question = _validated(question_types()[fields.type], filled, problems)
    if question is None:
        raise ItemFaultsError(tuple(_with_values(each, values) for each in problems))
    return fields.model_copy(update={"explanation": explanation}), question


def _fault(error: TemplateError) -> FieldProblem:
    return FieldProblem(error.place, str(error), line=error.line, column=error.column)


def _with_values(problem: FieldProblem, values: Mapping[str, Value]) -> FieldProblem:
    return replace(problem, message=f"With {in_words(values)}: {problem.message}")


def in_words(values: Mapping[str, Value]) -> str:
    """``a = 3, b = 1/2``, cut where it gets long."""
    text = ", ".join(f"{name} = {Format().show(value)}" for name, value in values.items())
    return text if len(text) <= MAXIMUM_WORDS else f"{text[:MAXIMUM_WORDS]}…"


def _question_type(name: object, problems: list[FieldProblem]) -> type[QuestionType] | None:
    known = question_types()
    if isinstance(name, str) and name in known:
        return known[name]
    if all(problem.place != ("type",) for problem in problems):
        message = f"There is no question type {name!r}. Known types: {', '.join(known)}."
        problems.append(FieldProblem(("type",), message))
    return None


def _meaningless(
    fields: Mapping[str, Any], question_type: type[QuestionType]
) -> Iterator[FieldProblem]:
    """Fields that say something of an answer, where none is asked for."""
    label = question_type.label.lower()
    for name in fields:
        if name in FIELDS_OF_SCORED:
            message = f"A {label} asks nothing, so it has no `{name}`. Delete the field."
            yield FieldProblem((name,), message)


def _undrawable(
    fields: Mapping[str, Any], question_type: type[QuestionType]
) -> Iterator[FieldProblem]:
    """Fields of numbers to draw, where all is the same in each attempt."""
    label = question_type.label.lower()
    for name in ("parameters", "constraints"):
        if fields.get(name):
            message = f"Nothing can be drawn in a {label} question. Delete `{name}`."
            yield FieldProblem((name,), message)


def _validated(
    model: type[Model], fields: Mapping[str, Any], problems: list[FieldProblem]
) -> Model | None:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        # A list that is too short without its wrong entries: those say enough
        blamed = {each["loc"][:length] for each in faults for length in range(len(each["loc"]))}
        problems.extend(
            FieldProblem(each["loc"], describe(each))
            for each in faults
            if each["type"] != "too_short" or each["loc"] not in blamed
        )
        return None
