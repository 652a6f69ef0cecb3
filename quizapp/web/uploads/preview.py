"""Questions of an uploaded file as learners will see them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizapp.domain.interactions import Interaction
from quizapp.domain.items import Item
from quizapp.domain.question import Review
from quizapp.domain.reading import Entry, Reading


@dataclass(frozen=True)
class PreviewTab:
    """One question in the row of tabs, with its worst finding.

    ``line`` is that of its first error; a question with errors cannot be shown, only mended.
    """

    number: int
    label: str
    kind: str
    line: int | None


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
        PreviewTab(entry.number, entry.label, _kind(reading, entry), _line(reading, entry))
        for entry in reading.entries
    ]


def question(reading: Reading, number: int | None) -> PreviewQuestion | None:
    """The question of that number, or the first that can be shown; None when none can."""
    shown = [entry for entry in reading.entries if entry.item]
    entry = next((each for each in shown if each.number == number), shown[0] if shown else None)
    if entry is None or entry.item is None:
        return None
    interaction = entry.item.question.render()
    review = entry.item.question.review(None, interaction)
    return PreviewQuestion(entry.number, entry.item, interaction, replace(review, note=""))


def _kind(reading: Reading, entry: Entry) -> str:
    found = [problem for problem in reading.problems if problem.entry == entry.number]
    if not found:
        return ""
    return "error" if any(problem.is_error for problem in found) else "warning"


def _line(reading: Reading, entry: Entry) -> int | None:
    errors = (each for each in reading.problems if each.entry == entry.number and each.is_error)
    return next((each.line for each in errors), None)
