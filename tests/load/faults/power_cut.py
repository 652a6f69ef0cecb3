"""Power cuts at random moments of saving, on the app's own schema and by its own save function.

The app runs over apsw, whose files are on a disk that loses power; what is left on the disk is then
opened by the app as it is shipped. The control runs with ``synchronous = NORMAL``, which may lose
what was acknowledged: a simulation in which even that loses nothing shows nothing.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import event

from quizapp import create_app
from quizapp.config import Config
from quizapp.db import db
from quizapp.services import responses, storing
from tests import factories
from tests.load.faults import apsw_driver, doctor, exam, ledger
from tests.load.faults.exam import Seat
from tests.load.faults.ledger import Ledger
from tests.load.faults.unsafe_disk import PowerCutError, UnsafeDisk
from tests.load.faults.verdicts import Verdict, judge, none_of

FAULT = "power cut"
LONGEST_ROUND = 400
"""A round ends after so many writes and syncs at the latest: some thirty saves."""
CHECKPOINT_PAGES = 20
"""Checkpoints come often, so that power is cut in many of them."""
SIDE_FILES = ("-wal", "-journal", "-shm")
GRACE = factories.GRACE


@dataclass
class Tally:
    """What the rounds with one setting showed; of each that lost, the first thing that is."""

    rounds: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Rig:
    """The app that writes on the unsafe disk, and the app as shipped over what is left there."""

    disk: UnsafeDisk
    template: Path
    written: Path
    left: Path
    writer: Flask
    reader: Flask
    seat: Seat


def run(folder: Path, rounds: int, control_rounds: int) -> list[Verdict]:
    """So many cuts with the app's own settings, and then with a weaker one."""
    template = folder / "template.sqlite"
    seat = exam.make(f"sqlite:///{template}", folder, learners=1).seats[0]
    with _rig(folder, template, seat, pragmas=()) as rig:
        tally = _cut_often(rig, rounds)
        checked = doctor.check(FAULT, rig.reader)
    with _rig(folder, template, seat, pragmas=["PRAGMA synchronous = NORMAL"]) as rig:
        control = _cut_often(rig, control_rounds)
    measured = f"{len(control.lost)} in {control.rounds} rounds"
    return [
        none_of(
            FAULT,
            "no acknowledged save lost",
            tally.lost,
            f"{tally.rounds} rounds, {tally.acknowledged} saves",
        ),
        none_of(FAULT, "no file corrupt", tally.corrupt, f"{tally.rounds} rounds"),
        judge(f"{FAULT}, control", "NORMAL loses some", measured, is_met=bool(control.lost)),
        checked,
    ]


@contextmanager
def _rig(folder: Path, template: Path, seat: Seat, pragmas: Sequence[str]) -> Iterator[Rig]:
    """Both apps; every connection of the writer begins with ``pragmas`` after the app's own."""
    written, left = folder / "written.sqlite", folder / "left.sqlite"
    disk = UnsafeDisk()
    with factories.running_app(f"sqlite:///{left}", folder) as reader:
        config: Config = reader.extensions["quizapp"]
        writer = create_app(replace(config, database_url=f"{apsw_driver.SCHEME}:///{written}"))
        with writer.app_context():
            event.listen(db.engine, "connect", _preparing(pragmas))
        yield Rig(disk, template, written, left, writer, reader, seat)
        with writer.app_context():
            db.engine.dispose()


def _preparing(pragmas: Sequence[str]) -> Any:
    def prepare(connection: apsw_driver.Connection, _record: object) -> None:
        for pragma in (f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}", *pragmas):
            connection.execute(pragma)

    return prepare


def _cut_often(rig: Rig, rounds: int) -> Tally:
    tally, rng = Tally(), Random(7)
    for _ in range(rounds):
        told = Ledger()
        _write_until_cut(rig, rng, told)
        _inspect(rig, told, tally)
    return tally


def _write_until_cut(rig: Rig, rng: Random, told: Ledger) -> None:
    """The power went while answers were saved; ``left`` is what the disk then has."""
    _replace(rig.template, rig.written)
    rig.disk.begin()
    with suppress(PowerCutError), rig.writer.app_context():
        db.engine.connect().close()  # which leaves the only connection in the pool
        rig.disk.cut_after(rng.randrange(5, LONGEST_ROUND))
        for number in count(1):
            _save(rig, rng, told, number)
    rig.disk.settle(rng)
    _replace(rig.written, rig.left)
    with suppress(PowerCutError), rig.writer.app_context():
        db.engine.dispose()


def _save(rig: Rig, rng: Random, told: Ledger, number: int) -> None:
    """One more answer is acknowledged, of any length up to some pages."""
    position = rng.choice(rig.seat.positions)
    words = f"{number} {'x' * rng.randrange(1, 180)}"
    save = told.send(rig.seat.attempt_id, position, number, words)
    given = storing.Input({"text": [words]})
    with factories.stored(rig.writer) as session:
        told_back = responses.save(
            session, rig.seat.user_id, save.attempt_id, position, given, datetime.now(UTC), GRACE
        )
    save.is_acknowledged = isinstance(told_back, storing.Saved)


def _inspect(rig: Rig, told: Ledger, tally: Tally) -> None:
    """What the app as shipped finds on the disk is added to ``tally``."""
    tally.rounds += 1
    tally.corrupt += doctor.broken_files(rig.reader)
    found = ledger.compare(rig.reader, [told])
    tally.acknowledged += found.acknowledged
    tally.lost += [*found.lost, *found.duplicated][:1]
    with rig.reader.app_context():
        db.engine.dispose()


def _replace(source: Path, target: Path) -> None:
    """``target`` is a copy of the database ``source``, as it lies on the disk."""
    for ending in ("", *SIDE_FILES):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    for ending in ("", "-wal", "-journal"):
        if (part := source.with_name(source.name + ending)).exists():
            shutil.copyfile(part, target.with_name(target.name + ending))
