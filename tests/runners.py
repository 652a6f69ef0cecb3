"""The code runner as the server starts it, for tests."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from quizapp.config import ROOT
from quizapp.runner.client import Runner

CACHE = Path(sys.prefix) / "guest-cache"
"""In .venv, so that a checkout compiles the interpreter once, and `make clean` ends it."""
WORKERS = 2
READY_SECONDS = 600
"""Compiling included."""
PATIENT_SECONDS = 30
LOOK_SECONDS = 0.1


@contextmanager
def started(socket: Path, *options: str, cache: Path = CACHE) -> Iterator[Runner]:
    """A runner process at ``socket``, in whatever state; it is gone afterwards."""
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    command = [sys.executable, "-m", "quizapp.runner", "--socket", str(socket)]
    command += ["--cache", str(cache), "--workers", str(WORKERS), *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT)
    try:
        wait_for(socket.exists)
        yield Runner(socket)
    finally:
        process.communicate(timeout=20)


@contextmanager
def ready(socket: Path, *options: str) -> Iterator[Runner]:
    """A runner that runs programs."""
    with started(socket, *options) as runner:
        wait_for(lambda: runner.state().status != "getting ready", READY_SECONDS)
        state = runner.state()
        assert state.status == "ready", state.reason
        yield runner


def wait_for(condition: Callable[[], bool], seconds: float = PATIENT_SECONDS) -> None:
    """Returns as soon as ``condition()`` is true; fails after ``seconds``."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it takes too long"
        time.sleep(LOOK_SECONDS)
