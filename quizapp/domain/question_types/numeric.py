"""Numeric: a number, right within a tolerance, perhaps with a unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Annotated, ClassVar, Self, TypeAlias

from pydantic import Field, StringConstraints, model_validator

from quizapp.domain.interactions import Interaction, Response, TextEntry
from quizapp.domain.keys import UNREAD, NumberKey
from quizapp.domain.numbers import read_number, show_number
from quizapp.domain.question import (
    Example,
    Grade,
    Line,
    QuestionType,
    Review,
    ReviewRow,
    Storable,
)
from quizapp.domain.units import listed, plain_unit, split_unit

UnitWord: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20), Storable
]


@dataclass(frozen=True)
class Reading:
    """What a response says, in the question's unit; without a ``value``, ``note`` says why."""

    value: Fraction | None
    note: str


class Numeric(QuestionType, NumberKey):
    """Full credit for a number that is near enough to the answer.

    With ``units`` a unit may stand behind the number, and the number is converted; as with a unit
    in Moodle whose penalty is all of the mark, one that is not known costs all credit.
    """

    kind: ClassVar[str] = "numeric"
    label: ClassVar[str] = "Number"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {"stem": "What is $1/8$ as a decimal?", "answer": "0.125"},
            scores=(("0.125", 1.0), ("0,125", 1.0), ("1/8", 1.0), ("12.5 %", 1.0), ("0.13", 0.0)),
        ),
        Example(
            {"stem": "How many bytes are 2 KiB?", "answer": "2048", "unit": "bytes"},
            scores=(("2048", 1.0), ("2 048", 1.0), ("2,048", 1.0), ("2e3", 0.0), ("many", 0.0)),
        ),
        Example(
            {"stem": "Round $\\pi$ to two decimals.", "answer": "3.14", "tolerance": 0.005},
            scores=(("3.14", 1.0), ("3.145", 1.0), ("3.15", 0.0), (None, 0.0), ([1], 0.0)),
        ),
        Example(
            {
                "stem": "What is $\\mathrm{e}^{-3}$?",
                "answer": "0.0497871",
                "significant_figures": 2,
            },
            scores=(("0.05", 1.0), ("0.0498", 1.0), ("5e-2", 1.0), ("0.0505", 0.0), ("0.04", 0.0)),
        ),
        Example(
            {
                "stem": "How long do 50 batches of 5 ms take?",
                "answer": "0.25",
                "unit": "s",
                "units": {"ms": "0.001", "min": "60"},
            },
            scores=(
                ("0.25", 1.0),
                ("250 ms", 1.0),
                ("1/4 s", 1.0),
                ("250", 0.0),
                ("0.25 h", 0.0),
                ("soon", 0.0),
            ),
        ),
    )
    shown: ClassVar[frozenset[str]] = frozenset(("stem", "unit"))
    measured: ClassVar[frozenset[str]] = frozenset(("answer",))

    unit: Line | None = None
    """Shown beside the box and not to be typed; with ``units`` in the hint, and it may be typed."""
    units: Annotated[Mapping[UnitWord, Line], Field(max_length=20)] = {}
    """Other units that may be typed, each with how much of ``unit`` it is: ``{ms: 0.001}``."""

    @model_validator(mode="after")
    def _units_convert(self) -> Self:
        if self.units and self.unit is None:
            raise ValueError("`units` needs `unit`: the one that the answer is in.")
        words = [plain_unit(word) for word in self.units]
        if self.unit is not None and (plain_unit(self.unit) in words or len({*words}) < len(words)):
            raise ValueError("A unit stands here twice; `unit` itself needs no factor.")
        for word, factor in self.units.items():
            if (read_number(factor) or 0) <= 0:
                raise ValueError(f"The factor of the unit {word!r} is not a number above 0.")
            if word != "%" and read_number(f"1{word}") is not None:
                raise ValueError(f"The unit {word!r} could be a part of the number.")
        return self

    @property
    def guess_score(self) -> float:
        return 0.0

    def right_response(self) -> Response:
        return self.answer

    def render(self) -> Interaction:
        return TextEntry(numeric=True, unit=self.unit, units=tuple(self.units), max_length=60)

    def grade(self, response: Response | None) -> Grade:
        if not isinstance(response, str):
            return Grade(0.0, UNREAD if response else "")
        reading = self._read(response)
        if reading.value is None:
            return Grade(0.0, reading.note)
        return Grade(1.0 if self.is_near(reading.value) else 0.0)

    def review(self, response: Response | None, interaction: Interaction) -> Review:  # noqa: ARG002
        unit = f" {self.unit}" if self.unit else ""
        key = ReviewRow("", f"{self.answer}{unit}{self.margin}", is_given=False, is_key=True)
        if not isinstance(response, str):
            return Review((key,), "Not answered.")
        is_right = self.grade(response).score == 1.0
        text = response if self.units else f"{response}{unit}"
        given = ReviewRow("", text, True, is_right, is_verbatim=True)
        is_all = is_right and not self.margin and not self.units
        return Review((given,) if is_all else (given, key), self._read(response).note)

    def value_of(self, text: str) -> Fraction | None:
        return self._read(text).value

    def _read(self, response: str) -> Reading:
        if not self.units:
            value = read_number(response)
            return Reading(value, UNREAD if value is None else f"Read as {show_number(value)}.")
        number, unit = split_unit(response, self._factors)
        value, factor = read_number(number), self._factors.get(unit or plain_unit(self.unit or ""))
        if value is None:
            return Reading(None, UNREAD)
        if factor is None:
            known = listed([self.unit or "", *self.units])
            return Reading(None, f"The unit {unit} is not known here. Known: {known}.")
        return Reading(value * factor, f"Read as {show_number(value * factor)} {self.unit}.")

    @cached_property
    def _factors(self) -> Mapping[str, Fraction]:
        """How much of ``unit`` each known unit is."""
        factors = {plain_unit(word): read_number(text) for word, text in self.units.items()}
        known = {word: factor for word, factor in factors.items() if factor is not None}
        return {plain_unit(self.unit or ""): Fraction(1)} | known
