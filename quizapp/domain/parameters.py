"""Numbers that are drawn anew for each attempt: what an author declares, and drawing them."""

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Self, TypeAlias

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from quizapp.domain.formulas import (
    RESERVED,
    Budget,
    Formula,
    FormulaError,
    Value,
    read_formula,
)
from quizapp.domain.numbers import read_number
from quizapp.domain.question import Content, Line

MAXIMUM_TRIES = 1000
UNITS_OF_A_DRAW = 50_000
_FURTHEST = 10**12
_MOST_STEPS = 10**9


def _read_formula(text: str) -> str:
    read_formula(text)
    return text


def _free_name(name: str) -> str:
    if name in RESERVED:
        raise ValueError(f"`{name}` has a meaning in formulas. Choose another name.")
    return name


def _readable_number(text: str) -> str:
    if read_number(text) is None:
        raise ValueError(f"{text!r} is not a number.")
    return text


FormulaText: TypeAlias = Annotated[Line, AfterValidator(_read_formula)]
NumberText: TypeAlias = Annotated[Line, AfterValidator(_readable_number)]
ParameterName: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=40),
    AfterValidator(_free_name),
]
Whole: TypeAlias = Annotated[int, Field(ge=-_FURTHEST, le=_FURTHEST)]


class Integers(Content):
    """Whole numbers between two, both included."""

    model_config = ConfigDict(serialize_by_alias=True)

    start: Whole = Field(alias="from")
    """The smallest."""
    to: Whole
    """The largest, if the steps from the smallest meet it."""
    step: Annotated[int, Field(ge=1, le=_FURTHEST)] = 1
    """How far one is from the next."""
    without: Annotated[tuple[Whole, ...], Field(max_length=100)] = Field(default=(), alias="except")
    """Numbers that are never drawn, such as 0."""

    @model_validator(mode="after")
    def _has_some(self) -> Self:
        if self.to < self.start:
            raise ValueError("`to` is smaller than `from`.")
        if len(self._left_out()) == self._count():
            raise ValueError("Nothing is left to draw. Leave out fewer numbers.")
        return self

    def draw(self, rng: random.Random) -> Fraction:
        """One of them, each as likely as the others."""
        place = rng.randrange(self._count() - len(self._left_out()))
        for left_out in self._left_out():
            place += place >= left_out
        return Fraction(self.start + place * self.step)

    def _count(self) -> int:
        return (self.to - self.start) // self.step + 1

    def _left_out(self) -> list[int]:
        """The places, from 0, of numbers that would be met but for ``except``; ascending."""
        met = {each - self.start for each in self.without if self.start <= each <= self.to}
        return sorted(each // self.step for each in met if each % self.step == 0)


class Reals(Content):
    """Exact decimals between two, both included."""

    model_config = ConfigDict(serialize_by_alias=True)

    start: NumberText = Field(alias="from")
    """The smallest."""
    to: NumberText
    """The largest, if the steps from the smallest meet it."""
    step: NumberText
    """How far one is from the next: 0.05."""

    @model_validator(mode="after")
    def _has_some(self) -> Self:
        if _number(self.step) <= 0:
            raise ValueError("`step` must be more than 0.")
        if not 1 <= self._count() <= _MOST_STEPS:
            raise ValueError(f"There must be 1 to {_MOST_STEPS:,} steps between `from` and `to`.")
        return self

    def draw(self, rng: random.Random) -> Fraction:
        """One of them, each as likely as the others."""
        return _number(self.start) + rng.randrange(self._count()) * _number(self.step)

    def _count(self) -> int:
        return (_number(self.to) - _number(self.start)) // _number(self.step) + 1


class Parameter(Content):
    """One value: drawn from ``choices``, ``integers`` or ``reals``, or computed by ``formula``."""

    choices: Annotated[tuple[Line, ...], Field(min_length=1, max_length=100)] | None = None
    """One of these: a formula without names, such as 1/3 or "[1, 2]", is computed; the rest is
    text.
    """
    integers: Integers | None = None
    """A whole number of a range."""
    reals: Reals | None = None
    """A decimal of a range."""
    formula: FormulaText | None = None
    """Computed from parameters that stand before it."""

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        ways = (self.choices, self.integers, self.reals, self.formula)
        if sum(way is not None for way in ways) != 1:
            raise ValueError("Write one of `choices`, `integers`, `reals` and `formula`.")
        for choice in self.choices or ():
            _computed(choice)
        return self

    def names(self) -> frozenset[str]:
        """The parameters that it is computed from."""
        return read_formula(self.formula).names if self.formula else frozenset()

    def draw(self, rng: random.Random) -> Value | None:
        """A value that needs no other; None for a formula."""
        if self.choices:
            return _computed(rng.choice(self.choices))
        source = self.integers or self.reals
        return source.draw(rng) if source else None


class Parameters(Content):
    """What an item declares: values that are drawn for each attempt."""

    parameters: Annotated[Mapping[ParameterName, Parameter], Field(max_length=30)] = {}
    """Values that are drawn anew for each attempt, by name, and written ``{{ name }}`` in any text
    of the question. A formula may use names that stand before it.
    """
    constraints: Annotated[tuple[FormulaText, ...], Field(max_length=20)] = ()
    """What must hold between the values, such as ``a != b``; until it does, all are drawn again."""

    @model_validator(mode="after")
    def _names_are_declared(self) -> Self:
        if self.constraints and not self.parameters:
            raise ValueError("`constraints` need `parameters`.")
        known: set[str] = set()
        for name, parameter in self.parameters.items():
            _check_names(f"The formula of `{name}`", parameter.names(), known)
            known.add(name)
        for constraint in self.constraints:
            _check_names(f"The constraint {constraint!r}", read_formula(constraint).names, known)
        return self

    def names_in_use(self) -> frozenset[str]:
        """The parameters that some formula or constraint needs."""
        formulas = [each.formula for each in self.parameters.values() if each.formula]
        return frozenset().union(
            *(read_formula(text).names for text in (*formulas, *self.constraints))
        )


def draw(
    declared: Parameters, rng: random.Random, budget: Budget | None = None
) -> dict[str, Value]:
    """A value for each parameter, all constraints met; the same for the same state of ``rng``.

    A draw for which a formula has no value is drawn again too. Raises FormulaError: no draw of
    MAXIMUM_TRIES did, or they took too long.
    """
    attempt = _Draw(declared, Budget(UNITS_OF_A_DRAW, within=budget))
    failure = "The constraints are met by none of them."
    for _ in range(MAXIMUM_TRIES):
        try:
            values = attempt.values(rng)
        except FormulaError as error:
            failure = str(error)
            continue
        if values is not None:
            return values
    raise FormulaError(f"No values were found in {MAXIMUM_TRIES} draws. {failure}")


class _Draw:
    """Formulas that were read once, and the work that all tries together may take."""

    def __init__(self, declared: Parameters, budget: Budget) -> None:
        self._parameters = declared.parameters
        self._formulas = {
            name: read_formula(parameter.formula)
            for name, parameter in declared.parameters.items()
            if parameter.formula
        }
        self._constraints = [(text, read_formula(text)) for text in declared.constraints]
        self._budget = budget

    def values(self, rng: random.Random) -> dict[str, Value] | None:
        """One draw; None when it breaks a constraint. Raises FormulaError, naming the formula."""
        values: dict[str, Value] = {}
        for name, parameter in self._parameters.items():
            drawn = parameter.draw(rng)
            values[name] = self._computed(name, values) if drawn is None else drawn
        return values if all(self._is_met(*each, values) for each in self._constraints) else None

    def _computed(self, name: str, values: Mapping[str, Value]) -> Value:
        try:
            return self._formulas[name].evaluate(values, self._budget)
        except FormulaError as error:
            raise FormulaError(f"`{name}` cannot be computed. {error}") from error

    def _is_met(self, text: str, constraint: Formula, values: Mapping[str, Value]) -> bool:
        try:
            found = constraint.evaluate(values, self._budget)
        except FormulaError as error:
            raise FormulaError(f"The constraint {text!r} cannot be checked. {error}") from error
        if not isinstance(found, bool):
            raise FormulaError(f"The constraint {text!r} is neither true nor false.")
        return found


def _check_names(what: str, names: frozenset[str], known: set[str]) -> None:
    if unknown := sorted(names - known):
        raise ValueError(f"{what} uses `{unknown[0]}`, which is not declared before it.")


def _computed(choice: str) -> Value:
    """What a choice stands for. Raises FormulaError: a computation without result, as 1/0."""
    try:
        formula = read_formula(choice)
    except FormulaError:
        return choice
    return choice if formula.names else formula.evaluate({})


def _number(text: str) -> Fraction:
    return read_number(text) or Fraction(0)
