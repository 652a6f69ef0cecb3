"""An error in words for the author of the program: their own lines, and nothing of the harness."""

import traceback
from types import TracebackType

PROGRAM = "<program>"
"""The file name that the learner's program is compiled under."""
LONGEST = 1_000
MOST_LINES = 5
NEWEST_FRAMES = 50
WIDEST = 200


def of_error(error: BaseException) -> str:
    """``line 3, in f: ZeroDivisionError: division by zero``, the innermost call last."""
    try:
        if isinstance(error, SyntaxError) and error.filename == PROGRAM:
            return _of_syntax(error)[:LONGEST]
        lines = _own_lines(error.__traceback__)
        said = f"{_name(error)}: {_text(error)}" if _text(error) else _name(error)
        return ("\n".join(lines) + ": " + said if lines else said)[:LONGEST]
    except BaseException:  # noqa: BLE001 - an exception's own methods may raise anything
        return "an error that cannot be shown"


def _name(error: BaseException) -> str:
    return str(type(error).__name__)[:WIDEST]


def _text(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return "the program ended itself; return a value instead"
    return str(error)[: LONGEST // 2]


def _own_lines(trace: TracebackType | None) -> list[str]:
    """Where in the program, outermost first; of a deep recursion only the end."""
    lines: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == PROGRAM:
            inside = "" if code.co_name == "<module>" else f", in {code.co_name[:WIDEST]}"
            lines.append(f"line {trace.tb_lineno}{inside}")
        trace = trace.tb_next
    return lines[-MOST_LINES:]


def _of_syntax(error: SyntaxError) -> str:
    """The line, and a caret under the place, as the interpreter prints it."""
    said = f"line {error.lineno}: {_name(error)}: {error.msg}"
    shown = traceback.TracebackException(type(error), error, None).format_exception_only()
    marked = [line.rstrip("\n")[:WIDEST] for line in shown if line.startswith("    ")]
    return "\n".join([said, *marked[:2]])
