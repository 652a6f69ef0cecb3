"""Gaps as an author describes them: a list to choose from, accepted texts, or a number."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Annotated, Any, Self, TypeAlias

from pydantic import Field, WrapValidator, model_validator

from quizapp.domain.interactions.gaps import Entry, Gap
from quizapp.domain.keys import UNREAD, NumberKey, TextKey
from quizapp.domain.numbers import read_number
from quizapp.domain.options import MAXIMUM_OPTIONS, MINIMUM_OPTIONS
from quizapp.domain.question import Content, Line


class GapFields(Content, ABC):
    """What every gap has."""

    points: float = Field(default=1.0, gt=0, le=100)
    """The gap's weight within the question."""
    why: Line | None = None
    """One sentence for the review: what makes the answer right."""

    @abstractmethod
    def render(self) -> Gap:
        """The gap as the learner gets it."""

    @abstractmethod
    def right_entry(self) -> Entry:
        """An entry that deserves full credit."""

    @abstractmethod
    def is_right(self, entry: Entry) -> bool:
        """Whether ``entry``, which the gap can hold, is right."""

    @abstractmethod
    def key_text(self) -> str:
        """Everything that is right, as plain text."""

    @property
    def guess_score(self) -> float:
        """Probability of filling it rightly by chance."""
        return 0.0

    def remark(self, entry: Entry) -> str:  # noqa: ARG002 - most have nothing to say of it
        """What is to be said of ``entry``, such as that it was not understood."""
        return ""


class ChoiceGap(GapFields):
    """A gap with a list to choose from."""

    options: Annotated[
        tuple[Line, ...], Field(min_length=MINIMUM_OPTIONS, max_length=MAXIMUM_OPTIONS)
    ]
    """The options as plain text: a list box shows neither Markdown nor formulas."""
    answer: Line
    """The right option, written as among the options."""

    @model_validator(mode="after")
    def _answer_is_an_option(self) -> Self:
        if self.answer not in self.options:
            raise ValueError(f"The answer {self.answer!r} is not among the options.")
        if len(set(self.options)) != len(self.options):
            raise ValueError("Two options are the same.")
        return self

    @property
    def guess_score(self) -> float:
        return 1 / len(self.options)

    def render(self) -> Gap:
        return Gap(self.options)

    def right_entry(self) -> Entry:
        return self.options.index(self.answer)

    def is_right(self, entry: Entry) -> bool:
        return entry == self.right_entry()

    def key_text(self) -> str:
        return self.answer


class TextGap(TextKey, GapFields):
    """A gap that takes an accepted text."""

    def render(self) -> Gap:
        return Gap()

    def right_entry(self) -> Entry:
        return self.accepted[0]

    def is_right(self, entry: Entry) -> bool:
        return isinstance(entry, str) and self.accepts(entry)

    def key_text(self) -> str:
        return " or ".join(self.accepted)


class NumberGap(NumberKey, GapFields):
    """A gap that takes a number within a tolerance."""

    def render(self) -> Gap:
        return Gap(numeric=True, max_length=60)

    def right_entry(self) -> Entry:
        return self.answer

    def is_right(self, entry: Entry) -> bool:
        return isinstance(entry, str) and self.accepts(entry)

    def key_text(self) -> str:
        return f"{self.answer}{self.margin}"

    def remark(self, entry: Entry) -> str:
        return UNREAD if read_number(str(entry)) is None else ""


def _by_its_fields(value: Any, _: object) -> GapFields:
    """The gap that ``value`` describes: told by its fields, so that only its own faults show."""
    if isinstance(value, GapFields):
        return value
    names = value if isinstance(value, Mapping) else ()
    if "options" in names:
        return ChoiceGap.model_validate(value)
    return (TextGap if "accepted" in names else NumberGap).model_validate(value)


AnyGap: TypeAlias = Annotated[ChoiceGap | TextGap | NumberGap, WrapValidator(_by_its_fields)]
"""A gap with ``options`` is a choice, one with ``accepted`` a text, any other a number."""
