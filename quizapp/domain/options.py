"""Options of a choice question, shared by the kinds that have them."""

from collections.abc import Collection, Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from quizapp.domain.interactions import Choice, Interaction, Response
from quizapp.domain.question import Content, Line, QuestionType, Review, ReviewRow

MINIMUM_OPTIONS = 2
MAXIMUM_OPTIONS = 12


class Option(Content):
    """One option: its text, whether it is right, and why it is wrong (or right)."""

    text: Line
    """What the learner reads: Markdown, with formulas between dollar signs."""
    correct: bool = False
    """True when choosing this option is right."""
    why: Line | None = None
    """One sentence for the review: which misconception this is, or what makes it right."""


Options = Annotated[
    tuple[Option, ...], Field(min_length=MINIMUM_OPTIONS, max_length=MAXIMUM_OPTIONS)
]


class OptionsQuestion(QuestionType):
    """A question whose key is a set of options."""

    shown: ClassVar[frozenset[str]] = frozenset(("stem", "options.*.text", "fixed_order"))

    options: Options
    """The options; each learner sees them in another order."""
    fixed_order: bool = False
    """True keeps the authored order: for options that are a scale."""

    @property
    def correct_places(self) -> frozenset[int]:
        """Authored places of the right options."""
        return frozenset(place for place, option in enumerate(self.options) if option.correct)

    def choice(self, *, multiple: bool) -> Choice:
        """The interaction over these options."""
        return Choice(tuple(option.text for option in self.options), multiple, self.fixed_order)

    def right_response(self) -> Response:
        return sorted(self.correct_places)

    def review(self, response: Response | None, interaction: Interaction) -> Review:
        if not isinstance(interaction, Choice):
            raise TypeError("an options question is reviewed in a choice interaction")
        given = chosen_places(response, len(self.options))
        rows = tuple(
            self._row(shown.letter, place, given)
            for shown, place in zip(interaction.options, interaction.shown_order, strict=True)
        )
        return Review(rows, "" if given else "Not answered.")

    def _row(self, letter: str, place: int, given: Collection[int]) -> ReviewRow:
        option = self.options[place]
        return ReviewRow(letter, option.text, place in given, option.correct, option.why or "")

    def texts(self) -> Mapping[tuple[str | int, ...], str]:
        found: dict[tuple[str | int, ...], str] = {("stem",): self.stem}
        for place, option in enumerate(self.options):
            found["options", place, "text"] = option.text
            if option.why:
                found["options", place, "why"] = option.why
        return found

    def repeated_options(self) -> list[str]:
        """Texts that stand more than once among the options."""
        texts = [" ".join(option.text.split()) for option in self.options]
        return sorted({text for text in texts if texts.count(text) > 1})


def chosen_places(response: Response | None, count: int) -> frozenset[int]:
    """The authored places in a stored response; empty for anything that is not a choice."""
    if not isinstance(response, list):
        return frozenset()
    return frozenset(place for place in response if type(place) is int and 0 <= place < count)
