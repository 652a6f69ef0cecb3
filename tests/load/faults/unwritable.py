"""The disk is full, or the files may not be changed: nobody is told that what is not saved is."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from tests import factories
from tests.load.faults import aftermath, clients, exam, mounts, server
from tests.load.faults.clients import Answer, Browser, Crowd
from tests.load.faults.exam import Exam, Seat
from tests.load.faults.server import Server
from tests.load.faults.verdicts import HOPELESS_SECONDS, Verdict, judge, none_of, skip, within

FULL, READ_ONLY = "full disk", "read-only files"
DISK_MEGABYTES = 8
ANSWER_BUDGET_SECONDS = 5.0
LOOK_EVERY_SECONDS = 0.25
SETTLING_SECONDS = 1.0
AFTERWARDS_SECONDS = 1.5


def run_full(folder: Path, learners: int, seconds: float) -> list[Verdict]:
    """The disk is full for so long while learners save, read and sign in."""
    try:
        with mounts.small_disk(folder, DISK_MEGABYTES) as disk:
            return _run(FULL, disk, folder, learners, seconds)
    except mounts.NotAllowedError as error:
        return [skip(FULL, str(error))]


def run_read_only(folder: Path, learners: int, seconds: float) -> list[Verdict]:
    """The files may not be written for so long; a new worker opens them so."""
    disk = folder / "disk"
    disk.mkdir()
    try:
        return _run(READ_ONLY, disk, folder, learners, seconds)
    except mounts.NotAllowedError as error:
        return [skip(READ_ONLY, str(error))]


def _run(fault: str, disk: Path, folder: Path, learners: int, seconds: float) -> list[Verdict]:
    url = f"sqlite:///{disk / 'exam.sqlite'}"
    made = exam.make(url, folder, learners)
    with (
        server.running(url, folder) as target,
        clients.saving(target.port, made.seats) as crowd,
    ):
        crowd.wait_until_all_save(time.monotonic(), HOPELESS_SECONDS)
        verdicts = _observe(fault, disk, seconds, made, target, crowd)
    statuses = aftermath.SAVED_BUSY_OR_GONE
    return [*verdicts, *aftermath.inspect(fault, made, crowd, statuses, ["free disk space"])]


def _observe(
    fault: str, disk: Path, seconds: float, made: Exam, target: Server, crowd: Crowd
) -> list[Verdict]:
    """What clients are told during the fault and after it."""
    with ThreadPoolExecutor(2) as beside, _fault(fault, disk, target):
        began = time.monotonic()
        reading = beside.submit(_look_until, began + seconds, target.port, made.seats[0])
        entering = beside.submit(_sign_in, target.port, made.guest)
        time.sleep(seconds)
        ended = time.monotonic()
        reads, entered = reading.result(), entering.result()
    back = crowd.wait_until_all_save(time.monotonic(), HOPELESS_SECONDS)
    settled = time.monotonic() + SETTLING_SECONDS
    time.sleep(SETTLING_SECONDS + AFTERWARDS_SECONDS)
    afterwards = crowd.answers_during(settled, time.monotonic())
    told = crowd.answers_during(began, ended)
    refused = len(_refused(told))
    cut = [answer for answer in reads if answer.status == clients.NO_ANSWER]
    failed = [answer for answer in reads if answer.status not in (200, clients.NO_ANSWER)]
    return [
        judge(fault, "some saves are refused", refused, is_met=refused > 0),
        within(fault, "answer within 5 s", [each.seconds for each in told], ANSWER_BUDGET_SECONDS),
        none_of(fault, "pages are shown", [*failed, *cut[1:]], len(reads)),
        judge(fault, "sign-in is let in, or told when to come", entered, is_met=_is_told(entered)),
        within(fault, "all save again in 5 s", [HOPELESS_SECONDS if back is None else back], 5.0),
        none_of(fault, "none is refused any more", _refused(afterwards), len(afterwards)),
    ]


@contextmanager
def _fault(fault: str, disk: Path, target: Server) -> Iterator[None]:
    """The fault is there; a worker that starts meanwhile meets it as well.

    The index of SQLite's log is left writable: it is shared memory, and who cannot write to memory
    is killed by the system.
    """
    files = [path for path in disk.iterdir() if not path.name.endswith("-shm")]
    making: AbstractContextManager[None] = (
        mounts.filled(disk) if fault == FULL else mounts.unchangeable([*files, disk])
    )
    with making:
        os.kill(target.workers()[0], signal.SIGKILL)
        yield


def _look_until(end: float, port: int, seat: Seat) -> list[Answer]:
    """What the server answers to looks at a question, a few each second, by any worker."""
    answers = []
    while time.monotonic() < end:
        with closing(Browser(port, seat)) as browser:
            answers.append(browser.get(f"/attempts/{seat.attempt_id}/questions/1"))
        time.sleep(LOOK_EVERY_SECONDS)
    return answers


def _sign_in(port: int, guest: Seat) -> Answer:
    """What the server answers to somebody who signs in."""
    fields = {"email": guest.email, "password": factories.PASSWORD}
    with closing(Browser(port, guest)) as browser:
        while (answer := browser.post("/sign-in", fields)).status == clients.NO_ANSWER:
            time.sleep(LOOK_EVERY_SECONDS)
        return answer


def _refused(answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.status == 503]


def _is_told(entered: Answer) -> bool:
    """Let in, or refused as somebody whose save is: a sign-in is stored as well."""
    return entered.status == 302 or (entered.status == 503 and entered.retry_after is not None)
