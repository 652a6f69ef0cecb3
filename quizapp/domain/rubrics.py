"""Marking by people: a rubric of criteria, and the score that points on them make."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from quizapp.domain.errors import InvalidMarkError
from quizapp.domain.numbers import read_number
from quizapp.domain.question import Content, Line, QuestionType, Text

MAXIMUM_CRITERIA = 12
STEPS_A_POINT = 2
"""Points are given in halves."""


class Level(Content):
    """One way of meeting a criterion, and the points that it earns."""

    points: Annotated[float, Field(ge=0, le=100)]
    """From 0 to the points of the criterion, in halves."""
    text: Line
    """What an answer of this level does: Markdown."""


class Criterion(Content):
    """One thing that a good answer does."""

    text: Line
    """What is looked for: Markdown."""
    points: Annotated[float, Field(gt=0, le=100)]
    """The most that it earns, in halves; a share of all points of the rubric."""
    guidance: Line | None = None
    """What earns the points, and what earns some of them: Markdown."""
    levels: Annotated[tuple[Level, ...], Field(max_length=6)] = ()
    """Optional: the only points that can be given, each with what earns it; the best earns all."""

    @model_validator(mode="after")
    def _points_can_be_given(self) -> Self:
        if not all(map(_is_in_steps, (self.points, *(level.points for level in self.levels)))):
            raise ValueError("Points are given in halves: write 1, 1.5 or 2.")
        earned = [level.points for level in self.levels]
        if earned and (len(earned) < 2 or max(earned) != self.points):
            raise ValueError(
                "Write two levels or more; the best earns all points of its criterion."
            )
        if len(set(earned)) < len(earned):
            raise ValueError("Two levels earn the same points.")
        return self

    def allows(self, points: Fraction) -> bool:
        """Whether an answer may be given so many points."""
        if self.levels:
            return any(level.points == points for level in self.levels)
        return 0 <= points <= self.points and _is_in_steps(points)


class RubricQuestion(QuestionType):
    """A question that a person marks: points for each criterion, over all points of the rubric.

    As with Moodle's rubrics, what the item is worth in an attempt is another number.
    """

    graded_by: ClassVar[Literal["us", "a person", "a runner"]] = "a person"

    rubric: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=MAXIMUM_CRITERIA)]
    """The criteria, each with its points: what learners and instructors mark by."""
    model_answer: Text
    """An answer that deserves all points, shown after the attempt: Markdown."""

    @property
    def most_points(self) -> float:
        """All points of the rubric."""
        return sum(criterion.points for criterion in self.rubric)

    def read_points(self, given: Mapping[int, str]) -> tuple[float, ...]:
        """Points as typed, by the place of their criterion, as numbers for each in turn.

        Raises InvalidMarkError when some are missing or cannot be given.
        """
        read = [read_number(given.get(place, "")) for place in range(len(self.rubric))]
        points = [each for each in read if each is not None]
        if not self.are_points(points):
            raise InvalidMarkError(
                "Give points for each criterion: from 0 to what it is worth, in halves."
            )
        return tuple(map(float, points))

    def are_points(self, points: Sequence[Fraction]) -> bool:
        """Whether ``points`` can be given, one number for each criterion."""
        return len(points) == len(self.rubric) and all(
            criterion.allows(each) for criterion, each in zip(self.rubric, points, strict=True)
        )

    def score_of(self, points: Sequence[float]) -> float:
        """The score (0..1) that ``points`` on the criteria make."""
        return min(1.0, sum(points) / self.most_points)

    def texts(self) -> Mapping[tuple[str | int, ...], str]:
        found: dict[tuple[str | int, ...], str] = {
            ("stem",): self.stem,
            ("model_answer",): self.model_answer,
        }
        for place, criterion in enumerate(self.rubric):
            found["rubric", place, "text"] = criterion.text
            if criterion.guidance:
                found["rubric", place, "guidance"] = criterion.guidance
            for number, level in enumerate(criterion.levels):
                found["rubric", place, "levels", number, "text"] = level.text
        return found


def _is_in_steps(points: float | Fraction) -> bool:
    return points * STEPS_A_POINT % 1 == 0
