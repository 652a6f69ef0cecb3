"""Another program holds SQLite's write lock: savers are told, and nothing is lost."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

from tests.load.faults import aftermath, clients, exam, server
from tests.load.faults.clients import Answer, Browser, Crowd
from tests.load.faults.verdicts import HOPELESS_SECONDS, Verdict, none_of, within

FAULT = "locked database"
ANSWER_BUDGET_SECONDS = 5.0
SHORT_SECONDS = 1.0
"""A lock of so many seconds is waited for; savers hear nothing of it."""
READ_EVERY_SECONDS = 0.25

HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
connection.execute("ROLLBACK")
"""


def run(folder: Path, learners: int, lock_seconds: Sequence[float]) -> list[Verdict]:
    """The database is locked for so many seconds, once after the other, while learners save."""
    database = folder / "exam.sqlite"
    url = f"sqlite:///{database}"
    made = exam.make(url, folder, learners)
    verdicts: list[Verdict] = []
    with (
        server.running(url, folder) as target,
        clients.saving(target.port, made.seats) as crowd,
        closing(Browser(target.port, made.seats[0])) as reader,
    ):
        for seconds in lock_seconds:
            crowd.wait_until_all_save(time.monotonic(), HOPELESS_SECONDS)
            verdicts += _lock_for(database, seconds, crowd, reader)
    return [*verdicts, *aftermath.inspect(FAULT, made, crowd)]


def _lock_for(database: Path, seconds: float, crowd: Crowd, reader: Browser) -> list[Verdict]:
    fault = f"{FAULT} {seconds:g} s"
    with ThreadPoolExecutor(1) as beside:
        with held(database):
            began = time.monotonic()
            reading = beside.submit(_read_until, began + seconds, reader)
            time.sleep(seconds)
        ended = time.monotonic()
        reads = reading.result()
    back = crowd.wait_until_all_save(ended, HOPELESS_SECONDS)
    told = crowd.answers_during(began, ended)
    busy = [answer for answer in told if answer.status != 200] if seconds <= SHORT_SECONDS else []
    failed = [answer.status for answer in reads if answer.status != 200]
    return [
        none_of(fault, f"a lock of {SHORT_SECONDS:g} s is waited for", busy, len(told)),
        within(
            fault, "an answer within 5 s", [each.seconds for each in told], ANSWER_BUDGET_SECONDS
        ),
        none_of(fault, "pages are shown", failed, len(reads)),
        within(fault, "a page within 5 s", [each.seconds for each in reads], ANSWER_BUDGET_SECONDS),
        within(fault, "all save again in 5 s", [HOPELESS_SECONDS if back is None else back], 5.0),
    ]


def _read_until(end: float, reader: Browser) -> list[Answer]:
    """What the server answers to looks at a question, a few each second."""
    answers = []
    while time.monotonic() < end:
        answers.append(reader.get(f"/attempts/{reader.seat.attempt_id}/questions/1"))
        time.sleep(READ_EVERY_SECONDS)
    return answers


@contextmanager
def held(database: Path) -> Iterator[None]:
    """A process of another program has begun to write and does not end."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == b"held\n"
        yield
    finally:
        holder.stdin.close()
        holder.wait(10)
        holder.stdout.close()
