"""A crew of threads that grade what waits, each job under a claim that is kept up meanwhile."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import TypeAlias

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from quizapp.cli.closing import clock_of
from quizapp.db import db
from quizapp.db.transaction import is_busy, transaction
from quizapp.domain.errors import QuizError
from quizapp.runner.client import RunnerBusyError, RunnerUnavailableError
from quizapp.services import grading_queue, verdicts
from quizapp.services.grading_queue import Job
from quizapp.services.verdicts import Found

LEASE = timedelta(seconds=10)
"""A claim lasts so long; what takes longer has it renewed."""
IDLE_SECONDS = 0.5
"""So often one looks for jobs."""
BUSY_SECONDS = 0.5
"""Until one tries again to reach a database that is busy."""
HOPELESS_SECONDS = 900.0
"""A program that is under way for so long is none: the runner hangs, or we do."""
LAST_SECONDS = 2.0
"""What a crew that ends may take for what it has begun; the rest is given back."""

Judge: TypeAlias = Callable[[Job], Found]
"""Runs a program, perhaps for a minute. Raises RunnerUnavailableError and RunnerBusyError."""


class Crew:
    """``judge`` runs in ``threads`` threads of an app; all that is written is written by us."""

    def __init__(self, app: Flask, judge: Judge, threads: int) -> None:
        self._app, self._judge, self._threads = app, judge, threads
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._held: dict[str, datetime] = {}
        """The end of its lease by each claim that we hold."""
        self._began: dict[str, float] = {}
        self._lock = Lock()
        self._is_stopped = False
        self._wake = Event()

    def stop(self) -> None:
        """The crew takes nothing more, and soon ends."""
        self._is_stopped = True
        self._wake.set()

    def work(self, is_ready: Callable[[], bool], *, is_once: bool = False) -> None:
        """Grades until ``stop``; ``is_once``: until nothing waits that could be tried now.

        ``is_ready`` is asked before jobs are claimed: what waits for a runner waits unclaimed.
        Raises QuizError when a program does not come to its end; whoever minds us starts us again.
        """
        for _ in range(self._threads):
            Thread(target=self._work, name="grader", daemon=True).start()
        while not self._is_stopped:
            self._check_that_runs_end()
            is_done = self._take(is_ready)
            if is_once and is_done:
                return
            self._wake.wait(IDLE_SECONDS)
            self._wake.clear()
        self._end()

    def _take(self, is_ready: Callable[[], bool]) -> bool:
        """Claims as many jobs as there are idle threads; True when all is done."""
        try:
            with self._app.app_context():
                self._renew()
                free = self._threads - len(self._held)
                if free and not grading_queue.is_any_due(db.session, self._now()):
                    return not self._held
                if free and is_ready():
                    self._claim(free)
        except SQLAlchemyError as error:
            self._tell(error, "the queue cannot be read")
        return False

    def _claim(self, most: int) -> None:
        now = self._now()
        with transaction() as session:
            jobs = grading_queue.claim(session, now, LEASE, most)
        with self._lock:
            self._held |= {job.claim: now + LEASE for job in jobs}
            self._began |= {job.claim: time.monotonic() for job in jobs}
        for job in jobs:
            self._jobs.put(job)

    def _check_that_runs_end(self) -> None:
        with self._lock:
            earliest = min(self._began.values(), default=None)
        if earliest is not None and time.monotonic() > earliest + HOPELESS_SECONDS:
            raise QuizError("A program does not come to its end: the code runner hangs.")

    def _renew(self) -> None:
        """No lease that we hold is about to end."""
        now = self._now()
        with self._lock:
            ending = [each for each, until in self._held.items() if until < now + LEASE / 2]
        if not ending:
            return
        with transaction() as session:
            grading_queue.renew(session, ending, now + LEASE)
        with self._lock:
            self._held |= {each: now + LEASE for each in ending if each in self._held}

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                with self._app.app_context():
                    self._grade(job)
            except Exception:
                self._app.logger.exception("%s: the verdict was not stored", _place(job))
            finally:
                with self._lock:
                    self._held.pop(job.claim, None)
                    self._began.pop(job.claim, None)
                self._wake.set()

    def _grade(self, job: Job) -> None:
        """The job has its verdict, or is given back: a fault of ours is never a learner's 0."""
        try:
            found = self._judge(job)
        except (RunnerUnavailableError, RunnerBusyError) as error:
            self._app.logger.warning("%s waits: %s", _place(job), error)
            self._give_back(job)
        except Exception:
            self._app.logger.exception("%s could not be graded; it is tried again", _place(job))
            self._give_back(job)
        else:
            self._store(lambda session: verdicts.settle(session, job, found, self._now()))

    def _give_back(self, job: Job) -> None:
        retry_at = self._now() + grading_queue.pause_after(job.tries)
        self._store(lambda session: grading_queue.release(session, [job.claim], retry_at))

    def _store(self, write: Callable[[Session], object]) -> None:
        """``write`` is stored, however long the database is busy: until then we keep the claim."""
        while True:
            try:
                with transaction() as session:
                    write(session)
            except SQLAlchemyError as error:
                if not is_busy(error):
                    raise
                self._tell(error, "a verdict cannot be stored yet")
                time.sleep(BUSY_SECONDS)
            else:
                return

    def _end(self) -> None:
        """What is under way may end; then all claims are given back."""
        until = time.monotonic() + LAST_SECONDS
        while self._held and time.monotonic() < until:
            time.sleep(0.02)
        with self._lock:
            left = list(self._held)
        if left:
            with self._app.app_context(), _passing_errors(), transaction() as session:
                grading_queue.release(session, left, self._now())

    def _tell(self, error: SQLAlchemyError, what: str) -> None:
        if not is_busy(error):
            raise error
        self._app.logger.warning("%s: the database is busy; trying again", what)

    def _now(self) -> datetime:
        return clock_of(self._app).now()


@contextmanager
def _passing_errors() -> Iterator[None]:
    """A claim that cannot be given back ends by itself."""
    try:
        yield
    except SQLAlchemyError as error:
        if not is_busy(error):
            raise


def _place(job: Job) -> str:
    return f"attempt {job.attempt_id}, question {job.position}"
