"""Questions of an uploaded file as learners will see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.domain.interactions import Interaction
from quizapp.domain.items import Item
from quizapp.domain.question import Review
from quizapp.domain.reading import Entry, Reading


@dataclass(frozen=True)
class PreviewTab:
    """One question in the row of tabs, with its worst finding."""

    number: int
    label: str
    kind: str


@dataclass(frozen=True)
class PreviewQuestion:
    """One question with its right answers."""

    number: int
    item: Item
    interaction: Interaction
    review: Review


def tabs(reading: Reading) -> Sequence[PreviewTab]:
    """Every question of the file."""
    return [
        PreviewTab(entry.number, entry.label, _kind(reading, entry)) for entry in reading.entries
    ]


def question(reading: Reading, number: int | None) -> PreviewQuestion | None:
    """The question of that number, or the first that can be shown; None when none can."""
    shown = [entry for entry in reading.entries if entry.item]
    entry = next((each for each in shown if each.number == number), shown[0] if shown else None)
    if entry is None or entry.item is None:
        return None
    interaction = entry.item.question.render()
    review = entry.item.question.review(None, interaction)
    return PreviewQuestion(entry.number, entry.item, interaction, review)


def _kind(reading: Reading, entry: Entry) -> str:
    found = [problem for problem in reading.problems if problem.entry == entry.number]
    if not found:
        return ""
    return "error" if any(problem.is_error for problem in found) else "warning"
