"""What every fault must leave behind: a database in which nothing is broken."""

from collections.abc import Sequence

from flask import Flask
from sqlalchemy import text

from quizapp.db import db
from tests.environment import postgres
from tests.load.faults.verdicts import Verdict, none_of

DEMAND = "doctor finds no breach"


def check(fault: str, app: Flask, expected: Sequence[str] = ()) -> Verdict:
    """The verdict on what ``flask doctor --check`` says of the database of ``app``.

    ``expected`` are the beginnings of what it must find because of where the fault was made, such
    as a disk that is small. The tests' PostgreSQL is none to keep answers in; doctor says so.
    """
    expected = (*expected, *postgres.SETTINGS)
    done = app.test_cli_runner().invoke(args=["doctor", "--check"])
    found = [line.partition(" ")[2].strip() for line in done.output.splitlines() if _tells(line)]
    breaches = [each for each in found if not each.startswith(tuple(expected))]
    if not found and done.exit_code:
        breaches = [repr(done.exception), done.output]
    return none_of(fault, DEMAND, breaches)


def broken_files(app: Flask) -> list[str]:
    """What SQLite itself finds wrong with its file."""
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            return []
        rows = db.session.execute(text("PRAGMA integrity_check")).scalars().all()
        return [row for row in rows if row != "ok"]


def _tells(line: str) -> bool:
    return line.startswith("breach ")
