"""kill -9 of workers, and of the whole server, under clients that save."""

import os
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.load.faults import aftermath, clients, doctor, exam, server
from tests.load.faults.clients import Crowd
from tests.load.faults.server import Server
from tests.load.faults.verdicts import HOPELESS_SECONDS, Verdict, none_of, within

FAULT = "kill -9"
ORPHANS_SECONDS = 5.0
FOUND = 302


@dataclass
class Times:
    """Seconds from each kill until every client had a save acknowledged again.

    ``given_up``: when the server ended because a worker had died.
    """

    after_worker: list[float] = field(default_factory=list)
    after_server: list[float] = field(default_factory=list)
    until_replaced: list[float] = field(default_factory=list)
    given_up: list[float] = field(default_factory=list)


def run(url: str, folder: Path, learners: int, workers: int, servers: int) -> list[Verdict]:
    """``workers`` kills of a worker, then ``servers`` of all processes, at random moments."""
    made = exam.make(url, folder, learners)
    rng, times = Random(7), Times()
    with server.running(url, folder) as target:
        with clients.saving(target.port, made.seats) as crowd:
            crowd.wait_until_all_save(time.monotonic(), HOPELESS_SECONDS)
            for _ in range(workers):
                _kill_worker(target, crowd, rng, times)
            for _ in range(servers):
                _kill_server(target, crowd, rng, times)
        finished = [clients.finish(target.port, seat).status for seat in made.seats]
    stuck = [status for status in finished if status != FOUND]
    return [
        *aftermath.inspect(FAULT, made, crowd, aftermath.SAVED_BUSY_OR_GONE),
        none_of(FAULT, "every attempt can be finished", stuck, len(finished)),
        none_of(f"{FAULT} of a worker", "the server stays", times.given_up, workers),
        within(f"{FAULT} of a worker", "all save again in 2 s", times.after_worker, 2.0),
        within(f"{FAULT} of a worker", "replaced in 10 s", times.until_replaced, 10.0),
        within(f"{FAULT} of the server", "all save again in 5 s", times.after_server, 5.0),
    ]


def run_on_parent(url: str, folder: Path) -> list[Verdict]:
    """The process that minds the workers is killed alone, as when the system's memory runs out."""
    made = exam.make(url, folder, learners=1)
    with server.running(url, folder) as target:
        workers, killed_at = target.workers(), time.monotonic()
        os.kill(target.pid, signal.SIGKILL)
        while _alive(workers) and time.monotonic() < killed_at + ORPHANS_SECONDS:
            time.sleep(0.05)
        left = _alive(workers)
        target.kill()
    with made.app() as app:
        checked = doctor.check(FAULT, app)
    return [none_of(f"{FAULT} of the parent", "no worker outlives it by 5 s", left), checked]


def _alive(pids: list[int]) -> list[int]:
    return [pid for pid in pids if b"spawn_main" in server.command_of(pid)]


def _kill_worker(target: Server, crowd: Crowd, rng: Random, times: Times) -> None:
    time.sleep(rng.uniform(0, 0.5))
    killed_at = time.monotonic()
    os.kill(rng.choice(target.workers()), signal.SIGKILL)
    times.after_worker.append(_time_until_all_save(target, crowd, killed_at, times))
    while time.monotonic() < killed_at + HOPELESS_SECONDS:
        if len(target.serving_workers()) == server.WORKERS:
            break
        _mind(target, times)
        time.sleep(0.01)
    times.until_replaced.append(time.monotonic() - killed_at)


def _kill_server(target: Server, crowd: Crowd, rng: Random, times: Times) -> None:
    time.sleep(rng.uniform(0, 0.5))
    killed_at = time.monotonic()
    target.kill()
    target.start()
    times.after_server.append(_time_until_all_save(target, crowd, killed_at, times))


def _time_until_all_save(target: Server, crowd: Crowd, since: float, times: Times) -> float:
    while time.monotonic() < since + HOPELESS_SECONDS:
        if (seconds := crowd.seconds_until_all_saved(since)) is not None:
            return seconds
        _mind(target, times)
        time.sleep(0.01)
    return HOPELESS_SECONDS


def _mind(target: Server, times: Times) -> None:
    """A server that has given up is started again, as a service manager would."""
    if target.has_ended():
        times.given_up.append(time.monotonic())
        target.start()
