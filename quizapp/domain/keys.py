"""Keys of typed answers, shared by the kinds that have them: accepted texts, a number."""

import unicodedata
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from quizapp.domain.numbers import read_number, show_number
from quizapp.domain.question import Content, Line

UNREAD = "This was not read as a number."
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-"})


class TextKey(Content):
    """A text is right when it is accepted; quotes, spaces and (by default) case do not matter."""

    accepted: Annotated[tuple[Line, ...], Field(min_length=1, max_length=50)]
    """Every answer that is right; quotes and spaces do not matter."""
    case_sensitive: bool = False
    """True when small and capital letters differ, as in code."""

    def accepts(self, text: str) -> bool:
        """Whether ``text`` is one of the accepted ones."""
        return self.normal(text) in {self.normal(each) for each in self.accepted}

    def normal(self, text: str) -> str:
        """``text`` without what does not matter."""
        plain = " ".join(unicodedata.normalize("NFKC", text.translate(_QUOTES)).split())
        return plain if self.case_sensitive else plain.casefold()


class Tolerance(Content):
    """A number is right within ``tolerance`` or ``relative_tolerance``, whichever is wider."""

    tolerance: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    """How far from the answer a response may lie and still be right."""
    relative_tolerance: float = Field(default=0.0, ge=0, lt=1)
    """The same as a share of the answer: 0.01 is one per cent."""

    def error_allowed_at(self, key: Fraction) -> Fraction:
        """How far from ``key`` a number may lie."""
        relative = abs(key) * Fraction(str(self.relative_tolerance))
        return max(Fraction(str(self.tolerance)), relative)

    def is_near(self, text: str, key: Fraction) -> bool:
        """Whether ``text`` writes a number that is near enough to ``key``."""
        given = read_number(text)
        return given is not None and abs(given - key) <= self.error_allowed_at(key)


class NumberKey(Tolerance):
    """One right number, and how near to it is right."""

    answer: Line
    """The right number: 0.5, 1/2, 50 %, 5e-1."""

    @model_validator(mode="after")
    def _answer_is_a_number(self) -> Self:
        if read_number(self.answer) is None:
            raise ValueError(f"The answer {self.answer!r} is not a number.")
        return self

    @cached_property
    def key(self) -> Fraction:
        """The right number, exactly as written."""
        return read_number(self.answer) or Fraction(0)

    @cached_property
    def allowed_error(self) -> Fraction:
        """How far from the key a number may lie."""
        return self.error_allowed_at(self.key)

    @property
    def margin(self) -> str:
        """The allowed error in words, such as `` (± 0.01)``; "" where there is none."""
        return f" (± {show_number(self.allowed_error)})" if self.allowed_error else ""

    def accepts(self, text: str) -> bool:
        """Whether ``text`` writes a number that is near enough."""
        return self.is_near(text, self.key)
