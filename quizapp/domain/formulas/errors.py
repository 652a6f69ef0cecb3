"""What is wrong with a formula, as a sentence to its author."""

from typing import Self

from quizapp.domain.errors import QuizError


class FormulaError(QuizError, ValueError):
    """A formula cannot be read, or has no value; columns and lines count from 1.

    It is a ValueError too, so that pydantic reports it at the field that holds the formula.
    """

    def __init__(self, sentence: str, column: int | None = None, line: int | None = None) -> None:
        super().__init__(sentence, column, line)
        self.sentence = sentence
        self.column = column
        self.line = line

    def __str__(self) -> str:
        if self.column is None:
            return self.sentence
        place = f"Column {self.column}" if self.line is None else self._place_in_text()
        return f"{place}: {self.sentence}"

    def _place_in_text(self) -> str:
        return f"Line {self.line}, column {self.column}"

    def at(self, column: int, line: int | None = None) -> Self:
        """The same error at this place, unless it already has one."""
        return self if self.column is not None else type(self)(self.sentence, column, line)

    def moved(self, line: int, offset: int) -> Self:
        """The error as seen in a text where the formula starts after ``offset`` columns."""
        return type(self)(self.sentence, offset + (self.column or 1), line)
