"""Programs that try to break out, and what they leave behind.

To add one, put it into ``tests/attacks`` and say in ``expected.json`` which of ``QUESTIONS`` it
answers, which verdicts it may get, within how many seconds, and in a sentence what it tries.
"""

import json
import os
import socket
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quizapp.config import ROOT
from quizapp.domain.items import Item
from quizapp.domain.question_types.code import Code
from quizapp.runner.client import Runner
from quizapp.services.programs import verdict_of
from tests.factories import make_item

OTHERS = ROOT.parent / "shared" / "runner" / "attacks"
"""Programs that others wrote, where they lie beside the checkout."""
FOLDERS = tuple(folder for folder in (ROOT / "tests" / "attacks", OTHERS) if folder.is_dir())
CANARY_VARIABLE = "QUIZAPP_CANARY"
CANARY_TEXT = "CANARY-"
"""Begins all that no program may see; programs too begin with it what no learner may see."""
CANARY_FOLDER, WRITTEN_FOLDER, CANARY_PORT = "/srv/canary", "/var/tmp", "47611"  # noqa: S108
"""Where programs look for canaries, write, and call; each run puts its own in their place."""
SQUARES = "def solve(xs):\n    return sum(x * x for x in xs)\n"
SOFTMAX = [0.0900305731, 0.2447284710, 0.6652409557]
ROWS = "insert into t values ('a', 1), ('a', 2), ('b', 3);"
COUNTS = "select n, count(*) as c from t group by n order by n"
PYTHON_WRONG = ("def solve(xs):\n    return 1\n", "def solve(xs):\n    return 2\n")
SQL_WRONG = ("select 1", "select 2")
SHORT, LONGER = {"time_limit": 0.5}, {"time_limit": 1}
"""Many programs take all the time that they get."""


def _python(function: str, *groups: dict[str, Any], **fields: Any) -> Code:
    return _code(function=function, groups=list(groups), solution=SQUARES, **fields)


def _code(**fields: Any) -> Code:
    sources = SQL_WRONG if fields.get("language") == "sql" else PYTHON_WRONG
    wrong = [{"why": f"It is {source!r}.", "source": source} for source in sources]
    item: Item = make_item("attacked", type="code", stem="Do it.", wrong_solutions=wrong, **fields)
    assert isinstance(item.question, Code)
    return item.question


def _sums(**fields: Any) -> Code:
    shown = {
        "visible": True,
        "name": "Examples",
        "cases": [{"call": "solve([1, 2, 3])", "gives": 14}],
    }
    calls = {"solve([5, -7, 2])": 78, "solve([])": 0, "solve(list(range(50)))": 40425}
    hidden = {"name": "Hidden", "cases": [{"call": c, "gives": g} for c, g in calls.items()]}
    return _python("solve", shown, hidden, **fields)


def _one(call: str, gives: Any, **fields: Any) -> Code:
    cases = [{"call": call, "gives": gives}]
    return _python("solve", {"visible": True, "name": "All", "weight": 1, "cases": cases}, **fields)


def _sql(**fields: Any) -> Code:
    cases = [{"setup": ROWS, "gives": fields.pop("gives")}]
    groups = [{"visible": True, "name": "All", "weight": 1, "cases": cases}]
    tables = "create table t (n text, x int);"
    return _code(language="sql", tables=tables, groups=groups, solution=COUNTS, **fields)


QUESTIONS = {
    "sumsq": _sums(**SHORT),
    "tol": _sums(compare={"tolerance": 1e-6}, **SHORT),
    "np": _one(
        "solve([0.0, 1.0, 2.0])",
        f"array({SOFTMAX})",
        library="numpy",
        compare={"tolerance": 1e-6},
        **LONGER,
    ),
    "pd": _one("solve([3, 1, 2])", 6, library="pandas", **LONGER),
    "sql": _sql(gives="[('a', 2), ('b', 1)]", columns=["n", "c"], **SHORT),
    "script": _sql(gives="[('a', 2), ('a', 3), ('b', 4)]", query="select n, x from t", **SHORT),
}


@dataclass(frozen=True)
class Attack:
    """One program, and how it may end."""

    path: Path
    question: str
    allowed: frozenset[str]
    seconds: float
    note: str

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


@dataclass
class Canaries:
    """What no program may reach: a folder, a variable, a port; and a folder to write into."""

    folder: Path
    written: Path
    port: int
    before: dict[str, tuple[int, float]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    def files(self) -> dict[str, tuple[int, float]]:
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return {str(path): (path.stat().st_size, path.stat().st_mtime) for path in found}

    def traces(self) -> list[str]:
        """What an attack has left on this machine."""
        return [str(path) for path in (*self.written.iterdir(), Path("pwned")) if path.exists()]

    def within_reach_of(self, source: str) -> str:
        """``source``, which looks here for what it is after."""
        source = source.replace(CANARY_FOLDER, str(self.folder))
        return source.replace(WRITTEN_FOLDER, str(self.written)).replace(
            CANARY_PORT, str(self.port)
        )


def attacks(folders: Iterable[Path] = FOLDERS) -> Iterator[Attack]:
    """All that are there."""
    for folder in folders:
        listed = folder / "expected.json"
        known = json.loads(listed.read_text("utf-8")) if listed.exists() else {}
        for name, each in sorted(known.items()):
            allowed = frozenset(each["allow"])
            yield Attack(folder / name, each["question"], allowed, each["max_s"], each["note"])


def ending_of(
    runner: Runner, attack: Attack, laid: Canaries, owner: str = "mallory"
) -> tuple[str, str, float]:
    """The verdict on the program, all that its author is told, and how long that took."""
    source = laid.within_reach_of(attack.path.read_bytes().decode("utf-8", "surrogateescape"))
    began = time.monotonic()
    found = verdict_of(runner, QUESTIONS[attack.question], source, owner, is_urgent=False)
    took = time.monotonic() - began
    status = next((each.status for each in found.groups if each.status != "accepted"), "accepted")
    return status, repr(found), took


def is_next_one_right(runner: Runner) -> bool:
    """Whether somebody else's program still gets what it deserves."""
    found = verdict_of(runner, QUESTIONS["sumsq"], SQUARES, "alice", is_urgent=True)
    return found.score == 1


@contextmanager
def canaries(folder: Path) -> Iterator[Canaries]:
    """They are laid out meanwhile, and a port listens; start the runner within."""
    kept, written = folder / "kept", folder / "written"
    kept.mkdir()
    written.mkdir()
    (kept / "secret.txt").write_text(f"{CANARY_TEXT}FILE")
    with closing(sqlite3.connect(kept / "app.db")) as database:
        database.execute(f'create table "{CANARY_TEXT}TABLE" (x)')
    os.environ[CANARY_VARIABLE] = f"{CANARY_TEXT}VARIABLE"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = Canaries(kept, written, listener.getsockname()[1])
        found.before = found.files()
        threading.Thread(target=_listen, args=(listener, found.calls), daemon=True).start()
        try:
            yield found
        finally:
            del os.environ[CANARY_VARIABLE]


def _listen(listener: socket.socket, calls: list[str]) -> None:
    while True:
        try:
            connection, address = listener.accept()
        except OSError:
            return
        connection.close()
        calls.append(str(address))
