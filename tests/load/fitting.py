"""Benchmark: `flask skills rebuild` and `flask skills fit` over a million graded answers.

    python -m tests.load.fitting                        on SQLite
    python -m tests.load.fitting --database postgres
    python -m tests.load.fitting --learners 20          a tenth of it

Each command runs as a process of its own, as an operator starts it: time is on the clock, memory
the most that the process held. Budget: minutes, and 2 GB.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import create_engine, func, select, text

from quizapp.config import ROOT, Config
from quizapp.db import models
from tests.load import filling
from tests.load import server as servers
from tests.load.learners import School

LEARNERS = 200
"""With 5,000 answers each: a million."""
BUDGET_SECONDS = 600
BUDGET_MEBIBYTES = 2_048

# Copies answer alike; a fit needs people who differ, and items that do.
SCATTER = """
    UPDATE response SET score = CASE
        WHEN (attempt_id * 7919 + position * 104729 + item_revision_id * 31) % 97
            < 30 + item_revision_id % 47 THEN 1.0 ELSE 0.0 END
    WHERE evidence_number IS NOT NULL
"""


class Cost(NamedTuple):
    """What a command took, and its last lines."""

    seconds: float
    mebibytes: float
    said: str


def main() -> int:
    """Prints the cost of each command; 1 when one is over its budget."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--learners", type=int, default=LEARNERS)
    wanted = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        servers.database(wanted.database, Path(folder)) as url,
    ):
        config = servers.settings(url, Path(folder))
        _fill(config, url, wanted.learners)
        commands = (["fit", "--dry-run"], ["rebuild"])
        return max([_is_over(config, command) for command in commands])


def _fill(config: Config, url: str, learners: int) -> None:
    began = time.monotonic()
    filling.fill(School(config), url, learners)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(SCATTER))
        answers = connection.scalar(select(func.count(models.Response.evidence_number)))
    engine.dispose()
    took = time.monotonic() - began
    print(f"{learners:,} learners, {answers:,} graded answers, made in {took:.0f} s")


def _is_over(config: Config, command: list[str]) -> int:
    """1 when ``flask skills`` with these words took more than its budget."""
    cost = _run(config, command)
    print(f"flask skills {' '.join(command)}: {cost.seconds:.0f} s, {cost.mebibytes:.0f} MiB")
    print(cost.said, flush=True)
    return int(cost.seconds > BUDGET_SECONDS or cost.mebibytes > BUDGET_MEBIBYTES)


def _run(config: Config, command: list[str]) -> Cost:
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "skills", *command]
    environment = {
        **os.environ,
        "QUIZAPP_INSTANCE_FOLDER": str(config.instance_folder),
        "QUIZAPP_DATABASE_URL": config.database_url,
        "QUIZAPP_SECRET_KEY": config.secret_key,
        "QUIZAPP_RUNNER": "off",
    }
    log = config.instance_folder / "said.txt"
    began = time.monotonic()
    to_log = (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.chdir(ROOT)
    pid = os.posix_spawn(sys.executable, words, environment, file_actions=[to_log])
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"flask skills {' '.join(command)} failed:\n{log.read_text()}")
    return Cost(time.monotonic() - began, usage.ru_maxrss / 1024, log.read_text().rstrip())


if __name__ == "__main__":
    raise SystemExit(main())
