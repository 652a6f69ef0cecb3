"""The runner as a process: what it survives, and that nothing survives it."""

import json
import os
import signal
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from quizapp.domain.programs.jobs import LONGEST_SOURCE, CaseInput, Job
from quizapp.runner.client import Runner, RunnerBusyError, RunnerUnavailableError
from tests import runners

JOB = Job("python", "", "", (CaseInput("", "6 * 7"),), 5.0)
ENDLESS = Job("python", "while True: pass", "", (CaseInput("", "1"),), 2.0)


def workers() -> list[int]:
    """Pids of all workers below this process."""
    rows = [_row(path) for path in Path("/proc").glob("[0-9]*")]
    ours = {pid for pid, parent, _ in rows if parent == os.getpid()}
    return [pid for pid, parent, command in rows if parent in ours and b"guest_worker" in command]


def _row(path: Path) -> tuple[int, int, bytes]:
    try:
        parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
        return int(path.name), parent, (path / "cmdline").read_bytes()
    except OSError:  # it has just ended
        return 0, 0, b""


def test_its_state_can_be_asked(runner: Runner) -> None:
    state = runner.state()

    assert (state.status, state.engine, state.workers) == ("ready", "full", runners.WORKERS)
    assert state.walls[0] == "wasm"
    assert state.cache == str(runners.CACHE)


def test_a_worker_that_is_killed_is_replaced(runner: Runner) -> None:
    before = workers()
    for pid in before:
        os.kill(pid, signal.SIGKILL)

    for _ in before:
        assert runner.run(JOB, "alice", is_urgent=True).claims[0].value == 42


def test_a_runner_that_could_not_start_tries_again(tmp_path: Path) -> None:
    with runners.started(tmp_path / "runner.sock") as runner:

        def is_off() -> bool:
            for pid in workers():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            return runner.state().status == "off"

        runners.wait_for(is_off)
        assert runner.state().reason

        runners.wait_for(lambda: runner.state().status == "ready")
        assert runner.run(JOB, "alice", is_urgent=True).claims[0].value == 42
        assert not runner.state().reason


def test_a_person_may_have_three_programs_under_way(runner: Runner) -> None:
    threads = [
        threading.Thread(target=runner.run, args=(ENDLESS, "alice"), kwargs={"is_urgent": True})
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    runners.wait_for(lambda: runner.state().waiting == 2)

    with pytest.raises(RunnerBusyError, match="earlier runs"):
        runner.run(JOB, "alice", is_urgent=True)
    assert runner.run(JOB, "bob", is_urgent=True).status == "ran"
    for thread in threads:
        thread.join()


def test_who_goes_away_waits_no_more(tmp_path: Path) -> None:
    with runners.ready(tmp_path / "runner.sock") as runner:
        request = {"ask": "run", "job": {**vars(ENDLESS), "cases": []}, "owner": "alice"}
        line = json.dumps({**request, "is_urgent": True}).encode() + b"\n"
        connections = []
        for _ in range(3):
            connections.append(socket.socket(socket.AF_UNIX))
            connections[-1].connect(str(tmp_path / "runner.sock"))
            connections[-1].sendall(line)
        runners.wait_for(lambda: runner.state().waiting == 2)
        for connection in connections:
            connection.close()

        runners.wait_for(lambda: runner.state().waiting == 0)


@pytest.mark.parametrize("line", [b"\n", b"nonsense\n", b'{"ask": "run"}\n', b"[" * 10_000 + b"\n"])
def test_nonsense_does_not_end_it(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "runner.sock"
    with runners.started(path) as runner:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(path))
            connection.sendall(line)
            assert connection.recv(100) == b""

        assert runner.state().status in ("getting ready", "ready")


def test_a_program_that_is_too_long_is_not_run(runner: Runner) -> None:
    job = Job("python", "#" * (LONGEST_SOURCE + 1), "", (), 1.0)

    assert runner.run(job, "alice", is_urgent=True).status == "too_long"


def test_nobody_else_may_connect(tmp_path: Path) -> None:
    with runners.started(tmp_path / "runner.sock"):
        assert (tmp_path / "runner.sock").stat().st_mode & 0o777 == 0o600


def test_nothing_survives_it(tmp_path: Path) -> None:
    before = set(workers())
    with runners.ready(tmp_path / "runner.sock"):
        runners.wait_for(lambda: len(set(workers()) - before) == runners.WORKERS)
        pids = set(workers()) - before

    assert not (tmp_path / "runner.sock").exists()
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_a_runner_out_of_reach_is_off(tmp_path: Path) -> None:
    runner = Runner(tmp_path / "runner.sock")

    assert (runner.state().status, runner.state().reason) == (
        "off",
        "The code runner is not running.",
    )
    with pytest.raises(RunnerUnavailableError, match="not running"):
        runner.run(JOB, "alice", is_urgent=True)


def test_a_cache_that_others_may_write_switches_it_off(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o700)
    cache.chmod(0o777)

    with runners.started(tmp_path / "runner.sock", cache=cache) as runner:
        runners.wait_for(lambda: runner.state().status == "off")
        assert "Others could write" in runner.state().reason
        with pytest.raises(RunnerUnavailableError, match="Others could write"):
            runner.run(JOB, "alice", is_urgent=True)


def test_a_long_path_is_an_address_too(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)
    folder.mkdir()

    with runners.started(folder / "runner.sock") as runner:
        assert runner.state().status in ("getting ready", "ready")


def test_a_worker_is_small(runner: Runner) -> None:
    runner.run(JOB, "alice", is_urgent=True)
    time.sleep(0.2)

    for pid in workers():
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        resident = next(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))
        assert resident < 60_000, "kB"
