"""Multiple response: any number of options is right."""

from math import comb
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from quizapp.domain.interactions import Interaction, Response
from quizapp.domain.options import OptionsQuestion, chosen_places
from quizapp.domain.question import Example, Grade


class MultipleResponse(OptionsQuestion):
    """Right ticks minus wrong ticks over the number of right options, never below 0.

    With ``scoring: all-or-nothing`` only the exact set of options scores. A random half of the
    ticks earns about nothing, so guessing everything does not pay.
    """

    kind: ClassVar[str] = "multiple-response"
    label: ClassVar[str] = "Multiple response"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "stem": "Which of these are convex in $x$? Select all that apply.",
                "options": [
                    {"text": "$x^2$", "correct": True},
                    {"text": "$|x|$", "correct": True},
                    {"text": "$\\sin x$", "why": "Its second derivative changes sign."},
                    {"text": "$-x^2$", "why": "It is concave."},
                ],
            },
            scores=(
                ([0, 1], 1.0),
                ([0], 0.5),
                ([0, 2], 0.0),
                ([0, 1, 2], 0.5),
                ([0, 1, 2, 3], 0.0),
                ([], 0.0),
                (None, 0.0),
            ),
        ),
        Example(
            {
                "stem": "Which of these are even? Select all that apply.",
                "options": [
                    {"text": "2", "correct": True},
                    {"text": "4", "correct": True},
                    {"text": "5", "why": "It is odd."},
                ],
                "scoring": "all-or-nothing",
            },
            scores=(([0, 1], 1.0), ([0], 0.0)),
        ),
    )

    scoring: Literal["partial", "all-or-nothing"] = "partial"
    """Partial: right ticks minus wrong ticks over the number of right options."""

    @model_validator(mode="after")
    def _some_are_right(self) -> Self:
        if not self.correct_places:
            raise ValueError("At least one option must have `correct: true`.")
        if repeated := self.repeated_options():
            raise ValueError(f"Two options are the same: {repeated[0]}")
        return self

    @property
    def guess_score(self) -> float:
        """The mean over all sets of ticks but the empty one: r right and w wrong ones occur in
        C(k, r) C(n - k, w) of the 2^n - 1 sets.
        """
        count, right = len(self.options), len(self.correct_places)
        sets: int = 2**count - 1
        if self.scoring == "all-or-nothing":
            return 1 / sets
        credit = sum(
            comb(right, r) * comb(count - right, w) * (r - w) / right
            for r in range(1, right + 1)
            for w in range(min(r, count - right + 1))
        )
        return credit / sets

    def render(self) -> Interaction:
        return self.choice(multiple=True)

    def grade(self, response: Response | None) -> Grade:
        given = chosen_places(response, len(self.options))
        if self.scoring == "all-or-nothing":
            return Grade(1.0 if given == self.correct_places else 0.0)
        right = len(given & self.correct_places)
        wrong = len(given - self.correct_places)
        return Grade(max(0.0, (right - wrong) / len(self.correct_places)))
