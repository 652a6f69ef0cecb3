"""`flask grader run`: programs that wait get their verdicts."""

import os
import signal
import sys
import time
from contextlib import ExitStack
from threading import Thread

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from quizapp.cli import companions
from quizapp.cli.crew import Crew, Judge
from quizapp.cli.failures import told_plainly
from quizapp.config import Config
from quizapp.db import db
from quizapp.domain.errors import QuizError
from quizapp.domain.question_types.code import Code
from quizapp.runner.client import Runner, RunnerUnavailableError
from quizapp.services import banks, programs
from quizapp.services.grading_queue import Job
from quizapp.services.programs import RunsJobs
from quizapp.services.verdicts import Found

LAST_SECONDS = 5
"""What an orphan may take to give back what it has begun."""
MOST_TRIES = 3
"""A program whose process ends so often ends it itself."""
LOOK_SECONDS = 1.0
"""How long one knows of a runner that it is ready, or not."""


@click.group()
def grader() -> None:
    """Grade programs that learners have handed in."""


@grader.command()
@with_appcontext
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    help="Programs graded at the same time; by default as many as the runner runs.",
)
@click.option("--once", is_flag=True, help="Grade what waits, then end.")
@click.option("--beside-server", is_flag=True, hidden=True)
def run(*, threads: int | None, once: bool, beside_server: bool) -> None:
    """Grade what waits, and what comes, until stopped.

    `flask serve` does so by itself; on other machines with the same PostgreSQL database this
    command helps it, with a code runner of its own.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    config: Config = app.extensions["quizapp"]
    with told_plainly(), ExitStack() as stack:
        socket = config.runner_socket
        if beside_server:
            Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
        else:
            socket = stack.enter_context(companions.runner_at_hand(config, click.echo))
        runner = Runner(socket)
        readiness = Readiness(runner, is_patient=not once)
        count = threads or config.runner_workers or os.cpu_count() or 1
        crew = Crew(app, judge_with(runner, readiness), count)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: crew.stop())
        crew.work(readiness, is_once=once)


class Readiness:
    """Whether a runner takes jobs, asked once a second at most; ``engine`` is what it runs.

    Raises QuizError where it is off and one is not ``is_patient``.
    """

    def __init__(self, runner: Runner, *, is_patient: bool) -> None:
        self.engine = ""
        self._runner, self._is_patient = runner, is_patient
        self._is_ready, self._known_until = False, 0.0

    def __call__(self) -> bool:
        if time.monotonic() > self._known_until:
            self._is_ready = self._asked()
            self._known_until = time.monotonic() + LOOK_SECONDS
        return self._is_ready

    def _asked(self) -> bool:
        state = self._runner.state()
        is_off = state.status == "off" and state.is_reached
        if is_off and not self._is_patient:
            raise QuizError(companions.in_words(state))
        self.engine = state.engine
        return state.status == "ready"


def judge_with(runner: RunsJobs, readiness: Readiness) -> Judge:
    """What ``runner`` makes of a program; what ended its process is tried again, later."""

    def judge(job: Job) -> Found:
        item = banks.item_of(db.session, job.content_hash, job.draw)
        db.session.rollback()  # a program may run for long, and no connection is kept for it
        if not isinstance(item.question, Code):
            raise QuizError("This is no question that asks for a program.")
        owner = f"learner {job.user_id}"
        found = programs.verdict_of(runner, item.question, job.source, owner, is_urgent=False)
        if found.is_in_doubt and job.tries < MOST_TRIES:
            raise RunnerUnavailableError("What ran this program ended before it did.")
        return Found(found.score, found.to_json()["groups"], readiness.engine)

    return judge


def _end_with_parent() -> None:
    """Ends us with the server that holds the other end of our standard input."""
    while os.read(sys.stdin.fileno(), 1024):  # by no buffer: its lock would outlive us
        continue
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_SECONDS)
    os._exit(1)
