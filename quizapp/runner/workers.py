"""A worker as the runner sees it: started, asked, and killed by its pid when it does not answer."""

import json
import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from quizapp.runner.compiling import Compiled
from quizapp.runner.errors import OffError

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60
LONGEST_ANSWER = 8 << 20
CHUNK = 1 << 16


class WorkerGoneError(Exception):
    """It has ended, or says what no worker says."""


class OverrunError(Exception):
    """It did not answer in time."""


@dataclass(frozen=True)
class Answer:
    """What a worker says of a job: how its guest ended, and what that wrote, unread."""

    ending: str
    why: str
    milliseconds: float
    said: bytes


class WorkerProcess:
    """One process with its two pipes. Whoever made it must ``kill`` it."""

    def __init__(self, compiled: Compiled, folder: Path, walls: tuple[str, ...]) -> None:
        images = {flavour: str(path) for flavour, path in compiled.images.items()}
        orders = {"module": str(compiled.module), "images": images, "walls": walls}
        self._process = subprocess.Popen(
            [sys.executable, "-s", "-m", "quizapp.runner.guest_worker", json.dumps(orders)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
            cwd=folder,
            start_new_session=True,
        )
        self._tasks, self._answers = _pipes(self._process)
        self._read = b""
        self.jobs = 0

    def wait_until_ready(self) -> tuple[str, ...]:
        """The walls that stand. Raises OffError, WorkerGoneError or OverrunError."""
        answer = self._line(time.monotonic() + START_SECONDS)
        if "off" in answer:
            raise OffError(str(answer["off"]))
        return tuple(map(str, answer.get("walls", ())))

    def run(self, flavour: str, job: dict[str, Any], seconds: float, patience: float) -> Answer:
        """What it says after at most ``patience`` seconds. Raises WorkerGoneError, OverrunError."""
        until = time.monotonic() + patience
        request = {"flavour": flavour, "job": job, "seconds": seconds}
        try:
            self._tasks.write(json.dumps(request).encode() + b"\n")
            self._tasks.flush()
        except OSError:
            raise WorkerGoneError("It took no job.") from None
        answer = self._line(until)
        self.jobs += 1
        said = self._bytes(int(answer["bytes"]), until)
        return Answer(answer["ending"], answer["why"], answer["milliseconds"], said)

    def kill(self) -> None:
        """This process has ended, and its pipes are closed."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._tasks, self._answers):
            with suppress(OSError):  # what was not written yet has nobody to read it
                pipe.close()

    def _line(self, until: float) -> dict[str, Any]:
        while b"\n" not in self._read:
            self._receive(until)
        line, _, self._read = self._read.partition(b"\n")
        try:
            answer = json.loads(line)
        except ValueError:
            raise WorkerGoneError("It does not speak JSON.") from None
        if not isinstance(answer, dict):
            raise WorkerGoneError("It does not answer.")
        return answer

    def _bytes(self, count: int, until: float) -> bytes:
        while len(self._read) < count:
            self._receive(until)
        data, self._read = self._read[:count], self._read[count:]
        return data

    def _receive(self, until: float) -> None:
        if self._answers.closed:
            raise WorkerGoneError("It was killed.")
        descriptor = self._answers.fileno()
        left = until - time.monotonic()
        ready = select.poll()  # unlike select, it takes descriptors above 1023
        ready.register(descriptor, select.POLLIN)
        if left <= 0 or not ready.poll(left * 1000):
            raise OverrunError
        try:
            data = os.read(descriptor, CHUNK)
        except OSError:  # killed meanwhile
            data = b""
        if not data:
            raise WorkerGoneError("It has ended.")
        self._read += data
        if len(self._read) > LONGEST_ANSWER:
            raise WorkerGoneError("It says too much.")


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise WorkerGoneError("It has no pipes.")
    return process.stdin, process.stdout
