"""The database's files are copied while the server's processes stand still in mid-work.

So a snapshot of a machine or of its disk looks. A plain copy while they run is no backup: it may
mix two moments, and the manual forbids it.
"""

import shutil
import time
from dataclasses import replace
from pathlib import Path
from random import Random

from quizapp.db import db
from tests import factories
from tests.load.faults import aftermath, clients, doctor, exam, ledger, server
from tests.load.faults.clients import Crowd
from tests.load.faults.ledger import Ledger
from tests.load.faults.server import Server
from tests.load.faults.verdicts import HOPELESS_SECONDS, Verdict, none_of

FAULT = "copy in mid-flight"


def run(folder: Path, learners: int, copies: int) -> list[Verdict]:
    """So many copies at random moments while learners save, each opened and compared."""
    database, copy = folder / "exam.sqlite", folder / "copy.sqlite"
    url, rng = f"sqlite:///{database}", Random(7)
    made = exam.make(url, folder, learners)
    broken: list[str] = []
    lost: list[str] = []
    with (
        server.running(url, folder) as target,
        clients.saving(target.port, made.seats) as crowd,
        factories.running_app(f"sqlite:///{copy}", folder) as reader,
    ):
        crowd.wait_until_all_save(time.monotonic(), HOPELESS_SECONDS)
        for _ in range(copies):
            time.sleep(rng.uniform(0, 0.1))
            told = _copy(target, crowd, database, copy)
            broken += doctor.broken_files(reader)
            lost += ledger.compare(reader, told).lost
            with reader.app_context():
                db.engine.dispose()
    return [
        none_of(FAULT, "every copy is whole", broken, copies),
        none_of(FAULT, "every acknowledged save is in it", lost, copies),
        *aftermath.inspect(FAULT, made, crowd),
    ]


def _copy(target: Server, crowd: Crowd, database: Path, copy: Path) -> list[Ledger]:
    """What clients had been told when the files stood still, of which ``copy`` now is a copy."""
    with server.frozen([target.pid, *target.workers()]):
        for ending in ("", "-wal"):
            part = database.with_name(database.name + ending)
            shutil.copyfile(part, copy.with_name(copy.name + ending))
        copy.with_name(f"{copy.name}-shm").unlink(missing_ok=True)
        return [Ledger([replace(save) for save in each.saves]) for each in crowd.ledgers]
