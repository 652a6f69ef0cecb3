"""The runner as a whole: gets ready, runs what it is asked to, and says how it is."""

import logging
import os
import subprocess
import threading
from dataclasses import replace
from pathlib import Path

from quizapp.domain.programs.jobs import LONGEST_SOURCE, Job, Outcome
from quizapp.runner import self_test, walls
from quizapp.runner.builds import FULL, Build
from quizapp.runner.errors import OffError, RunnerUnavailableError, lacking
from quizapp.runner.pool import Pool
from quizapp.runner.preparing import choose, prepare
from quizapp.runner.queueing import Queue, Ticket
from quizapp.runner.states import RunnerState

log = logging.getLogger(__name__)

TEST_SECONDS = 60
LOOK_SECONDS = 1.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 2.0, 300.0
"""Before it is tried again to get ready; doubled while that fails."""
STARTING = "The code runner is getting ready."
TESTING = "The code runner is getting ready: testing that it keeps programs in."
STOPPED = "The code runner has stopped. Try again in a moment."


class Service:
    """One queue and one pool. Fails closed: until the self-test has passed nothing is run."""

    def __init__(
        self, cache: Path, engine: str, workers: int, wanted: tuple[str, ...] = walls.ALL
    ) -> None:
        self._cache, self._engine, self._wanted = cache, engine, wanted
        self._size = workers or os.cpu_count() or 1
        self._build: Build = FULL
        self._state = RunnerState("getting ready", STARTING, cache=str(cache))
        self._queue = Queue(self._size)
        self._pool: Pool | None = None
        self._children: list[subprocess.Popen[bytes]] = []
        self._is_stopped = threading.Event()

    def keep_ready(self) -> None:
        """It gets ready, and does so again some time after whatever went wrong, until ``stop``: a
        process that was killed, or memory that was short, is no reason to stay off.
        """
        pause = FIRST_PAUSE_SECONDS
        while not self._is_stopped.is_set():
            self.get_ready()
            while self.state().status == "ready" and not self._is_stopped.wait(LOOK_SECONDS):
                pause = FIRST_PAUSE_SECONDS
            self._is_stopped.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def stop(self) -> None:
        """Nothing is run any more, and nothing tried again."""
        self._is_stopped.set()
        self.switch_off(STOPPED)

    def get_ready(self) -> None:
        """It is ready, or off with a reason."""
        self._queue, self._pool, self._children = Queue(self._size), None, []
        try:
            self._build, why = choose(self._cache, self._engine)
            if self._state.status != "off":  # then the reason for that is still true
                self._state = self._as_chosen(why)
            compiled = prepare(self._cache, self._build, self._report, self._children)
            self._report(TESTING)
            self._pool = Pool(compiled, self._queue, self._size, self._wanted)
            self._pool.start()
            self_test.check(self._run_directly)
        except OffError as error:
            self.switch_off(str(error))
            return
        except Exception as error:  # it must not seem to get ready for ever
            log.exception("The code runner does not start.")
            self.switch_off(f"The code runner cannot start: {error}")
            return
        self._state = replace(self._as_chosen(why), status="ready", progress="", workers=self._size)

    def state(self) -> RunnerState:
        """How it is now."""
        pool = self._pool
        if pool is not None and pool.failure:
            self.switch_off(pool.failure)
        raised = pool.walls if pool else ()
        return replace(self._state, walls=("wasm", *raised), waiting=self._queue.waiting)

    def add(self, job: Job, owner: str, *, is_urgent: bool) -> Ticket:
        """A ticket that waits. Raises RunnerUnavailableError and RunnerBusyError."""
        state = self.state()
        if state.status != "ready":
            raise RunnerUnavailableError(state.progress or state.reason)
        if missing := self._build.missing_for(job):
            raise RunnerUnavailableError(lacking(missing))
        ticket = Ticket(job, owner, is_urgent)
        if len(job.source.encode("utf-8", "surrogatepass")) > LONGEST_SOURCE:
            ticket.outcome = Outcome("too_long", {})
            ticket.is_done.set()
        else:
            self._queue.add(ticket)
        return ticket

    def cancel(self, ticket: Ticket) -> None:
        """Nobody waits for it any more; it is not begun."""
        self._queue.cancel(ticket)

    def switch_off(self, reason: str) -> None:
        """Nothing is run any more, and no process is left."""
        self._state = replace(self._state, status="off", progress="", reason=reason)
        self._queue.close(reason)
        if self._pool:
            self._pool.close()
        for child in self._children:
            if child.poll() is None:
                child.kill()

    def _as_chosen(self, why: str) -> RunnerState:
        build = self._build
        return replace(self._state, engine=build.name, libraries=build.libraries, reason=why)

    def _report(self, progress: str) -> None:
        self._state = replace(self._state, progress=progress)

    def _run_directly(self, job: Job) -> Outcome:
        ticket = Ticket(job, "", is_urgent=True)
        self._queue.add(ticket)
        if not ticket.is_done.wait(TEST_SECONDS) or ticket.outcome is None:
            raise OffError("The self-test failed: no program came to its end.")
        return ticket.outcome


def in_background(service: Service) -> threading.Thread:
    """``service`` gets ready, and stays so, while it can be asked how it is."""
    thread = threading.Thread(target=service.keep_ready, name="keep-ready", daemon=True)
    thread.start()
    return thread
