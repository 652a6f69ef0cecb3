"""Findings and questions of an uploaded file: no more of either than a page can show."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.domain.interactions import Interaction
from quizapp.domain.items import Item
from quizapp.domain.question import Review
from quizapp.domain.reading import Problem, Reading

MOST_FINDINGS = 200
MOST_TABS = 40
TABS_AROUND = 11
"""So many tabs, the current question's in the middle, where a file has more than ``MOST_TABS``."""


@dataclass(frozen=True)
class PreviewTab:
    """One question in the row of tabs, with its worst finding.

    ``line`` is that of its first shown error: a question with errors cannot be shown, only mended.
    """

    number: int
    kind: str
    can_show: bool
    line: int | None


@dataclass(frozen=True)
class TabRow:
    """The tabs around the current question, and the questions before and behind it, if any."""

    tabs: Sequence[PreviewTab]
    count: int
    before: int | None
    behind: int | None

    @property
    def is_whole(self) -> bool:
        """True when every question of the file has its tab here."""
        return len(self.tabs) == self.count


@dataclass(frozen=True)
class PreviewQuestion:
    """One question with its right answers; ``other_draw`` names other numbers, where it has any."""

    number: int
    other_draw: int | None
    item: Item
    interaction: Interaction
    review: Review


def findings(problems: Sequence[Problem]) -> Sequence[Problem]:
    """As many of ``problems`` as a page shows, errors before warnings, in their order."""
    worst = sorted(enumerate(problems), key=lambda each: not each[1].is_error)[:MOST_FINDINGS]
    return [problem for _, problem in sorted(worst, key=lambda each: each[0])]


def tab_row(reading: Reading, current: int, shown: Sequence[Problem]) -> TabRow:
    """The tabs around the question of that number; ``shown`` are the findings on the page."""
    numbers = [entry.number for entry in reading.entries if entry.item]
    count = len(reading.entries)
    room = count if count <= MOST_TABS else TABS_AROUND
    first = max(0, min(current - 1 - room // 2, count - room))
    kinds, lines = _kinds(reading.problems), _lines(shown)
    return TabRow(
        tabs=[
            PreviewTab(
                entry.number,
                kinds.get(entry.number, ""),
                entry.item is not None,
                lines.get(entry.number),
            )
            for entry in reading.entries[first : first + room]
        ],
        count=count,
        before=max((number for number in numbers if number < current), default=None),
        behind=min((number for number in numbers if number > current), default=None),
    )


def question(reading: Reading, number: int | None, draw: int) -> PreviewQuestion | None:
    """The question of that number, or the first that can be shown; None when none can.

    Numbers that are drawn are those of the seed ``draw``.
    """
    shown = [entry for entry in reading.entries if entry.item]
    entry = next((each for each in shown if each.number == number), shown[0] if shown else None)
    if entry is None or entry.item is None:
        return None
    item, other_draw = entry.item, None
    if item.template:
        item, other_draw = item.with_values(item.draw(draw)), draw + 1
    interaction = item.question.render()
    review = item.question.review(None, interaction).of_key()
    return PreviewQuestion(entry.number, other_draw, item, interaction, review)


def _kinds(problems: Sequence[Problem]) -> dict[int | None, str]:
    """The worst finding of each question by its number."""
    warned = {problem.entry: "warning" for problem in problems}
    return warned | {problem.entry: "error" for problem in problems if problem.is_error}


def _lines(shown: Sequence[Problem]) -> dict[int | None, int]:
    """The line of each question's first error by its number."""
    return {problem.entry: problem.line for problem in reversed(shown) if problem.is_error}
