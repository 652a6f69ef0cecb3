"""Multi-part: several parts on one stem."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from quizapp.domain.formulas.values import Number
from quizapp.domain.interactions import Interaction, Parts, Response, ShownPart
from quizapp.domain.numbers import show_number
from quizapp.domain.parts import FIELDS_OF_PARTS, AnyPart, NumberPart, Part
from quizapp.domain.places import Place
from quizapp.domain.question import Example, Grade, PartReview, QuestionType, Review, ReviewRow
from quizapp.domain.question_types import question_types

MAXIMUM_PARTS = 10


@dataclass(frozen=True)
class _Marked:
    """One part with what was given and what it scored; ``right`` is what followed from the
    learner's earlier values, where the credit is for that.
    """

    part: Part
    response: Response | None
    score: float
    right: Number | None = None


class MultiPart(QuestionType):
    """The mean of the parts, each with its ``points`` as weight, as in Moodle's embedded answers.

    A number that is not the key, but right by what the learner gave in earlier parts, earns its
    part in full: the error carried forward of examination boards, and what Moodle's Formulas and
    STACK do where an author lets a later part use an earlier answer. The earlier part stays wrong.
    Nothing follows from a part that is blank or was not read as a number.
    """

    kind: ClassVar[str] = "multi-part"
    label: ClassVar[str] = "Several parts"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "stem": "A sample holds the values 1, 3 and 8.",
                "parts": [
                    {
                        "name": "a",
                        "type": "numeric",
                        "stem": "What is its mean?",
                        "answer": "4",
                        "explanation": "The sum is 12.",
                    },
                    {
                        "name": "b",
                        "type": "multiple-choice",
                        "stem": "What happens to its median when 8 becomes 80?",
                        "options": [
                            {"text": "It stays.", "correct": True, "why": "3 is in the middle."},
                            {"text": "It grows.", "why": "That is the mean."},
                        ],
                    },
                    {
                        "name": "c",
                        "type": "short-text",
                        "stem": "What is the difference of 8 and 1 called?",
                        "accepted": ["range"],
                        "patterns": ["the (sample )?range"],
                        "points": 2,
                    },
                ],
            },
            scores=(
                (["4", [0], "Range"], 1.0),
                (["4.0", None, None], 0.25),
                (["5", [1], "the sample range"], 0.5),
                ([[0], "4", ["range"]], 0.0),
                (["4", [0]], 0.0),
                ([4, {}, True], 0.0),
                ("4", 0.0),
                (None, 0.0),
            ),
        ),
        Example(
            {
                "stem": "One request in 50 is an attack. Of 1000 attacks a detector finds 900.",
                "parts": [
                    {
                        "name": "missed",
                        "type": "numeric",
                        "stem": "How many of the 1000 attacks does it miss?",
                        "answer": "100",
                    },
                    {
                        "name": "share",
                        "type": "numeric",
                        "stem": "What share of all requests are missed attacks?",
                        "answer": "0.002",
                        "follow_through": "missed / 1000 / 50",
                    },
                ],
            },
            scores=(
                (["100", "0.2 %"], 1.0),
                (["10", "0.0002"], 0.5),
                (["10", "0.002"], 0.5),
                (["10", "0.02"], 0.0),
                ([None, "0.0002"], 0.0),
                (["few", "0.0002"], 0.0),
                (["100", None], 0.5),
            ),
        ),
    )
    shown: ClassVar[frozenset[str]] = frozenset(("stem", "parts.*.name", "parts.*.type"))
    never_shown: ClassVar[frozenset[str]] = frozenset(("parts.*.follow_through",))
    can_be_part: ClassVar[bool] = False

    parts: Annotated[tuple[AnyPart, ...], Field(min_length=2, max_length=MAXIMUM_PARTS)]
    """Two to ten parts: each a question of any other kind, with its `name`, `type`, `stem` and that
    type's fields; perhaps with `points`, its weight, and an `explanation`. A numeric part may have
    `follow_through`, a formula in the names of earlier numeric parts.
    """

    @model_validator(mode="after")
    def _parts_fit_together(self) -> Self:
        faults = [*self._repeated_names(), *self._misled()]
        if faults:
            raise ValidationError.from_exception_data(
                self.kind,
                [
                    InitErrorDetails(
                        type=PydanticCustomError("misfit", "{said}", {"said": sentence}),
                        loc=("parts", *place),
                        input=sentence,
                    )
                    for place, sentence in faults
                ],
            )
        return self

    def _repeated_names(self) -> Iterator[tuple[Place, str]]:
        names = [part.name for part in self.parts]
        for place, name in enumerate(names):
            if name in names[:place]:
                yield (place, "name"), f"An earlier part is called `{name}` too."

    def _misled(self) -> Iterator[tuple[Place, str]]:
        """Each ``follow_through`` that does not lead from the earlier keys to its own."""
        values: dict[str, Fraction] = {}
        for place, part in enumerate(self.parts):
            if not isinstance(part, NumberPart):
                continue
            if fault := _fault(part, values):
                yield (place, "follow_through"), fault
            values[part.name] = part.key

    @classmethod
    def owner(cls, place: Place, fields: Mapping[str, Any]) -> tuple[type[QuestionType], Place]:
        """Within a part it is the part's type."""
        if place[0] != "parts" or place[2] in FIELDS_OF_PARTS:
            return cls, place
        part = fields["parts"][place[1]]
        kind = question_types().get(part["type"])  # None: a drawn one, of which nothing is known
        return kind.owner(place[2:], part) if kind else (cls, place)

    @cached_property
    def _interaction(self) -> Parts:
        return Parts(
            tuple(
                ShownPart(f"p{number}-", part.name, part.prompt, part.render())
                for number, part in enumerate(self.parts, start=1)
            )
        )

    @property
    def guess_score(self) -> float:
        """The same mean over what chance finds in each part; numbers never follow by chance."""
        return self._mean([part.guess_score for part in self.parts])

    def right_response(self) -> Response:
        return [part.right_response() for part in self.parts]

    def render(self) -> Interaction:
        return self._interaction

    def grade(self, response: Response | None) -> Grade:
        return Grade(self._mean([each.score for each in self._marked(response)]))

    def _mean(self, scores: list[float]) -> float:
        weights = [part.points for part in self.parts]
        products = (score * weight for score, weight in zip(scores, weights, strict=True))
        return min(1.0, sum(products) / sum(weights))

    def _marked(self, response: Response | None) -> Iterator[_Marked]:
        values: dict[str, Fraction] = {}
        for part, given in zip(self.parts, self._interaction.entries(response), strict=True):
            yield _marked(part, given, values)
            if isinstance(part, NumberPart) and isinstance(given, str):
                value = part.value_of(given)
                if value is not None:
                    values[part.name] = value

    def review(self, response: Response | None, interaction: Interaction) -> Review:
        if not isinstance(interaction, Parts):
            raise TypeError("a multi-part question is reviewed in the interaction of its parts")
        total = sum(part.points for part in self.parts)
        parts = tuple(
            _reviewed(marked, shown, total)
            for marked, shown in zip(self._marked(response), interaction.parts, strict=True)
        )
        is_answered = any(part.is_answered for part in parts)
        return Review((), "" if is_answered else "Not answered.", parts=parts)

    def nested(self) -> Mapping[Place, QuestionType]:
        return {(): self} | {("parts", number): part for number, part in enumerate(self.parts)}

    def texts(self) -> Mapping[tuple[str | int, ...], str]:
        found: dict[tuple[str | int, ...], str] = {("stem",): self.stem}
        for number, part in enumerate(self.parts):
            found |= {("parts", number, *place): text for place, text in part.texts().items()}
            if part.explanation:
                found["parts", number, "explanation"] = part.explanation
        return found


def _fault(part: NumberPart, values: Mapping[str, Fraction]) -> str:
    """What is wrong with the formula, given the keys of earlier parts; "" for nothing."""
    if part.formula is None:
        return ""
    if unknown := sorted(part.formula.names - set(values)):
        return f"`{unknown[0]}` is no earlier part with a number."
    found = part.followed(values)
    if found is None:
        return "From the answers before it no number follows."
    if not part.is_near(Fraction(found)):
        return f"From the answers before it {show_number(Fraction(found))} follows, not the answer."
    return ""


def _marked(part: Part, response: Response | None, values: Mapping[str, Fraction]) -> _Marked:
    """The part's grade, with full credit too for what is right by ``values`` of earlier parts."""
    score = part.grade(response).score or 0.0
    if score == 1 or response is None or not isinstance(part, NumberPart):
        return _Marked(part, response, score)
    right = part.followed(values)
    followed = None if right is None else part.with_answer(right)
    if followed is None or followed.grade(response).score != 1:
        return _Marked(part, response, score)
    return _Marked(part, response, 1.0, right)


def _reviewed(marked: _Marked, shown: ShownPart, total: float) -> PartReview:
    part = marked.part
    review = part.review(marked.response, shown.interaction)
    if isinstance(part, NumberPart) and part.formula is not None and marked.right is not None:
        names = sorted(part.formula.names)
        why = f"Right by your {_values_of(names)}: {show_number(Fraction(marked.right))} follows."
        review = replace(review, rows=tuple(_given_rightly(row, why) for row in review.rows))
    return PartReview(
        name=part.name,
        prompt=part.prompt,
        review=review,
        score=marked.score,
        share=part.points / total,
        is_answered=any(row.is_given for row in review.rows),
        explanation=part.explanation or "",
    )


def _given_rightly(row: ReviewRow, why: str) -> ReviewRow:
    return replace(row, is_key=True, why=why) if row.is_given else row


def _values_of(names: list[str]) -> str:
    return f"value{'s' if len(names) > 1 else ''} of {' and '.join(names)}"
