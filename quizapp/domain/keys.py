"""Keys of typed answers, shared by the kinds that have them: accepted texts, a number."""

import unicodedata
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from quizapp.domain.numbers import read_number, round_to_figures, show_number
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
        """``text`` without what does not matter; of a normal text it is the same again."""
        plain = plain_text(text)
        return plain if self.case_sensitive else plain_text(plain.casefold())


def plain_text(text: str) -> str:
    """``text`` with straight quotes, single spaces and one form of each character (NFKC)."""
    composed = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return " ".join(unicodedata.normalize("NFKC", composed).split())


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

    def is_within(self, text: str, key: Fraction) -> bool:
        """Whether ``text`` writes a number that is near enough to ``key``."""
        given = read_number(text)
        return given is not None and abs(given - key) <= self.error_allowed_at(key)


class NumberKey(Tolerance):
    """One right number, and how near to it is right.

    With ``significant_figures`` a number is right when it and the answer, both rounded so, are
    equal: QTI's ``equalRounded`` with the rounding mode ``significantFigures``. How many digits
    were written does not matter.
    """

    answer: Line
    """The right number: 0.5, 1/2, 50 %, 5e-1."""
    significant_figures: Annotated[int, Field(ge=1, le=15)] | None = None
    """Instead of a tolerance: compares both numbers rounded to so many significant figures."""

    @model_validator(mode="after")
    def _answer_is_a_number(self) -> Self:
        if read_number(self.answer) is None:
            raise ValueError(f"The answer {self.answer!r} is not a number.")
        return self

    @model_validator(mode="after")
    def _one_rule_says_what_is_near(self) -> Self:
        if self.significant_figures is None:
            return self
        if self.tolerance or self.relative_tolerance:
            raise ValueError("Give either a tolerance or `significant_figures`.")
        if not self.key:
            raise ValueError("0 has no significant figures. Give a tolerance instead.")
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
        """What is near enough in words, such as `` (± 0.01)``; "" where only the key is."""
        if self.significant_figures is not None:
            plural = "s" if self.significant_figures > 1 else ""
            return f" (to {self.significant_figures} significant figure{plural})"
        return f" (± {show_number(self.allowed_error)})" if self.allowed_error else ""

    def value_of(self, text: str) -> Fraction | None:
        """The number that a response ``text`` gives, in what the answer is in; None for none."""
        return read_number(text)

    def accepts(self, text: str) -> bool:
        """Whether ``text`` writes a number that is near enough."""
        given = read_number(text)
        return given is not None and self.is_near(given)

    def is_near(self, given: Fraction) -> bool:
        """Whether ``given`` is near enough to the key."""
        if (figures := self.significant_figures) is not None:
            return round_to_figures(given, figures) == round_to_figures(self.key, figures)
        return abs(given - self.key) <= self.allowed_error
