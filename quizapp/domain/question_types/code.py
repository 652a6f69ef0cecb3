"""Code: a program that is run on cases."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias

from pydantic import Field, StringConstraints, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from quizapp.domain.fences import fenced
from quizapp.domain.interactions import CodeEntry, Interaction, Response, ShownCase
from quizapp.domain.places import Place
from quizapp.domain.programs.cases import (
    MOST_GROUPS,
    CaseGroup,
    Compare,
    Piece,
    Source,
    WrongSolution,
)
from quizapp.domain.programs.checkers import CHECKER
from quizapp.domain.programs.comparison import Rule
from quizapp.domain.programs.examples import FACTORS, MEAN, VISITS
from quizapp.domain.programs.faults import (
    Fault,
    group_faults,
    program_faults,
    python_case_faults,
    sql_case_faults,
)
from quizapp.domain.programs.jobs import CaseInput, Job, Library
from quizapp.domain.question import Example, Grade, QuestionType, Review, ReviewRow

PythonName: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=80)
]
ColumnName: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=80)]

_ONLY_PYTHON = ("function", "library")
_ONLY_SQL = ("tables", "query", "columns")


class Code(QuestionType):
    """A program that is run on cases, in Python, with NumPy or pandas, or in SQL (SQLite). Cases
    stand in groups, and a group counts if each of its cases is right: as with the test groups of
    the ICPC's problem package format, and unlike Moodle's CodeRunner, which counts single cases.

    The score comes later, once a runner has tried the program: the weights of the groups that it
    passes, over all weights. A blank program scores 0.
    """

    kind: ClassVar[str] = "code"
    label: ClassVar[str] = "Code"
    examples: ClassVar[tuple[Example, ...]] = (MEAN, FACTORS, VISITS)
    shown: ClassVar[frozenset[str]] = frozenset(
        (
            "stem",
            "language",
            "library",
            "function",
            "starter",
            "time_limit",
            "tables",
            "query",
            "columns.*",
            "groups.visible.name",
            "groups.visible.cases.*.setup",
            "groups.visible.cases.*.call",
            "groups.visible.cases.*.gives",
        )
    )
    never_shown: ClassVar[frozenset[str]] = frozenset(
        (
            "groups.hidden.cases.*.setup",
            "groups.hidden.cases.*.call",
            "groups.hidden.cases.*.gives",
            "checker",
            "wrong_solutions.*.why",
            "wrong_solutions.*.source",
        )
    )
    graded_by: ClassVar[Literal["us", "a person", "a runner"]] = "a runner"
    can_be_part: ClassVar[bool] = False
    can_be_drawn: ClassVar[bool] = False

    language: Literal["python", "sql"] = "python"
    """`python`, or `sql` in SQLite's dialect."""
    library: Library | None = None
    """`numpy` or `pandas`, if programs need it; both may be imported then with pandas."""
    function: PythonName | None = None
    """Python: the function or class that the program must define."""
    starter: Piece = ""
    """What the learner starts from; by itself it is no answer."""
    tables: Source | None = None
    """SQL: the statements that make the tables, before those of each case; learners see them."""
    query: Piece = ""
    """SQL: where the program changes the tables, the query whose rows are compared afterwards.
    Without it the program is itself the query.
    """
    columns: Annotated[tuple[ColumnName, ...], Field(max_length=50)] = ()
    """SQL: the names that the columns must have, if they count, in any case of letters."""
    time_limit: Annotated[float, Field(ge=0.1, le=10)] | None = None
    """Seconds for each group: 2, or 3 with a library, unless written. At least five times what the
    solution takes.
    """
    groups: Annotated[tuple[CaseGroup, ...], Field(min_length=1, max_length=MOST_GROUPS)]
    """The cases in groups, of which at least one is visible to learners and one counts."""
    compare: Compare | None = None
    """What may differ from the value that a case gives: a `tolerance` of numbers, the `order`."""
    checker: Source | None = None
    """Where several values are right: a Python program with `check(got, gives)`, which returns
    True or, if the value is wrong, False or a sentence on what is wrong.
    """
    solution: Source
    """A program that passes all groups, shown after the attempt."""
    wrong_solutions: Annotated[tuple[WrongSolution, ...], Field(min_length=2, max_length=10)]
    """Two programs or more with likely mistakes, each with `why`: the cases must tell them from
    the right one.
    """

    @model_validator(mode="after")
    def _it_can_be_run(self) -> Self:
        faults = [
            *self._misplaced(),
            *group_faults(self.groups),
            *(self._python_faults() if self.language == "python" else self._sql_faults()),
            *(program_faults(("checker",), self.checker, CHECKER) if self.checker else ()),
        ]
        if faults:
            details = [_detail(place, sentence) for place, sentence in faults]
            raise ValidationError.from_exception_data(self.kind, details)
        return self

    def _misplaced(self) -> Iterator[Fault]:
        """Fields of the other language, and of two ways to judge."""
        for name in _ONLY_SQL if self.language == "python" else _ONLY_PYTHON:
            if getattr(self, name):
                yield (name,), f"`{name}` has no meaning in {self.language}. Delete the field."
        if self.checker and self.compare:
            yield ("compare",), "The `checker` judges all. Delete `compare`."

    def _python_faults(self) -> Iterator[Fault]:
        if self.function is None:
            yield ("function",), "Name the function or class that the program must define."
        name = self.function or ""
        yield from program_faults(("solution",), self.solution, name)
        if self.starter:
            yield from program_faults(("starter",), self.starter, name)
        for number, wrong in enumerate(self.wrong_solutions):
            yield from program_faults(("wrong_solutions", number, "source"), wrong.source, name)
        yield from python_case_faults(self.groups)

    def _sql_faults(self) -> Iterator[Fault]:
        yield from sql_case_faults(self.groups, self.columns)

    @classmethod
    def owner(cls, place: Place, fields: Mapping[str, Any]) -> tuple[type[QuestionType], Place]:
        """The number of a group becomes ``visible`` or ``hidden``; a value given as a list is one
        text.
        """
        if place[0] != "groups" or len(place) < 2:
            return cls, place
        group = fields["groups"][place[1]]
        is_visible = isinstance(group, Mapping) and group.get("visible") is True
        return cls, ("groups", "visible" if is_visible else "hidden", *place[2:5])

    @property
    def seconds(self) -> float:
        """The time limit of a group."""
        return self.time_limit or (3.0 if self.library else 2.0)

    @property
    def rule(self) -> Rule:
        """How values are compared, where no checker judges them."""
        compare = self.compare or Compare()
        is_free = compare.order == "any" or (compare.order is None and self.language == "sql")
        return Rule(compare.tolerance, is_free, self.columns)

    def job(self, source: str, group: CaseGroup) -> Job:
        """What is to be run to judge the program ``source`` by ``group``; holds no value that it
        is to give.
        """
        return Job(
            language=self.language,
            source=source,
            name=self.function or "",
            cases=tuple(
                CaseInput(f"{self.tables}\n;\n{case.setup}" if self.tables else case.setup, call)
                for case in group.cases
                for call in (case.call or self.query,)
            ),
            seconds=self.seconds,
            library=self.library,
            shows_output=group.visible,
        )

    @property
    def prompt(self) -> str:
        blocks = [self.stem]
        if self.tables:
            blocks.append(fenced(self.tables, "sql"))
        if self.query:
            blocks.extend(("Afterwards this query is run:", fenced(self.query, "sql")))
        return "\n\n".join(blocks)

    @property
    def guess_score(self) -> float:
        return 0.0

    def right_response(self) -> Response:
        return self.solution

    def render(self) -> Interaction:
        visible = [case for group in self.groups if group.visible for case in group.cases]
        return CodeEntry(
            language=self.language,
            name=self.function or "",
            starter=self.starter,
            cases=tuple(ShownCase(case.setup, case.call, case.gives) for case in visible),
            seconds=self.seconds,
            library=self.library or "",
            columns=self.columns,
        )

    def grade(self, response: Response | None) -> Grade:
        return Grade(None if _is_program(response) else 0.0)

    def review(self, response: Response | None, interaction: Interaction) -> Review:  # noqa: ARG002
        rows = (self._program(self.solution, "A solution", is_given=False), self._tests())
        if not isinstance(response, str) or not response.strip():
            return Review(rows, "Not answered.")
        return Review((self._program(response, "Your program", is_given=True), *rows))

    def _program(self, source: str, part: str, *, is_given: bool) -> ReviewRow:
        text = fenced(source, self.language)
        return ReviewRow(
            "", text, is_given, not is_given, part=part, is_neutral=True, is_block=True
        )

    def _tests(self) -> ReviewRow:
        """The groups by name, with how much each counts."""
        total = sum(group.worth for group in self.groups)
        lines = tuple(f"{each.name}: {100 * each.worth / total:.0f} %" for each in self.groups)
        return ReviewRow("", "", False, False, part="Tests", lines=lines, is_neutral=True)


def _is_program(response: Response | None) -> bool:
    return isinstance(response, str) and bool(response.strip())


def _detail(place: Place, sentence: str) -> InitErrorDetails:
    return InitErrorDetails(
        type=PydanticCustomError("misfit", "{said}", {"said": sentence}), loc=place, input=sentence
    )
