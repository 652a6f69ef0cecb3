"""kill -9 of graders, the code runner, its guests and web workers, while code is graded."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from flask import Flask
from sqlalchemy import func, select

from quizapp.db import db, models
from quizapp.services import attempts
from tests import factories, programs
from tests.load import processes
from tests.load.faults import doctor, server
from tests.load.faults.server import Server
from tests.load.faults.verdicts import HOPELESS_SECONDS, Verdict, judge, none_of, within
from tests.runners import CACHE

FAULT = "kill -9 while grading"
QUESTIONS = 2
READY_SECONDS = 300
"""What is compiled once takes a minute, more on a machine that does other work."""
GRADED_SECONDS = 600
BACK_SECONDS = 60
"""Until a process that was killed is there again, pauses after several kills included."""
ORPHANS_SECONDS = 10.0

Find = Callable[[Server], list[int]]


@dataclass(frozen=True)
class Handed:
    """A program that was handed in, and the score that it deserves."""

    attempt_id: int
    position: int
    score: float


def run(url: str, folder: Path, learners: int, kills: int, engine: str = "auto") -> list[Verdict]:
    """So many kills, between which the ``learners`` hand in; then all must be graded once."""
    rng = Random(11)
    factories.fill_database(url, folder)
    settings = {"QUIZAPP_RUNNER": engine, "QUIZAPP_RUNNER_CACHE": str(CACHE)}
    with factories.running_app(url, folder) as app:
        open_ids = _sit(app, learners)
        handed: list[Handed] = []
        with server.running(url, folder, settings) as target:
            _wait_until_ready(target)
            killed: Counter[str] = Counter()
            for number in range(kills):
                handed += _hand_in(app, open_ids, rng, -(-learners // kills))
                time.sleep(rng.uniform(0, 0.5))
                killed[_kill(target, rng, number)] += 1
            handed += _hand_in(app, open_ids, rng, len(open_ids))
            seconds = _seconds_until_graded(app)
            left = _left_of_killed_server(target)
        return [
            none_of(
                FAULT, "every program is graded as it deserves", _wrong(app, handed), len(handed)
            ),
            within(FAULT, f"all are graded in {GRADED_SECONDS} s", [seconds], GRADED_SECONDS),
            judge(FAULT, f"{kills} were killed", dict(killed), is_met=not killed["nobody"]),
            none_of(FAULT, "nothing outlives the server by 10 s", left),
            doctor.check(FAULT, app),
        ]


def _sit(app: Flask, learners: int) -> list[int]:
    """The ids of open attempts, one of each learner."""
    with factories.stored(app) as session:
        now = datetime.now(UTC) - timedelta(minutes=5)
        people = [factories.make_person(session, f"coder-{n}") for n in range(learners)]
        return [programs.start_programs(session, each, QUESTIONS, now).id for each in people]


def _hand_in(app: Flask, open_ids: list[int], rng: Random, count: int) -> list[Handed]:
    """So many of the attempts are answered, right or wrong, and finished."""
    handed = []
    for attempt_id in [open_ids.pop() for _ in range(min(count, len(open_ids)))]:
        sources = rng.choices([programs.RIGHT, programs.WRONG], k=QUESTIONS)
        with factories.stored(app) as session:
            attempt = session.get_one(models.Attempt, attempt_id)
            for position, source in enumerate(sources, start=1):
                factories.save(session, attempt, position, source, datetime.now(UTC))
            attempts.close(session, attempt_id, datetime.now(UTC))
        handed += [
            Handed(attempt_id, position, float(source == programs.RIGHT))
            for position, source in enumerate(sources, start=1)
        ]
    return handed


def _wait_until_ready(target: Server) -> None:
    until = time.monotonic() + READY_SECONDS
    while "Code runner: ready" not in (log := target.log.read_text()):
        if time.monotonic() > until or "Code questions are off" in log:
            raise TimeoutError(f"no code runner:\n{log}")
        time.sleep(0.1)


def _kill(target: Server, rng: Random, number: int) -> str:
    """Kills one process of the server, as soon as there is one of its kind again; which kind."""
    names = list(KINDS)
    name = names[number] if number < len(names) else rng.choice(names)
    until = time.monotonic() + BACK_SECONDS
    while time.monotonic() < until:
        if found := KINDS[name](target):
            os.kill(rng.choice(found), signal.SIGKILL)
            return name
        time.sleep(0.02)
    return "nobody"


def _companions(target: Server, words: str) -> list[int]:
    """The processes of the server whose command line holds ``words``."""
    return [pid for pid in processes.tree([target.pid])[1:] if words in processes.command(pid)]


def _graders(target: Server) -> list[int]:
    return _companions(target, "wsgi grader run")


def _runners(target: Server) -> list[int]:
    return _companions(target, "-m quizapp.runner --socket")


def _guests(target: Server) -> list[int]:
    runners = _runners(target)
    return [pid for pid in processes.tree(runners) if pid not in runners]


KINDS: Mapping[str, Find] = {
    "grader": _graders,
    "guest": _guests,
    "runner": _runners,
    "web worker": Server.workers,
}


def _seconds_until_graded(app: Flask) -> float:
    began = time.monotonic()
    while time.monotonic() < began + GRADED_SECONDS:
        with app.app_context():
            if not db.session.scalar(select(func.count()).select_from(models.GradingJob)):
                return time.monotonic() - began
        time.sleep(0.2)
    return max(HOPELESS_SECONDS, time.monotonic() - began)


def _wrong(app: Flask, handed: Sequence[Handed]) -> list[str]:
    """Programs without a verdict, or with another one than they deserve."""
    found = {
        (each.attempt_id, each.position): each.score for each in factories.rows(app, models.Verdict)
    }
    scores = {
        (each.attempt_id, each.position): each.score
        for each in factories.rows(app, models.Response)
    }
    return [
        f"{each} has the verdict {found.get(place)} and the score {scores[place]}"
        for each in handed
        if not found.get(place := (each.attempt_id, each.position)) == scores[place] == each.score
    ]


def _left_of_killed_server(target: Server) -> list[str]:
    """What runs on once the process that minds all others was killed alone."""
    below = processes.tree([target.pid])[1:]
    commands = {pid: processes.command(pid) for pid in below}
    os.kill(target.pid, signal.SIGKILL)
    until = time.monotonic() + ORPHANS_SECONDS
    while time.monotonic() < until:
        left = [said for pid, said in commands.items() if said and processes.command(pid) == said]
        if not left:
            break
        time.sleep(0.1)
    target.kill()
    return left
