"""Multiple choice: exactly one option is right."""

from typing import ClassVar, Self

from pydantic import model_validator

from quizapp.domain.interactions import Interaction, Response
from quizapp.domain.options import OptionsQuestion, chosen_places
from quizapp.domain.question import Example, Grade


class MultipleChoice(OptionsQuestion):
    """Full credit for the one right option, nothing otherwise."""

    kind: ClassVar[str] = "multiple-choice"
    label: ClassVar[str] = "Multiple choice"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "stem": "Which penalty gives exact zeros?",
                "options": [
                    {"text": "L2", "why": "Its pull towards zero fades as the weight shrinks."},
                    {"text": "L1", "correct": True},
                    {"text": "None", "why": "Least squares has no reason to drop a feature."},
                ],
            },
            scores=(([1], 1.0), ([0], 0.0), (None, 0.0), ([0, 1], 0.0), ([7], 0.0), ("L1", 0.0)),
        ),
    )

    @model_validator(mode="after")
    def _one_is_right(self) -> Self:
        if len(self.correct_places) != 1:
            raise ValueError(
                f"Exactly one option must have `correct: true`; {len(self.correct_places)} have it."
            )
        if repeated := self.repeated_options():
            raise ValueError(f"Two options are the same: {repeated[0]}")
        return self

    @property
    def guess_score(self) -> float:
        return 1 / len(self.options)

    def render(self) -> Interaction:
        return self.choice(multiple=False)

    def grade(self, response: Response | None) -> Grade:
        is_right = chosen_places(response, len(self.options)) == self.correct_places
        return Grade(1.0 if is_right else 0.0)
