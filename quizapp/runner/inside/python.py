"""Runs one group of cases over a Python program."""

import sys
from time import perf_counter
from types import ModuleType
from typing import Any

from quizapp.runner.inside.encoding import BadResultError, encode
from quizapp.runner.inside.frames import Emit, say
from quizapp.runner.inside.messages import PROGRAM, of_error
from quizapp.runner.inside.printing import OutputLimitError, Printed

MODULE = "answer"
"""Not ``__main__``, so that what a program does only when started by itself is left out."""
CASE = "<case>"


def run(job: dict[str, Any], emit: Emit) -> None:
    """One frame about the program, if it cannot be used, else one for each case."""
    printed = Printed(job["longest_output"])
    sys.stdout = sys.stderr = printed
    module = ModuleType(MODULE)
    sys.modules[MODULE] = module
    fatal = _load(job, module)
    emit({"loaded": printed.taken(), **fatal})
    if fatal:
        return
    for place, case in enumerate(job["cases"]):
        frame = {**_frame(case, module), "out": printed.taken()}
        if printed.is_over:
            emit({"fatal": "output_limit", "message": "The program printed too much."})
            return
        say(place, frame, emit)


def _load(job: dict[str, Any], module: ModuleType) -> dict[str, str]:
    """The program has run in ``module``, or why it cannot be used."""
    try:
        code = compile(job["source"], PROGRAM, "exec", dont_inherit=True)
    except MemoryError:
        return _fatal("memory_limit", "MemoryError")
    except BaseException as error:  # noqa: BLE001 - too deep, NUL bytes, a syntax error
        return _fatal("compile_error", of_error(error))
    try:
        exec(code, module.__dict__)  # noqa: S102 - what all this is for
    except OutputLimitError:
        return _fatal("output_limit", "The program printed too much.")
    except MemoryError as error:
        return _fatal("memory_limit", of_error(error))
    except BaseException as error:  # noqa: BLE001 - SystemExit as well
        return _fatal("runtime_error", of_error(error))
    if job["name"] and job["name"] not in module.__dict__:
        return _fatal("compile_error", f"The program does not define {job['name']}.")
    return {}


def _fatal(kind: str, message: str) -> dict[str, str]:
    return {"fatal": kind, "message": message}


def _frame(case: dict[str, str], module: ModuleType) -> dict[str, Any]:
    """What is claimed of one case."""
    began = perf_counter()
    try:
        names = dict(module.__dict__)
        exec(compile(case["setup"], CASE, "exec", dont_inherit=True), names)  # noqa: S102
        call = compile(case["call"].strip(), CASE, "eval", dont_inherit=True)
        began = perf_counter()
        value = eval(call, names)  # noqa: S307 - the author's own expression
        took = perf_counter() - began
        return {"v": encode(value), "ms": round(took * 1000, 3)}
    except BadResultError as error:
        return {"kind": "bad_result", "message": str(error), "ms": _since(began)}
    except MemoryError as error:
        return {"kind": "memory_limit", "message": of_error(error), "ms": _since(began)}
    except BaseException as error:  # noqa: BLE001 - SystemExit as well
        return {"kind": "runtime_error", "message": of_error(error), "ms": _since(began)}


def _since(began: float) -> float:
    return round((perf_counter() - began) * 1000, 3)
