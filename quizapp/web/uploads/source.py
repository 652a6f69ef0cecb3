"""An uploaded text as numbered lines with findings beneath, only as much as one needs to see."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizapp.domain.reading import Problem

CONTEXT_LINES = 3
LONGEST_LINE = 400
UNBROKEN_LINES = 60


@dataclass(frozen=True)
class SourceLine:
    """One line: text, findings, and whether lines before it are left out."""

    number: int
    text: str
    problems: tuple[Problem, ...]
    follows_gap: bool

    @property
    def kind(self) -> str:
        """``err``, ``wrn`` or nothing: the worst finding of the line."""
        if not self.problems:
            return ""
        return "err" if any(problem.is_error for problem in self.problems) else "wrn"


def source_lines(text: str, problems: Sequence[Problem]) -> list[SourceLine]:
    """The lines with findings and those around them; a short text as a whole."""
    lines = text.splitlines() or [""]
    at: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        at[min(problem.line, len(lines))].append(problem)
    numbers = _shown_numbers(len(lines), set(at))
    gaps = {after for before, after in pairwise([0, *numbers]) if after != before + 1}
    return [
        SourceLine(number, lines[number - 1][:LONGEST_LINE], tuple(at[number]), number in gaps)
        for number in numbers
    ]


def _shown_numbers(count: int, found: set[int]) -> list[int]:
    if count <= UNBROKEN_LINES:
        return list(range(1, count + 1))
    wanted = found or {1}
    near = {
        number
        for line in wanted
        for number in range(line - CONTEXT_LINES, line + CONTEXT_LINES + 1)
    }
    return sorted(number for number in near if 1 <= number <= count)
