"""Matching: choose the right option for each of several things."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from quizapp.domain.interactions import Interaction, Match, Response
from quizapp.domain.interactions.match import chosen_rights
from quizapp.domain.question import Content, Example, Grade, Line, QuestionType, Review, ReviewRow

MAXIMUM_PAIRS = 12
MAXIMUM_EXTRA = 12


class Pair(Content):
    """One thing and the option that belongs to it."""

    left: Line
    """What an option is chosen for: Markdown, with formulas between dollar signs."""
    right: Line
    """The option that belongs to it; pairs with the same text share one option."""
    why: Line | None = None
    """One sentence for the review: why they belong together."""


class Matching(QuestionType):
    """The share of lefts for which the right option was chosen.

    This is how Moodle marks its matching questions: a wrong choice costs no more than none.
    """

    kind: ClassVar[str] = "matching"
    label: ClassVar[str] = "Matching"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "stem": "Which model does each penalty belong to?",
                "pairs": [
                    {
                        "left": "$\\lambda \\lVert w \\rVert_1$",
                        "right": "Lasso",
                        "why": "The corners of this ball lie on the axes.",
                    },
                    {"left": "$\\lambda \\lVert w \\rVert_2^2$", "right": "Ridge regression"},
                    {"left": "A weighted sum of both", "right": "Elastic net"},
                ],
                "extra": ["Least squares"],
            },
            scores=(
                ([0, 1, 2], 1.0),
                ([0, 2, 1], 1 / 3),
                ([0, None, None], 1 / 3),
                ([3, 3, 3], 0.0),
                ([None, None, None], 0.0),
                ([0, 1], 0.0),
                ([0, 1, 2, 3], 0.0),
                ("Lasso", 0.0),
                (None, 0.0),
            ),
        ),
        Example(
            {
                "stem": "What does each method learn from?",
                "pairs": [
                    {"left": "`KMeans`", "right": "Inputs alone"},
                    {"left": "`PCA`", "right": "Inputs alone"},
                    {"left": "`LogisticRegression`", "right": "Inputs and labels"},
                ],
            },
            scores=(([0, 0, 1], 1.0), ([0, 1, 1], 2 / 3), ([1, 1, 0], 0.0)),
        ),
    )
    shown: ClassVar[frozenset[str]] = frozenset(
        ("stem", "pairs.*.left", "pairs.*.right", "extra.*")
    )

    pairs: Annotated[tuple[Pair, ...], Field(min_length=2, max_length=MAXIMUM_PAIRS)]
    """Two to twelve pairs. Learners see the lefts in this order, the rights in another one."""
    extra: Annotated[tuple[Line, ...], Field(max_length=MAXIMUM_EXTRA)] = ()
    """Options that belong to no left."""

    @model_validator(mode="after")
    def _each_left_has_one_right(self) -> Self:
        if repeated := _repeated(pair.left for pair in self.pairs):
            raise ValueError(f"Two lefts are the same: {repeated[0]}")
        keys = {_plain(pair.right) for pair in self.pairs}
        if repeated := _repeated((*keys, *self.extra)):
            raise ValueError(f"This extra option is there already: {repeated[0]}")
        if len(self.rights) < 2:
            raise ValueError("All rights are the same. Add another option to `extra`.")
        return self

    @cached_property
    def rights(self) -> tuple[str, ...]:
        """The options: rights in the order of their first pairs, then the extra ones."""
        texts = (*(pair.right for pair in self.pairs), *self.extra)
        first = {_plain(text): text for text in reversed(texts)}
        return tuple(first[plain] for plain in dict.fromkeys(map(_plain, texts)))

    @cached_property
    def key(self) -> tuple[int, ...]:
        """For each left the place of its right in ``rights``."""
        plain = [_plain(text) for text in self.rights]
        return tuple(plain.index(_plain(pair.right)) for pair in self.pairs)

    @property
    def guess_score(self) -> float:
        return 1 / len(self.rights)

    def right_response(self) -> Response:
        return list(self.key)

    def render(self) -> Interaction:
        return Match(tuple(pair.left for pair in self.pairs), self.rights)

    def grade(self, response: Response | None) -> Grade:
        return Grade(self._count_right(self._chosen(response)) / len(self.pairs))

    def review(self, response: Response | None, interaction: Interaction) -> Review:  # noqa: ARG002
        chosen = self._chosen(response)
        rows = tuple(
            row
            for pair, key, given in zip(self.pairs, self.key, chosen, strict=True)
            for row in self._rows(pair, key, given)
        )
        if all(given is None for given in chosen):
            return Review(rows, "Not answered.")
        return Review(rows, f"{self._count_right(chosen)} of {len(chosen)} matched rightly.")

    def texts(self) -> Mapping[tuple[str | int, ...], str]:
        found: dict[tuple[str | int, ...], str] = {("stem",): self.stem}
        for place, pair in enumerate(self.pairs):
            found["pairs", place, "left"] = pair.left
            found["pairs", place, "right"] = pair.right
            if pair.why:
                found["pairs", place, "why"] = pair.why
        return found | {("extra", place): text for place, text in enumerate(self.extra)}

    def _chosen(self, response: Response | None) -> tuple[int | None, ...]:
        return chosen_rights(response, len(self.pairs), len(self.rights))

    def _count_right(self, chosen: tuple[int | None, ...]) -> int:
        return sum(given == key for given, key in zip(chosen, self.key, strict=True))

    def _rows(self, pair: Pair, key: int, given: int | None) -> tuple[ReviewRow, ...]:
        """What belongs together, below what was chosen instead."""
        right = ReviewRow("", f"{pair.left} → {pair.right}", given == key, True, pair.why or "")
        if given is None or given == key:
            return (right,)
        return (ReviewRow("", f"{pair.left} → {self.rights[given]}", True, False), right)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _repeated(texts: Iterable[str]) -> list[str]:
    plain = [_plain(text) for text in texts]
    return sorted({text for text in plain if plain.count(text) > 1})
