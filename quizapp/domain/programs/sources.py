"""Authors' Python, read but never run: by the grammar of Python 3.11, wherever it is read."""

import ast
from collections.abc import Iterator

GRAMMAR = (3, 11)


class ProgramFaultError(Exception):
    """A text is no Python; the message says what and in which line."""


def parsed_program(source: str) -> ast.Module:
    """The statements of ``source``. Raises ProgramFaultError."""
    try:
        return ast.parse(source, feature_version=GRAMMAR)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _fault(error) from error


def parsed_expression(source: str) -> ast.expr:
    """The one expression in ``source``. Raises ProgramFaultError."""
    try:
        return ast.parse(source.strip(), mode="eval", feature_version=GRAMMAR).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _fault(error) from error


def _fault(error: Exception) -> ProgramFaultError:
    if isinstance(error, SyntaxError) and error.lineno:
        return ProgramFaultError(f"{error.msg} (line {error.lineno}).")
    return ProgramFaultError("it cannot be read, since it is nested too deeply or holds a NUL.")


def defined_names(program: ast.Module) -> frozenset[str]:
    """What the program defines at its outermost level: functions, classes, assigned names."""
    return frozenset(name for statement in program.body for name in _names(statement))


def _names(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Assign):
        yield from (each.id for each in statement.targets if isinstance(each, ast.Name))
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        yield from (each.asname or each.name for each in statement.names)
