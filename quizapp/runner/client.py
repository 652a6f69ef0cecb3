"""Asks the runner process to run a program."""

import json
import socket
import time
from pathlib import Path
from typing import Any

from quizapp.domain.errors import QuizError
from quizapp.domain.programs.jobs import LONGEST_SOURCE, Job, Outcome
from quizapp.runner import wire
from quizapp.runner.addresses import address_of
from quizapp.runner.errors import FULL, RunnerBusyError, RunnerUnavailableError
from quizapp.runner.states import RunnerState

CONNECT_SECONDS = 5
PAUSE_SECONDS = 0.05
STATE_SECONDS = 5
RUN_SECONDS = 900
"""Waiting for others included."""
NOT_RUNNING = "The code runner is not running."
LOST = "The code runner has stopped. Try again in a moment."

__all__ = ["Runner", "RunnerBusyError", "RunnerState", "RunnerUnavailableError"]


class Runner:
    """The runner behind one socket. It may be used by several threads."""

    def __init__(self, socket_path: Path) -> None:
        self._path = socket_path

    def run(self, job: Job, owner: str, *, is_urgent: bool) -> Outcome:
        """What became of ``job``, which may first wait for others; those of people who wait go
        before grading, and owners take turns.

        Raises RunnerBusyError when this owner, or everybody, waits for too much already, and
        RunnerUnavailableError when the runner is off, not ready or out of reach.
        """
        if len(job.source.encode("utf-8", "surrogatepass")) > LONGEST_SOURCE:
            return Outcome("too_long", {}, f"The program is longer than {LONGEST_SOURCE} bytes.")
        request = {"ask": "run", "job": wire.job_data(job), "owner": owner, "is_urgent": is_urgent}
        line = wire.line(request)
        if len(line) > wire.LONGEST_LINE:
            return Outcome("too_long", {}, "The program and its cases are too long together.")
        answer = self._ask(line, RUN_SECONDS)
        if "busy" in answer:
            raise RunnerBusyError(answer["busy"])
        if "unavailable" in answer:
            raise RunnerUnavailableError(answer["unavailable"])
        return wire.outcome_of(answer["outcome"])

    def state(self) -> RunnerState:
        """How the runner is; off, with the reason, when it cannot be reached."""
        try:
            return wire.state_of(self._ask(wire.line({"ask": "state"}), STATE_SECONDS)["state"])
        except QuizError as error:
            return RunnerState("off", reason=str(error), is_reached=False)

    def _ask(self, request: bytes, seconds: float) -> dict[str, Any]:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            self._connect(connection)
            try:
                connection.settimeout(seconds)
                connection.sendall(request)
                with connection.makefile("rb") as answers:
                    answer: dict[str, Any] = json.loads(answers.readline())
            except (OSError, ValueError):
                raise RunnerUnavailableError(LOST) from None
        return answer

    def _connect(self, connection: socket.socket) -> None:
        """Tries again while so many others do the same that it cannot even be queued."""
        connection.settimeout(CONNECT_SECONDS)
        until = time.monotonic() + CONNECT_SECONDS
        while True:
            try:
                with address_of(self._path) as address:
                    return connection.connect(address)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise RunnerBusyError(FULL) from None
                time.sleep(PAUSE_SECONDS)
            except OSError:
                raise RunnerUnavailableError(NOT_RUNNING) from None
