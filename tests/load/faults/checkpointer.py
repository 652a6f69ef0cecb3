"""A process that does nothing but checkpoint a SQLite file, with the app's engine and its lock.

    python -m tests.load.faults.checkpointer sqlite:////folder/file.sqlite folder guarded

It begins and rests by the line on its standard input, and ends with it.
"""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

from sqlalchemy import Engine

from quizapp.config import ROOT
from quizapp.db import db
from quizapp.db.writing import _locks, writing
from tests import factories

GUARDED, UNGUARDED = "guarded", "unguarded"
STILL_SECONDS = 0.003
"""It stands still in the middle of its work, which makes the bug likely, for so long at most."""
CHECKPOINTS = "PRAGMA wal_checkpoint(PASSIVE);" * 200
"""Many in one call, so that it is stopped inside SQLite rather than between two calls."""
REST_SECONDS = 0.0002
"""Between two checkpoints others have time to take the lock."""


class Checkpointer:
    """The process, as the one that has started it sees it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def begin(self) -> None:
        """It checkpoints all the time."""
        self._tell("begin")

    def rest(self) -> None:
        """It does nothing any more."""
        self._tell("rest")

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """It is stopped wherever it is, at most for a moment: it may hold what others wait for."""
        os.kill(self._process.pid, signal.SIGSTOP)
        timer = Timer(STILL_SECONDS, os.kill, (self._process.pid, signal.SIGCONT))
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            os.kill(self._process.pid, signal.SIGCONT)
            timer.join()

    def _tell(self, order: str) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{order}\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == f"{order}\n"


@contextmanager
def running(url: str, folder: Path, mode: str) -> Iterator[Checkpointer]:
    """A process that waits for its orders; it is gone afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, url, str(folder), mode],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield Checkpointer(process)
        finally:
            process.kill()


def leave_unguarded(engine: Engine) -> None:
    """Who writes by ``engine`` takes no lock: what the app never does."""
    _locks.pop(engine)


def main(url: str, folder: Path, mode: str) -> None:
    """Checkpoints between "begin" and "rest" until there is no more input."""
    with factories.running_app(url, folder) as app, app.app_context():
        if mode == UNGUARDED:
            leave_unguarded(db.engine)
        while order := sys.stdin.readline():
            print(order, end="", flush=True)
            if order == "begin\n":
                _checkpoint_until_told(REST_SECONDS if mode == GUARDED else 0)


def _checkpoint_until_told(rest_seconds: float) -> None:
    """Checkpoints again and again on a connection of its own, until there is input."""
    with closing(db.engine.raw_connection()) as connection:
        own: Any = connection.driver_connection
        while not select.select([sys.stdin], [], [], 0)[0]:
            with writing(db.engine):
                own.executescript(CHECKPOINTS)
            if rest_seconds:
                time.sleep(rest_seconds)
    db.engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
