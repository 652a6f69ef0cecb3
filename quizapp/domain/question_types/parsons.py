"""Parsons problem: build a program of given lines."""

from collections.abc import Sequence
from functools import lru_cache
from random import Random
from statistics import fmean
from typing import Annotated, ClassVar, Self, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from quizapp.domain.interactions import Arrange, Interaction, Response
from quizapp.domain.interactions.arrange import MAXIMUM_LEVEL, Placed, placed_lines
from quizapp.domain.question import Example, Grade, QuestionType, Review, ReviewRow, Storable

GUESSES = 200
"""Enough for a standard error below 0.025 in the worst case, and for grading not to wait."""


def _one_line_of_code(text: str) -> str:
    if "\t" in text or "\n" in text:
        raise ValueError("Write one line of code here, indented with spaces.")
    if not text.strip():
        raise ValueError("This must not be empty.")
    return text.rstrip()


CodeLine: TypeAlias = Annotated[
    str, StringConstraints(max_length=200), Storable, AfterValidator(_one_line_of_code)
]
"""A line of code with the spaces before it; not Markdown."""


class Parsons(QuestionType):
    """The longest run of lines that stand as in the program, less the distractors taken.

    Counted are the lines of the longest common subsequence with the key, as in the line-based
    feedback of js-parsons and in Runestone's; a line is in it only where its indentation is right
    too. Each distractor costs as much as a line earns, never below 0, and the rest is divided by
    the number of lines. So mending a line, or putting a wrong one away, never costs anything.
    """

    kind: ClassVar[str] = "parsons"
    label: ClassVar[str] = "Parsons problem"
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            {
                "stem": "Build a function that returns the mean of a list.",
                "lines": [
                    "def mean(values):",
                    "    total = 0",
                    "    for value in values:",
                    "        total += value",
                    "    return total / len(values)",
                ],
                "distractors": ["total = value", "return total"],
            },
            scores=(
                ([[0, 0], [1, 1], [2, 1], [3, 2], [4, 1]], 1.0),
                ([[0, 0], [2, 1], [1, 1], [3, 2], [4, 1]], 4 / 5),
                ([[0, 0], [1, 1], [2, 1], [3, 1], [4, 1]], 4 / 5),
                ([[0, 0], [1, 1], [2, 1], [3, 2], [4, 1], [6, 1]], 4 / 5),
                ([[0, 0]], 1 / 5),
                ([[0, 0], [0, 0]], 0.0),
                ([[5, 2]], 0.0),
                ([], 0.0),
                ("def", 0.0),
                (None, 0.0),
            ),
        ),
        Example(
            {
                "stem": "Build a query for the three best scores.",
                "lines": ["SELECT name", "  FROM scores", " ORDER BY points DESC", " LIMIT 3"],
                "distractors": [" GROUP BY points"],
                "language": "sql",
                "indentation": False,
            },
            scores=(
                ([[0, 0], [1, 0], [2, 0], [3, 0]], 1.0),
                ([[1, 0], [0, 0], [2, 0], [3, 0]], 3 / 4),
                ([[4, 0]], 0.0),
            ),
        ),
    )
    shown: ClassVar[frozenset[str]] = frozenset(
        ("stem", "lines.*", "distractors.*", "language", "indent", "indentation")
    )

    lines: Annotated[tuple[CodeLine, ...], Field(min_length=2, max_length=20)]
    """Two to twenty lines of code in their right order, with the spaces before them."""
    distractors: Annotated[tuple[CodeLine, ...], Field(max_length=10)] = ()
    """Lines that do not belong to the program."""
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+#-]{1,20}$")] = "python"
    """What the lines are coloured as: python, sql, java and others."""
    indent: Annotated[int, Field(ge=1, le=8)] = 4
    """How many spaces are one level of indentation."""
    indentation: bool = True
    """False when the lines are shown with their indentation and only their order is asked."""

    @model_validator(mode="after")
    def _key_is_clear(self) -> Self:
        shown = [self._shown(line) for line in self.lines]
        if len(set(shown)) == 1:
            raise ValueError("All lines are the same, so there is nothing to order.")
        for line in self.distractors:
            if self._shown(line) in shown:
                raise ValueError(f"This distractor is a line of the program: {line.strip()}")
        if self.indentation:
            self._check_indentation()
        return self

    def _check_indentation(self) -> None:
        spaces = [len(line) - len(line.lstrip()) for line in self.lines]
        for line, width in zip(self.lines, spaces, strict=True):
            if width % self.indent or width > self.indent * MAXIMUM_LEVEL:
                raise ValueError(
                    f"Indent by {self.indent} spaces a level, at most {MAXIMUM_LEVEL} levels:"
                    f" {line.strip()}"
                )
        if spaces[0]:
            raise ValueError("The first line must not be indented.")

    @property
    def guess_score(self) -> float:
        """The mean score of many guesses: how long such runs are by chance has no plain formula."""
        return _mean_guess(self)

    def right_response(self) -> Response:
        return [[place, self._level(line)] for place, line in enumerate(self.lines)]

    def render(self) -> Interaction:
        texts = tuple(self._shown(line) for line in (*self.lines, *self.distractors))
        return Arrange(texts, self.language, self.indent, self.indentation)

    def grade(self, response: Response | None) -> Grade:
        given = self._placed(response)
        wrong = sum(place >= len(self.lines) for place, _ in given)
        return Grade(max(0, len(self._run(given)) - wrong) / len(self.lines))

    def review(self, response: Response | None, interaction: Interaction) -> Review:  # noqa: ARG002
        given = self._placed(response)
        run = self._run(given)
        spare = [at for at in range(len(given)) if at not in run.values()]
        rows = [self._row(key, run, given, spare) for key in range(len(self.lines))]
        rows += [
            ReviewRow("", self._code(place), True, False,
                      "This line does not belong to the program.", is_verbatim=True)
            for place, _ in given
            if place >= len(self.lines)
        ]  # fmt: skip
        return Review(tuple(rows), "This is the right program." if given else "Not answered.")

    def _row(
        self, key: int, run: dict[int, int], given: Sequence[Placed], spare: list[int]
    ) -> ReviewRow:
        """A line of the program; ``spare`` loses what the learner had put somewhere else."""
        why = ""
        if given and key not in run:
            code = self._shown(self.lines[key])
            found = (at for at in spare if self._code(given[at][0]) == code)
            at = next(found, None)
            why = "You left this line out." if at is None else self._where(at, given[at][1])
            if at is not None:
                spare.remove(at)
        return ReviewRow(str(key + 1), self.lines[key], key in run, True, why, is_verbatim=True)

    def _where(self, at: int, level: int) -> str:
        depth = {0: ", not indented", 1: ", indented one level"}.get(
            level, f", indented {level} levels"
        )
        return f"You put this line at place {at + 1}{depth if self.indentation else ''}."

    def _run(self, given: Sequence[Placed]) -> dict[int, int]:
        """The longest common subsequence of the program and ``given``: places in both."""
        program = [(self._shown(line), self._level(line)) for line in self.lines]
        return _common(program, [(self._code(place), level) for place, level in given])

    def _placed(self, response: Response | None) -> list[Placed]:
        placed = placed_lines(response, len(self.lines) + len(self.distractors))
        return placed if self.indentation else [(place, 0) for place, _ in placed]

    def _code(self, place: int) -> str:
        return self._shown((*self.lines, *self.distractors)[place])

    def _shown(self, line: str) -> str:
        """The line without what is asked."""
        return line.strip() if self.indentation else line

    def _level(self, line: str) -> int:
        return (len(line) - len(line.lstrip())) // self.indent if self.indentation else 0


def _common(first: Sequence[object], second: Sequence[object]) -> dict[int, int]:
    """Places in ``second`` by places in ``first`` of a longest common subsequence."""
    longest = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for a in reversed(range(len(first))):
        for b in reversed(range(len(second))):
            skipped = max(longest[a + 1][b], longest[a][b + 1])
            longest[a][b] = 1 + longest[a + 1][b + 1] if first[a] == second[b] else skipped
    found, a, b = {}, 0, 0
    while a < len(first) and b < len(second):
        if first[a] == second[b]:
            found[a] = b
            a, b = a + 1, b + 1
        elif longest[a + 1][b] >= longest[a][b + 1]:
            a += 1
        else:
            b += 1
    return found


@lru_cache(maxsize=4096)
def _mean_guess(question: Parsons) -> float:
    interaction = question.render()
    guesses = (interaction.guess(Random(seed)) for seed in range(GUESSES))
    return fmean(question.grade(guess).score or 0.0 for guess in guesses)
