"""The workers: each has a thread that brings it jobs and starts another where one is worn out."""

import logging
import secrets
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from quizapp.domain.programs.jobs import LONGEST_SHOWN_OUTPUT, MOST_ROWS, Job, Outcome
from quizapp.runner import frames, walls
from quizapp.runner.compiling import Compiled
from quizapp.runner.errors import OffError
from quizapp.runner.meter import PATIENCE
from quizapp.runner.queueing import Queue, Ticket
from quizapp.runner.workers import Answer, OverrunError, WorkerGoneError, WorkerProcess

log = logging.getLogger(__name__)

JOBS_OF_ONE_WORKER = 200
SLACK_SECONDS = 1.5
"""A worker that is so late is killed."""
MOST_FAILED_STARTS = 5
PAUSE_SECONDS = 0.5
WENT_WRONG = "This program could not be run. Try again in a moment."


class Pool:
    """``size`` workers that run what waits in ``queue``."""

    def __init__(
        self, compiled: Compiled, queue: Queue, size: int, wanted: tuple[str, ...] = walls.ALL
    ) -> None:
        self._compiled, self._queue, self._wanted = compiled, queue, wanted
        self._folder = tempfile.TemporaryDirectory(prefix="quizapp-worker-")
        self._lock = threading.Lock()
        self._workers: set[WorkerProcess] = set()
        self._is_closed = False
        self.walls: tuple[str, ...] = ()
        self.failure = ""
        """Why no worker starts any more."""
        self._size = size

    def start(self) -> None:
        """One worker has started, and the others are about to. Raises OffError."""
        first = self._started()
        if first is None:
            raise OffError("No process can be started to run programs in.")
        for worker in (first, *(None for _ in range(self._size - 1))):
            threading.Thread(target=self._serve, args=(worker,), daemon=True).start()

    def close(self) -> None:
        """No worker is left."""
        with self._lock:
            self._is_closed = True
            left = list(self._workers)
        for worker in left:
            self._retire(worker)
        self._folder.cleanup()

    def _serve(self, worker: WorkerProcess | None) -> None:
        """The life of one thread: it has a worker ready before it takes a job."""
        while not self._is_closed:
            worker = worker or self._patiently_started()
            ticket = self._queue.take() if worker else None
            if worker is None or ticket is None:
                return
            worker = self._run(worker, ticket)

    def _run(self, worker: WorkerProcess, ticket: Ticket) -> WorkerProcess | None:
        """The worker for the next job, or None where this one can do no more."""
        try:
            outcome = self._outcome(worker, ticket.job)
        except (OverrunError, WorkerGoneError) as error:
            log.warning("A job ended its worker: %r", error)
            self._retire(worker)
            self._again(ticket)
            return None
        except Exception:  # neither this thread nor the client may hang
            log.exception("A job went wrong.")
            self._retire(worker)
            self._queue.finish(ticket, error=WENT_WRONG)
            return None
        self._queue.finish(ticket, outcome)
        if worker.jobs < JOBS_OF_ONE_WORKER:
            return worker
        self._retire(worker)
        return None

    def _again(self, ticket: Ticket) -> None:
        """Once more in another worker: the first may have been ended, or held up, from outside."""
        worker = self._started()
        if worker is None:
            self._queue.finish(ticket, error=WENT_WRONG)
            return
        try:
            self._queue.finish(ticket, self._outcome(worker, ticket.job))
        except OverrunError:
            self._queue.finish(ticket, Outcome("time_limit", {}))
        except WorkerGoneError:
            self._queue.finish(ticket, Outcome("crashed", {}))
        except Exception:  # as above
            log.exception("A job went wrong twice.")
            self._queue.finish(ticket, error=WENT_WRONG)
        self._retire(worker)

    def _outcome(self, worker: WorkerProcess, job: Job) -> Outcome:
        mark = f"\x1e{secrets.token_hex(12)}:"
        patience = job.seconds * PATIENCE + SLACK_SECONDS
        flavour = self._compiled.build.flavour_of(job)
        answer: Answer = worker.run(flavour, _told(job, mark), job.seconds, patience)
        cases = len(job.cases)
        return frames.outcome_of(answer.ending, answer.said, mark, cases, answer.milliseconds)

    def _patiently_started(self) -> WorkerProcess | None:
        for failures in range(MOST_FAILED_STARTS):
            if worker := self._started():
                return worker
            if self._is_closed:
                return None
            time.sleep(PAUSE_SECONDS * 2**failures)
        self.failure = "No process can be started any more to run programs in: see the memory."
        return None

    def _started(self) -> WorkerProcess | None:
        """A worker that is ready, or None."""
        with self._lock:
            if self._is_closed:
                return None
            try:
                worker = WorkerProcess(self._compiled, Path(self._folder.name), self._wanted)
            except OSError as error:  # no memory, no process or no descriptor to be had
                log.warning("No worker can be started: %s", error)
                return None
            self._workers.add(worker)
        try:
            self.walls = worker.wait_until_ready()
        except (OffError, OverrunError, WorkerGoneError):
            self._retire(worker)
            return None
        return worker

    def _retire(self, worker: WorkerProcess) -> None:
        worker.kill()
        with self._lock:
            self._workers.discard(worker)


def _told(job: Job, mark: str) -> dict[str, Any]:
    """What a guest learns of its job."""
    return {
        "mark": mark,
        "language": job.language,
        "source": job.source,
        "name": job.name,
        "cases": [vars(case) for case in job.cases],
        "longest_output": LONGEST_SHOWN_OUTPUT if job.shows_output else 0,
        "most_rows": MOST_ROWS,
    }
