"""Runs one group of cases over an SQL program, each on a database of its own in memory."""

import sqlite3
from contextlib import closing
from time import perf_counter
from typing import Any

from quizapp.runner.inside.encoding import BadResultError, encode
from quizapp.runner.inside.frames import Emit, say

NO_ROWS = "The program gives no rows: write a query, such as SELECT … FROM …."
SEVERAL = "There are several statements: write one query."

FULL = ("disk I/O error", "database or disk is full", "out of memory")
"""What SQLite says when the guest has no more memory: all that it writes to is memory."""


def run(job: dict[str, Any], emit: Emit) -> None:
    """One frame for each case."""
    for place, case in enumerate(job["cases"]):
        say(place, _frame(case, job["source"], job["most_rows"]), emit)


def _frame(case: dict[str, str], source: str, most_rows: int) -> dict[str, Any]:
    try:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
            database.execute("PRAGMA temp_store = MEMORY")  # there is no disk
            database.executescript(case["setup"])
            began = perf_counter()
            value = _rows(database, source, case["call"], most_rows)
            return {"v": value, "ms": round((perf_counter() - began) * 1000, 3)}
    except BadResultError as error:
        return {"kind": "bad_result", "message": str(error)}
    except MemoryError:
        return {"kind": "memory_limit", "message": "out of memory"}
    except sqlite3.OperationalError as error:
        kind = "memory_limit" if str(error) in FULL else "runtime_error"
        return {"kind": kind, "message": str(error)[:1_000]}
    except Exception as error:  # noqa: BLE001 - whatever SQLite finds
        return {"kind": "runtime_error", "message": str(error)[:1_000]}


def _rows(database: sqlite3.Connection, source: str, check: str, most_rows: int) -> Any:
    """The rows of the program, which is one query, or those of ``check`` after its statements."""
    if check:
        database.executescript(source)
    cursor = _queried(database, check or source)
    if cursor.description is None:
        raise BadResultError(NO_ROWS)
    rows = cursor.fetchmany(most_rows + 1)
    if len(rows) > most_rows:
        raise BadResultError(f"The result has more than {most_rows} rows.")
    columns = [str(column[0]) for column in cursor.description]
    return {"$": "rows", "cols": columns, "v": encode([list(row) for row in rows])}


def _queried(database: sqlite3.Connection, query: str) -> sqlite3.Cursor:
    try:
        return database.execute(query.strip().rstrip(";"))
    except sqlite3.ProgrammingError as error:
        if "one statement" in str(error):
            raise BadResultError(SEVERAL) from None
        raise
