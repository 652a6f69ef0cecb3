"""The real server: workers with connections of their own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from quizapp.config import ROOT

PATIENCE_SECONDS = 60


@pytest.fixture
def server(blank_database_url: str, tmp_path: Path) -> Iterator[tuple[int, str]]:
    """Process id and address of a server with two workers over that database."""
    port = free_port()
    settings = {
        "PORT": port,
        "INSTANCE_FOLDER": tmp_path,
        "DATABASE_URL": blank_database_url,
        "RUNNER": "off",
    }
    environment = {
        **os.environ,
        **{f"QUIZAPP_{name}": str(each) for name, each in settings.items()},
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        yield process.pid, f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)


def test_workers_share_no_connection_with_their_parent(server: tuple[int, str]) -> None:
    parent, address = server
    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(lambda _: status_of(f"{address}/sign-in"), range(80)))

    assert statuses == {200}
    workers = children_of(parent)
    assert len(workers) >= 2
    for worker in workers:
        assert connections_of(parent).isdisjoint(connections_of(worker))


def test_the_server_stops_though_a_request_is_only_half_sent(server: tuple[int, str]) -> None:
    parent, address = server
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n")
        time.sleep(0.5)  # so that a worker has begun to read it

        os.kill(parent, signal.SIGTERM)

        assert is_gone_within(parent, seconds=10)


def test_a_worker_that_dies_young_is_gone_like_any_other(server: tuple[int, str]) -> None:
    parent, address = server
    for _ in range(3):
        youngest = max(two_workers_of(parent))
        os.kill(youngest, signal.SIGKILL)
        wait_until(partial(is_gone, youngest, parent))

    assert len(two_workers_of(parent)) == 2
    wait_for(f"{address}/sign-in")


def is_gone_within(pid: int, seconds: float) -> bool:
    """The process has ended; it is our child, so that it stays a zombie until it is waited for."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def status_of(address: str) -> int:
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server
        status: int = answer.status
        return status


def children_of(pid: int) -> list[int]:
    """Its child processes that run the same program (not, say, a tracker of resources)."""
    listing = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listing if b"spawn_main" in command_of(int(child))]


def two_workers_of(parent: int) -> list[int]:
    """Its workers, once there are two; the dead are no longer counted."""
    wait_until(lambda: len(children_of(parent)) == 2)
    return children_of(parent)


def is_gone(worker: int, parent: int) -> bool:
    return worker not in children_of(parent)


def command_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def connections_of(pid: int) -> set[str]:
    """Sockets of that process that are connected to something, by inode."""
    connected = {
        line.split()[9]
        for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]
        if line.split()[3] == "01"
    }
    return open_sockets_of(pid) & connected


def open_sockets_of(pid: int) -> set[str]:
    """Inodes of all sockets that the process has open."""
    links = (os.readlink(each) for each in Path(f"/proc/{pid}/fd").iterdir() if each.is_symlink())
    return {found[1] for link in links if (found := re.fullmatch(r"socket:\[(\d+)\]", link))}


def wait_for(address: str) -> None:
    def answers() -> bool:
        try:
            return bool(status_of(address))
        except OSError:
            return False

    wait_until(answers)


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            pytest.fail(f"not so within {PATIENCE_SECONDS} s")
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
