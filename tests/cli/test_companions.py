"""Processes beside the server: started again, and never left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.cli import companions
from quizapp.cli.companions import Companion, in_words, of_server, running
from quizapp.config import ROOT, Config
from quizapp.runner.client import RunnerState

PATIENCE_SECONDS = 20
LIVES_WITH_US = (
    "import os, sys; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); sys.stdin.buffer.read()"
)


def companion(folder: Path) -> Companion:
    """A process that notes its id, and ends with its standard input."""
    return Companion("A test", [sys.executable, "-c", LIVES_WITH_US, str(folder / "lives")])


def lives(folder: Path) -> list[int]:
    """The ids of all that were started, the oldest first."""
    path = folder / "lives"
    return [int(line) for line in path.read_text().splitlines()] if path.exists() else []


def is_alive(pid: int) -> bool:
    return b"lives" in (Path(f"/proc/{pid}/cmdline").read_bytes() if _exists(pid) else b"")


def _exists(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_companion_that_dies_is_started_again_and_ends_with_the_block(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with running(companion(tmp_path)):
        wait_until(lambda: len(lives(tmp_path)) == 1)
        os.kill(lives(tmp_path)[0], signal.SIGKILL)
        wait_until(lambda: len(lives(tmp_path)) == 2)
        assert "A test has ended (-9); it is started again" in caplog.text

    assert not any(map(is_alive, lives(tmp_path)))


def test_a_companion_ends_with_who_started_it_however_that_ends(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from tests.cli import test_companions as t\n"
        "with t.running(t.companion(Path(sys.argv[1]))): time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT)
    wait_until(lambda: len(lives(tmp_path)) == 1)
    assert is_alive(lives(tmp_path)[0])

    parent.kill()
    parent.wait()

    wait_until(lambda: not is_alive(lives(tmp_path)[0]))


def test_one_that_does_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companions, "STOP_SECONDS", 0.2)
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    path = str(tmp_path / "lives")
    with running(Companion("A test", [sys.executable, "-c", deaf + LIVES_WITH_US, path])):
        wait_until(lambda: len(lives(tmp_path)) == 1)

    assert not any(map(is_alive, lives(tmp_path)))


def test_a_server_without_code_has_no_companions(tmp_path: Path) -> None:
    assert of_server(Config(instance_folder=tmp_path, runner="off")) == ()
    assert len(of_server(Config(instance_folder=tmp_path))) == 2


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (RunnerState("getting ready", progress="Compiling once."), "Compiling once."),
        (
            RunnerState("ready", engine="full", walls=("seccomp", "Landlock")),
            "Code runner: ready (full; walls: seccomp, Landlock)",
        ),
        (
            RunnerState("ready", engine="light", walls=("wasm",), reason="Light, because …"),
            "Code runner: ready (light; walls: wasm). Light, because …",
        ),
        (RunnerState("off", reason="No memory."), "Code questions are off: No memory."),
    ],
)
def test_the_log_says_how_the_runner_is(state: RunnerState, words: str) -> None:
    assert in_words(state) == words


def test_the_code_runner_is_told_no_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZAPP_SECRET_KEY", "k" * 40)
    seen = tmp_path / "environment"
    show = "import os, sys; open(sys.argv[1], 'w').write(str(dict(os.environ)))"
    told = companions.without_secrets()

    with running(Companion("A test", [sys.executable, "-c", show, str(seen)], told)):
        wait_until(lambda: seen.exists() and seen.read_text().endswith("}"))

    assert "PATH" in seen.read_text()
    assert "QUIZAPP" not in seen.read_text()
