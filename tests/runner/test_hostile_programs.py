"""Programs of ``tests/attacks`` against the runner and the judge, as learners could send them.

Each may end in the verdicts that ``expected.json`` allows, in bounded time. None may print what
stands in the canaries (a file, a database, an environment variable and a listener), leave a file
behind, or keep the next learner from being graded rightly.
"""

import json
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from quizapp.config import ROOT
from quizapp.domain.programs.verdicts import Verdict
from quizapp.domain.question_types.code import Code
from quizapp.runner.client import Runner
from quizapp.services.programs import verdict_of
from tests import runners

ATTACKS = ROOT / "tests" / "attacks"
EXPECTED: dict[str, dict[str, Any]] = json.loads((ATTACKS / "expected.json").read_text("utf-8"))
MARK = "CANARY-"
"""Begins whatever must not be seen."""
WRITTEN_FOLDER, CANARY_FOLDER, CANARY_PORT = "/var/tmp", "/srv/canary", "47611"  # noqa: S108
"""As programs name them; each run puts its own in their place."""

RIGHT = "def solve(xs): return sum(x * x for x in xs)"
WRONG = [{"why": "One.", "source": "def solve(xs): return 1"}] * 2
EXAMPLES = {"name": "Examples", "visible": True}
SUM_OF_SQUARES = {
    "stem": "Write `solve`.",
    "function": "solve",
    "solution": RIGHT,
    "wrong_solutions": WRONG,
    "time_limit": 0.5,
    "groups": [
        {**EXAMPLES, "cases": [{"call": "solve([1, 2, 3])", "gives": 14}]},
        {
            "name": "Hidden",
            "cases": [
                {"call": "solve([5, -7, 2])", "gives": 78},
                {"call": "solve([])", "gives": 0},
                {"call": "solve(list(range(50)))", "gives": 40425},
            ],
        },
    ],
}
NEAR = {"compare": {"tolerance": 1e-6}}
LONGER = {"time_limit": 1}
SOFTMAX = {
    "call": "solve([0.0, 1.0, 2.0])",
    "gives": "array([0.0900305731, 0.244728471, 0.6652409557])",
}
TABLE = "create table t (n text, x int); insert into t values ('a', 1), ('a', 2), ('b', 3);"
COUNTS = "select n, count(*) as c from t group by n"
GROWN = "update t set x = x + 1"
SQL = {
    "stem": "Write it.",
    "language": "sql",
    "tables": TABLE,
    "time_limit": 0.5,
    "wrong_solutions": [{"why": "One.", "source": "select 1"}] * 2,
}


def _shown(case: dict[str, Any]) -> dict[str, Any]:
    return {**EXAMPLES, "weight": 1, "cases": [case]}


QUESTIONS = {
    name: Code.model_validate(fields)
    for name, fields in {
        "sumsq": SUM_OF_SQUARES,
        "tol": SUM_OF_SQUARES | NEAR,
        "np": SUM_OF_SQUARES | NEAR | LONGER | {"library": "numpy", "groups": [_shown(SOFTMAX)]},
        "pd": SUM_OF_SQUARES | LONGER | {"library": "pandas"},
        "sql": SQL
        | {"solution": COUNTS, "columns": ["n", "c"]}
        | {"groups": [_shown({"gives": "[('a', 2), ('b', 1)]"})]},
        "script": SQL
        | {"solution": GROWN, "query": "select n, x from t order by n, x"}
        | {"groups": [_shown({"gives": "[('a', 2), ('a', 3), ('b', 4)]"})]},
    }.items()
}


@dataclass(frozen=True)
class Place:
    """Where programs run, and what they must neither read, reach nor write."""

    runner: Runner
    folder: Path
    written: Path
    port: int
    callers: list[Any]

    def run(self, question: str, program: str) -> Verdict:
        source = (
            program.replace(CANARY_FOLDER, str(self.folder))
            .replace(WRITTEN_FOLDER, str(self.written))
            .replace(CANARY_PORT, str(self.port))
        )
        return verdict_of(self.runner, QUESTIONS[question], source, "mallory", is_urgent=True)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder, written = (tmp_path_factory.mktemp(name) for name in ("canary", "written"))
    (folder / "secret.txt").write_text(f"{MARK}FILE", "utf-8")
    with sqlite3.connect(folder / "app.db") as database:
        database.execute(f'create table "{MARK}TABLE" (x)')
    database.close()
    with pytest.MonkeyPatch.context() as patch, _listener() as (port, callers):
        patch.setenv("QUIZAPP_CANARY", f"{MARK}ENVIRONMENT")
        with runners.ready(tmp_path_factory.mktemp("runner") / "runner.sock") as runner:
            yield Place(runner, folder, written, port, callers)


class _listener:  # noqa: N801 - used as a function
    """A port of this machine, and the addresses of whoever has connected to it."""

    def __enter__(self) -> tuple[int, list[Any]]:
        self._socket = socket.create_server(("127.0.0.1", 0))
        callers: list[Any] = []
        threading.Thread(target=self._listen, args=(callers,), daemon=True).start()
        return self._socket.getsockname()[1], callers

    def _listen(self, callers: list[Any]) -> None:
        while True:
            try:
                connection, address = self._socket.accept()
            except OSError:
                return
            callers.append(address)
            connection.close()

    def __exit__(self, *_: object) -> None:
        self._socket.close()


def test_each_program_is_expected_to_end_somehow() -> None:
    programs = {path.name for path in ATTACKS.iterdir()} - {"expected.json"}

    assert programs == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_hostile_program_gains_nothing(place: Place, name: str) -> None:
    expected = EXPECTED[name]
    before = {path: path.stat().st_mtime_ns for path in place.folder.iterdir()}
    began = time.monotonic()

    verdict = place.run(expected["question"], (ATTACKS / name).read_text("utf-8"))

    assert time.monotonic() - began <= expected["max_s"]
    statuses = [group.status for group in verdict.groups]
    ending = next((each for each in statuses if each != "accepted"), "accepted")
    assert ending in expected["allow"]
    assert MARK not in json.dumps(verdict.to_json())
    assert {path: path.stat().st_mtime_ns for path in place.folder.iterdir()} == before
    assert not list(place.written.iterdir())
    assert not place.callers
    assert place.run("sumsq", RIGHT).score == 1
