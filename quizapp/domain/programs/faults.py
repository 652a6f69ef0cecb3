"""What is wrong with the programs and cases of a question, as sentences to its author."""

import ast
from collections.abc import Callable, Iterator
from typing import TypeAlias

from quizapp.domain.places import Place
from quizapp.domain.programs.cases import Case, CaseGroup
from quizapp.domain.programs.sources import (
    ProgramFaultError,
    defined_names,
    parsed_expression,
    parsed_program,
)
from quizapp.domain.programs.values import Items, Value

Fault: TypeAlias = tuple[Place, str]


def program_faults(place: Place, source: str, name: str) -> Iterator[Fault]:
    """That ``source`` is no Python, or does not define ``name``."""
    try:
        program = parsed_program(source)
    except ProgramFaultError as error:
        yield place, f"This is no Python program: {error}"
        return
    if name and name not in defined_names(program):
        yield place, f"This does not define `{name}`."


def group_faults(groups: tuple[CaseGroup, ...]) -> Iterator[Fault]:
    """What is wrong with the groups as a whole, whatever the language."""
    names = [group.name for group in groups]
    for number, name in enumerate(names):
        if name in names[:number]:
            yield ("groups", number, "name"), f"An earlier group is called `{name}` too."
    if not any(group.visible for group in groups):
        yield ("groups",), "Show at least one case: write `visible: true` in its group."
    if not any(group.worth for group in groups):
        yield ("groups",), "Some group must count: add a hidden one, or a `weight` above 0."


def python_case_faults(groups: tuple[CaseGroup, ...]) -> Iterator[Fault]:
    """Calls and statements that are no Python."""
    for place, case in _cases(groups):
        if not case.call.strip():
            yield (*place, "call"), "Write the expression whose value counts, such as `f(2)`."
        else:
            yield from _unparsed((*place, "call"), case.call, parsed_expression)
        yield from _unparsed((*place, "setup"), case.setup, parsed_program)


def sql_case_faults(groups: tuple[CaseGroup, ...], columns: tuple[str, ...]) -> Iterator[Fault]:
    """Calls, which SQL has none of, and rows that are none."""
    for place, case in _cases(groups):
        if case.call:
            yield (*place, "call"), "A query is not called. Delete `call`."
        rows = _rows(case.expected)
        if rows is None:
            yield (*place, "gives"), "Write the list of rows, each a tuple: `[('a', 1)]`."
        elif any(len(row.values) != len(rows[0].values) for row in rows):
            yield (*place, "gives"), "These rows are not equally long."
        elif rows and columns and len(rows[0].values) != len(columns):
            yield (*place, "gives"), "A row has as many values as there are `columns`."


def _cases(groups: tuple[CaseGroup, ...]) -> Iterator[tuple[Place, Case]]:
    for number, group in enumerate(groups):
        for at, case in enumerate(group.cases):
            yield ("groups", number, "cases", at), case


def _unparsed(place: Place, text: str, parse: Callable[[str], ast.AST]) -> Iterator[Fault]:
    try:
        parse(text)
    except ProgramFaultError as error:
        yield place, f"This is no Python: {error}"


def _rows(value: Value) -> list[Items] | None:
    if not isinstance(value, Items) or value.kind != "list":
        return None
    rows = [row for row in value.values if isinstance(row, Items) and row.kind == "tuple"]
    return rows if len(rows) == len(value.values) else None
