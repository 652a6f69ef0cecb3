"""Every fault, one after the other, and a table of what was demanded and what was measured.

    python -m tests.load.faults                        all of them, in half an hour
    python -m tests.load.faults locked copies          these alone
    python -m tests.load.faults kills --share 0.1      a tenth of the kills

Ends with 1 when anything was breached. Listens on the loopback address alone, on free ports, keeps
its files in a temporary folder, and ends every process that it has started.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from tests.load.faults import (
    clock_jumps,
    copies,
    grading,
    kills,
    lifecycle,
    locked,
    postgres_cluster,
    postgres_restarts,
    power_cut,
    races,
    unwritable,
    verdicts,
    wal_reset,
)
from tests.load.faults.verdicts import Verdict, judge, skip

LEARNERS = 50
CLICKS = 50
MEMORY = Path("/dev/shm")  # noqa: S108 - in a folder of our own; there syncing costs nothing
LIMIT_SECONDS = 3600
"""No fault is given longer than this."""

Fault = Callable[[Path, float], list[Verdict]]


def main() -> int:
    """Runs what is asked for; 1 when a demand was breached."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.faults")
    parser.add_argument("fault", nargs="*", help=f"one of {', '.join(FAULTS)}; all without any")
    parser.add_argument("--share", type=float, default=1.0, help="how much of it, 0.01 to 1")
    chosen = parser.parse_args()
    if unknown := set(chosen.fault) - set(FAULTS):
        parser.error(f"there is no fault {unknown.pop()}")
    found: list[Verdict] = []
    for name in chosen.fault or FAULTS:
        found += _run(name, chosen.share)
    print(f"\n{verdicts.table(found)}")
    broken = verdicts.breaches(found)
    print(f"\n{len(broken)} breached; load of the machine {os.getloadavg()[0]:.1f}")
    return int(bool(broken))


def _run(name: str, share: float) -> list[Verdict]:
    """The verdicts of one fault, printed as they are known; a crash of the harness is a breach."""
    began = time.monotonic()
    print(f"\n{name} …", flush=True)
    with tempfile.TemporaryDirectory(prefix="quizapp-faults-", dir=_place(name)) as folder:
        try:
            with _limited(LIMIT_SECONDS):
                found = FAULTS[name](Path(folder), share)
        except Exception as error:  # noqa: BLE001 - the other faults are still to be tried
            traceback.print_exc()
            found = [judge(name, "the harness runs to its end", repr(error), is_met=False)]
    print(verdicts.table(found))
    print(f"{time.monotonic() - began:.0f} s", flush=True)
    return found


def _kills(folder: Path, share: float) -> list[Verdict]:
    url = f"sqlite:///{folder / 'exam.sqlite'}"
    return kills.run(url, folder, LEARNERS, _part(200, share), _part(30, share))


def _kills_on_postgres(folder: Path, share: float) -> list[Verdict]:
    if not postgres_cluster.is_possible():
        return [skip(kills.FAULT, "PostgreSQL's initdb and pg_ctl are not on this machine")]
    with postgres_cluster.running() as cluster:
        return kills.run(cluster.url, folder, LEARNERS, _part(40, share), _part(6, share))


def _parent_kill(folder: Path, _share: float) -> list[Verdict]:
    return kills.run_on_parent(f"sqlite:///{folder / 'exam.sqlite'}", folder)


def _power_cut(folder: Path, share: float) -> list[Verdict]:
    return power_cut.run(folder, _part(1000, share), control_rounds=_part(50, share, least=10))


def _wal_reset(folder: Path, share: float) -> list[Verdict]:
    return wal_reset.run(folder, seconds=_part(60, share), control_seconds=120)


def _copies(folder: Path, share: float) -> list[Verdict]:
    return copies.run(folder, LEARNERS, _part(100, share))


def _locked(folder: Path, share: float) -> list[Verdict]:
    return locked.run(folder, LEARNERS, (1, 10, _part(60, share)))


def _full_disk(folder: Path, share: float) -> list[Verdict]:
    return unwritable.run_full(folder, LEARNERS, _part(20, share, least=5))


def _read_only(folder: Path, share: float) -> list[Verdict]:
    return unwritable.run_read_only(folder, LEARNERS, _part(20, share, least=5))


def _postgres_restarts(folder: Path, share: float) -> list[Verdict]:
    return postgres_restarts.run(folder, LEARNERS, _part(20, share))


def _clock_jumps(folder: Path, _share: float) -> list[Verdict]:
    return clock_jumps.run(folder, clock_jumps.JUMPS)


def _races(folder: Path, share: float) -> list[Verdict]:
    url = f"sqlite:///{folder / 'exam.sqlite'}"
    return races.run(url, folder, _part(LEARNERS, share), CLICKS)


def _races_on_postgres(folder: Path, share: float) -> list[Verdict]:
    if not postgres_cluster.is_possible():
        return [skip(races.FAULT, "PostgreSQL's initdb and pg_ctl are not on this machine")]
    with postgres_cluster.running() as cluster:
        return races.run(cluster.url, folder, _part(LEARNERS, share), CLICKS)


def _grading(folder: Path, share: float) -> list[Verdict]:
    url = f"sqlite:///{folder / 'exam.sqlite'}"
    return grading.run(url, folder, _part(300, share), _part(100, share))


def _grading_on_postgres(folder: Path, share: float) -> list[Verdict]:
    if not postgres_cluster.is_possible():
        return [skip(grading.FAULT, "PostgreSQL's initdb and pg_ctl are not on this machine")]
    with postgres_cluster.running() as cluster:
        return grading.run(cluster.url, folder, _part(90, share), _part(30, share))


def _lifecycle(folder: Path, share: float) -> list[Verdict]:
    return lifecycle.run(folder, runs=_part(500, share), steps=60)


FAULTS: Mapping[str, Fault] = {
    "kills": _kills,
    "kills-on-postgres": _kills_on_postgres,
    "parent-kill": _parent_kill,
    "power-cut": _power_cut,
    "wal-reset": _wal_reset,
    "copies": _copies,
    "locked": _locked,
    "full-disk": _full_disk,
    "read-only": _read_only,
    "postgres-restarts": _postgres_restarts,
    "clock-jumps": _clock_jumps,
    "races": _races,
    "races-on-postgres": _races_on_postgres,
    "grading": _grading,
    "grading-on-postgres": _grading_on_postgres,
    "lifecycle": _lifecycle,
}
IN_MEMORY = frozenset(("power-cut", "wal-reset", "lifecycle"))
"""Faults that ask nothing of a real disk."""


def _part(whole: int, share: float, least: int = 1) -> int:
    return max(least, round(whole * share))


def _place(name: str) -> Path | None:
    return MEMORY if name in IN_MEMORY and MEMORY.is_dir() else None


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    """What takes longer inside ends with TimeoutError."""

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"longer than {seconds} s")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


if __name__ == "__main__":
    sys.exit(main())
