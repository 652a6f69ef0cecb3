"""Processes beside the server: started with it, started again when they end, never left behind."""

import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

from quizapp.config import ROOT, Config
from quizapp.domain.errors import QuizError
from quizapp.runner.client import Runner, RunnerState

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 10.0
"""Before a process that has ended is started again; doubled while it ends soon."""
SOON_SECONDS = 10.0
MIND_SECONDS = 0.3
"""So often one looks whether a process has ended."""
STOP_SECONDS = 5.0
"""What a companion may take to end once it is told to; then it is killed."""
FOR_THE_RUNNER = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")
LOOK_SECONDS = 1.0
"""So often one asks how the runner is."""

logger = logging.getLogger(__name__)


class Companion:
    """The process that ``command`` starts, and starts again whenever it has ended.

    It has our environment, or the one that is given, reads our pipe as its standard input and ends
    when that does: so it never outlives us, however we end.
    """

    def __init__(
        self, name: str, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> None:
        self._name, self._command, self._environment = name, command, environment
        self._is_stopped = Event()
        self._minder = Thread(target=self._mind, name=f"minds {name}", daemon=True)

    def start(self) -> None:
        """It runs from now on."""
        self._minder.start()

    def stop(self) -> None:
        """It has ended, and is not started again."""
        self._is_stopped.set()
        self._minder.join()

    def _mind(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            began = time.monotonic()
            how = self._live()
            if self._is_stopped.is_set():
                return
            if time.monotonic() > began + SOON_SECONDS:
                pause = FIRST_PAUSE_SECONDS
            logger.warning("%s has ended (%s); it is started again", self._name, how)
            self._is_stopped.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def _live(self) -> int | OSError:
        """One life of the process, and how it ended."""
        try:
            # In a group of its own: Ctrl-C reaches us alone, and we end it in our order.
            process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.PIPE,
                process_group=0,
            )
        except OSError as error:  # the machine has no more processes, or no memory
            return error
        with process:
            while process.poll() is None:
                if self._is_stopped.wait(MIND_SECONDS):
                    _end(process)
            return process.returncode


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def of_server(config: Config) -> Sequence[Companion]:
    """Who runs code and grades it beside the server; nobody where that is not wanted."""
    return () if config.runner == "off" else (code_runner(config, config.runner_socket), grader())


@contextmanager
def beside_server(
    config: Config, companions: Sequence[Companion], tell: Callable[[str], None]
) -> Iterator[None]:
    """They run meanwhile, and ``tell`` is told how the code runner is."""
    if not companions:
        yield
        return
    with running(*companions), told(Runner(config.runner_socket), tell):
        yield


@contextmanager
def running(*companions: Companion) -> Iterator[None]:
    """All of them run meanwhile; afterwards, none."""
    with ExitStack() as stack:
        for companion in companions:
            companion.start()
            stack.callback(companion.stop)
        yield


def code_runner(config: Config, socket: Path) -> Companion:
    """The code runner of ``config``, which listens on ``socket``."""
    options = {
        "--socket": str(socket),
        "--cache": str(config.runner_cache),
        "--engine": config.runner,
        "--workers": str(config.runner_workers),
    }
    arguments = [word for option in options.items() for word in option]
    command = [sys.executable, "-m", "quizapp.runner", *arguments]
    return Companion("The code runner", command, without_secrets())


@contextmanager
def runner_at_hand(config: Config, tell: Callable[[str], None]) -> Iterator[Path]:
    """The socket of the server's code runner; where there is none, of one that runs meanwhile.

    Raises QuizError where none may.
    """
    if Runner(config.runner_socket).state().is_reached:
        yield config.runner_socket
        return
    if config.runner == "off":
        raise QuizError("QUIZAPP_RUNNER is off: set it to auto to run programs here.")
    with tempfile.TemporaryDirectory(prefix="quizapp-runner-") as folder:
        socket = Path(folder) / "runner.sock"
        with running(code_runner(config, socket)), told(Runner(socket), tell):
            yield socket


def without_secrets() -> Mapping[str, str]:
    """What the code runner needs of our environment, which holds keys and passwords as well."""
    return {name: os.environ[name] for name in FOR_THE_RUNNER if name in os.environ}


def grader() -> Companion:
    """A grader that asks the code runner of this server."""
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    return Companion("The grader", [*flask, "grader", "run", "--beside-server"])


@contextmanager
def told(runner: Runner, tell: Callable[[str], None]) -> Iterator[None]:
    """Meanwhile ``tell`` is told how the runner is, whenever that is news."""
    stop = Event()
    thread = Thread(target=_tell_until, args=(stop, runner, tell), name="tells", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _tell_until(stop: Event, runner: Runner, tell: Callable[[str], None]) -> None:
    said = ""
    while not stop.wait(LOOK_SECONDS):
        state = runner.state()
        sentence = in_words(state)
        if state.is_reached and sentence not in ("", said):
            tell(sentence)
            said = sentence


def in_words(state: RunnerState) -> str:
    """One line for the log."""
    if state.status == "off":
        return f"Code questions are off: {state.reason}"
    if state.status == "ready":
        ready = f"Code runner: ready ({state.engine}; walls: {', '.join(state.walls) or 'none'})"
        return f"{ready}. {state.reason}" if state.reason else ready
    return state.progress
