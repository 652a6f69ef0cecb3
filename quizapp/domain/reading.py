"""What comes out of reading a file of questions: entries, a header, and every fault's place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal, Protocol, Self, TypeAlias

from pydantic import Field, StringConstraints, model_validator

from quizapp.domain.formulas import Budget
from quizapp.domain.items import FieldProblem, Item, ItemFaultsError, Level, Slug
from quizapp.domain.places import Place
from quizapp.domain.question import Content, Line, Storable
from quizapp.domain.scoring_rules import NO_RULES, ScoringRules
from quizapp.domain.yaml_document import Mark

MAXIMUM_QUESTIONS = 1_000
"""So many questions a file may hold: publishing them keeps everybody's answers waiting for less
than a second."""

LONGEST_MINUTES = 600

UNITS_OF_A_FILE = 3_000_000
"""What computing the examples of all its questions with parameters may cost."""

Locate = Callable[[Place, int, int], Mark]
"""Where line and column (from 1) of the text at a place in an item's fields stand in the file."""


def at_start(place: Place, line: int, column: int) -> Mark:  # noqa: ARG001 - a Locate
    """The place of what a file does not say."""
    return Mark(1, 1)


Title: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Storable
]
"""What people call a bank or a quiz."""


class SectionFields(Content):
    """One section of a ready-made quiz as an author writes it."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), Storable] = ""
    """What learners call this section."""
    questions: Annotated[int, Field(ge=1, le=100)]
    """How many questions are drawn."""
    skills: tuple[Line, ...] = ()
    """Draw only from these skills, or all below a prefix such as ml.classical."""
    levels: tuple[Level, ...] = ()
    """Draw only from these career levels."""
    types: tuple[Line, ...] = ()
    """Draw only questions of these types."""
    without_types: tuple[Line, ...] = ()
    """Draw no questions of these types, such as programs in a short quiz."""
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    """Its own time: sections with times come one after the other, without a way back."""
    points: Annotated[float, Field(gt=0, le=100)] | None = None
    """What each of its questions is worth in this quiz."""


class QuizFields(Content):
    """A ready-made quiz as an author writes it: what it draws from its bank, and the time."""

    id: Slug
    """Unique among the quizzes of its bank; part of its address."""
    title: Title
    """What learners call this quiz."""
    description: Annotated[str, Field(max_length=2_000), Storable] = ""
    """One sentence that helps to choose it."""
    questions: Annotated[int, Field(ge=1, le=100)] | None = None
    """How many questions are drawn, not counting descriptions; left out where sections say it."""
    sections: Annotated[tuple[SectionFields, ...], Field(max_length=20)] = ()
    """Draws of their own, in this order, instead of one."""
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    """Time limit; without it the quiz is untimed."""
    skills: tuple[Line, ...] = ()
    """Draw only from these skills, or all below a prefix such as ml.classical."""
    levels: tuple[Level, ...] = ()
    """Draw only from these career levels."""
    types: tuple[Line, ...] = ()
    """Draw only questions of these types."""
    without_types: tuple[Line, ...] = ()
    """Draw no questions of these types, such as programs in a short quiz."""
    fixed_order: bool = False
    """True asks the first questions as they stand in the files, instead of drawing and mixing, and
    shows the descriptions that stand before them.
    """
    one_way: bool = False
    """True asks one question after the other: there is no way back."""
    feedback: Literal["end", "each"] = "end"
    """each: what is right is shown after each question, whose answer is then final."""
    scoring: ScoringRules = NO_RULES
    """What responses count for, where that is not score times points."""

    @model_validator(mode="after")
    def _sections_fit(self) -> Self:
        if fault := _fault_of_sections(self):
            raise ValueError(fault)
        return self

    @property
    def draws(self) -> tuple[SectionFields, ...]:
        """Its sections, or the one that the quiz is as a whole."""
        names = ("questions", "skills", "levels", "types", "without_types")
        whole = {name: getattr(self, name) for name in names}
        return self.sections or (SectionFields.model_validate(whole),)


def _fault_of_sections(quiz: QuizFields) -> str:
    """What of ``quiz`` cannot stand together; "" when all can."""
    times = [section.minutes for section in quiz.sections]
    has_times = any(minutes is not None for minutes in times)
    if (quiz.questions is None) == (not quiz.sections):
        return "Say how many `questions` are drawn, or list `sections` that do."
    if quiz.sections and (quiz.skills or quiz.levels or quiz.types or quiz.without_types):
        return "Each of the `sections` says its `skills`, `levels` and types: write them there."
    if has_times and None in times:
        return "Give each of the `sections` its `minutes`, or none of them."
    if has_times and quiz.minutes is not None:
        return "The quiz lasts as long as its sections together. Leave out its own `minutes`."
    if has_times and quiz.one_way:
        return "Inside a section with `minutes` one moves freely. Leave out `one_way`."
    if sum(minutes or 0 for minutes in times) > LONGEST_MINUTES:
        return f"All sections together last at most {LONGEST_MINUTES} minutes."
    return ""


class SetHeader(Content):
    """The head of a question set: its name and the quizzes over it."""

    id: Slug
    """Name of the bank in addresses; never changed."""
    title: Title
    """What people call this bank."""
    description: Annotated[str, Field(max_length=5_000), Storable] = ""
    """What the bank covers, in a sentence or two."""
    practice: bool = True
    """False asks its questions in its own quizzes only, as those of instructors always are."""
    quizzes: Annotated[tuple[QuizFields, ...], Field(max_length=20)] = ()
    """Ready-made quizzes over the bank; without any there is one over everything."""


@dataclass(frozen=True)
class Problem:
    """One fault of a file, at a line and column (from 1), as a sentence for its author."""

    line: int
    column: int
    message: str
    is_error: bool = True
    entry: int | None = None
    """Number of the question in the file, from 1; None when the fault is not in a question."""
    field: str = ""


@dataclass(frozen=True)
class Entry:
    """One question of a file: ``item`` is None when it has errors."""

    number: int
    label: str
    line: int
    item: Item | None
    locate: Locate

    def problem(self, fault: FieldProblem) -> Problem:
        """``fault`` at its place in the file."""
        mark = self.locate(fault.place, fault.line, fault.column)
        return Problem(
            mark.line,
            mark.column,
            fault.message,
            fault.is_error,
            self.number,
            name_of(fault.place),
        )


@dataclass(frozen=True)
class Reading:
    """All that a file holds. ``problems`` is complete: one fault does not hide the next.

    ``locate`` finds the places of the header's fields.
    """

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    header: SetHeader | None = None
    locate: Locate = at_start

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(entry.item for entry in self.entries if entry.item)

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self.problems)

    def with_problems(self, more: tuple[Problem, ...]) -> "Reading":
        """This reading with further problems, all in the order of the file."""
        problems = sorted((*self.problems, *more), key=lambda each: (each.line, each.column))
        return replace(self, problems=tuple(problems))

    def header_problem(self, fault: FieldProblem) -> Problem:
        """``fault`` of the header at its place in the file."""
        mark = self.locate(fault.place, 1, 0)
        return Problem(
            mark.line, mark.column, fault.message, fault.is_error, field=name_of(fault.place)
        )


class Format(Protocol):
    """A file format of questions; one module in ``formats/``."""

    NAME: str
    SUFFIXES: tuple[str, ...]

    def sniff(self, head: str) -> bool:
        """True when a text that starts with ``head`` looks like this format."""
        ...

    def read(self, text: str) -> Reading:
        """Everything in ``text``; never raises on what an author may have written."""
        ...


@dataclass
class EntryReader:
    """Collects entries and problems while a format walks its file."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _budget: Budget = field(default_factory=lambda: Budget(UNITS_OF_A_FILE))
    _lines_by_slug: dict[str, int] = field(default_factory=dict)

    def has_room(self, locate: Locate) -> bool:
        """False for a question more than a file may hold; the file is then read no further."""
        if len(self.entries) < MAXIMUM_QUESTIONS:
            return True
        mark = locate((), 1, 0)
        message = f"More than {MAXIMUM_QUESTIONS:,} questions. Split the file."
        self.problems.append(Problem(mark.line, mark.column, message))
        return False

    def add(
        self, fields: Mapping[str, Any], locate: Locate, faults: tuple[FieldProblem, ...] = ()
    ) -> None:
        """Reads one question from its fields; its faults are added to ``problems``.

        ``faults`` are those that its format has found already.
        """
        item: Item | None = None
        try:
            item = Item.parse(fields, self._budget)
        except ItemFaultsError as error:
            faults = (*faults, *error.problems)
        self._append(fields.get("id"), None if faults else item, locate, faults)

    def refuse(self, message: str, locate: Locate) -> None:
        """Takes note of something that stands where a question should."""
        self._append(None, None, locate, (FieldProblem((), message),))

    def _append(
        self, name: object, item: Item | None, locate: Locate, faults: tuple[FieldProblem, ...]
    ) -> None:
        number = len(self.entries) + 1
        label = str(name)[:80] if name and isinstance(name, (str, int)) else f"question {number}"
        entry = Entry(number, label, locate((), 1, 0).line, item, locate)
        self.entries.append(entry)
        self.problems.extend(entry.problem(fault) for fault in faults)
        self._check_slug(entry)

    def _check_slug(self, entry: Entry) -> None:
        if entry.item is None:
            return
        if first := self._lines_by_slug.get(entry.item.slug):
            fault = FieldProblem(("id",), f"The id is already used in line {first}.")
            self.problems.append(entry.problem(fault))
        self._lines_by_slug.setdefault(entry.item.slug, entry.line)

    def reading(self, header: SetHeader | None = None, locate: Locate = at_start) -> Reading:
        """What was collected so far; a file without anything has that as its problem."""
        if not (self.entries or self.problems or header):
            self.problems.append(Problem(1, 1, "The file holds no questions."))
        reading = Reading(tuple(self.entries), (), header, locate)
        return reading.with_problems(tuple(self.problems))


def name_of(place: Place) -> str:
    """``options.2.why``: a place as an author counts."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
