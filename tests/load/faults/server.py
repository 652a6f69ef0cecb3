"""The real server as a process that can be killed, and what the system knows about it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from quizapp.config import ROOT
from tests.factories import SMALL_QUESTIONS

SECRET = "a secret of at least 32 characters"
PATIENCE_SECONDS = 60
WORKERS = 2


class Server:
    """`flask serve` over a database: two workers, a port of its own, the tests' secret."""

    def __init__(
        self, url: str, folder: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.port = free_port()
        self.log = folder / "server.log"
        self._url = url
        self._folder = folder
        self._more = environment or {}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The parent of the workers."""
        assert self._process is not None
        return self._process.pid

    def start(self, user_id: int | None = None) -> None:
        """The server is starting, as that user of the system; ``wait`` for its first answer."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "wsgi", "serve"],
                cwd=ROOT,
                env={**os.environ, **self._settings(), **self._more},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # so that it can be killed with its workers
                user=user_id,
            )

    def wait(self) -> None:
        """The server has answered. Raises TimeoutError."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.address}/static/icon.svg", timeout=5).close()
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError(f"no answer within {PATIENCE_SECONDS} s:\n{self.log.read_text()}")

    def wait_for_workers(self) -> None:
        """Every worker takes requests. Raises TimeoutError."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(self.serving_workers()) < WORKERS:
            if time.monotonic() > deadline:
                raise TimeoutError(f"no {WORKERS} workers:\n{self.log.read_text()}")
            time.sleep(0.02)

    def has_ended(self) -> bool:
        """The parent is gone, for whatever reason."""
        assert self._process is not None
        return self._process.poll() is not None

    def kill(self) -> None:
        """Parent and workers are dead at once, as after a crash of the machine's memory."""
        os.killpg(self.pid, signal.SIGKILL)
        assert self._process is not None
        self._process.wait()

    def stop(self) -> None:
        """The server is gone, by its own will or after a while without."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()

    def workers(self) -> list[int]:
        """The ids of the worker processes, the oldest first."""
        try:
            listing = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        except OSError:
            return []
        return [int(child) for child in listing if b"spawn_main" in command_of(int(child))]

    def serving_workers(self) -> list[int]:
        """The workers that have loaded the app and take requests."""
        listening = listening_sockets(self.port)
        return [worker for worker in self.workers() if sockets_of(worker) & listening]

    def _settings(self) -> dict[str, str]:
        return {
            "QUIZAPP_DATABASE_URL": self._url,
            "QUIZAPP_INSTANCE_FOLDER": str(self._folder),
            "QUIZAPP_QUESTIONS_FOLDER": str(SMALL_QUESTIONS),
            "QUIZAPP_SECRET_KEY": SECRET,
            "QUIZAPP_HASH_MEMORY_KIB": "8",
            "QUIZAPP_PORT": str(self.port),
            "QUIZAPP_WORKERS": str(WORKERS),
            "QUIZAPP_RUNNER": "off",
        }


@contextmanager
def running(
    url: str, folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A server that answers; it is gone afterwards."""
    server = Server(url, folder, environment)
    server.start()
    try:
        server.wait()
        server.wait_for_workers()
        yield server
    finally:
        server.stop()


@contextmanager
def frozen(pids: list[int]) -> Iterator[None]:
    """These processes stand still meanwhile."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def command_of(pid: int) -> bytes:
    """The command line of a process; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def sockets_of(pid: int) -> set[str]:
    """Inodes of all sockets that a process has open; none when it is gone."""
    try:
        links = [os.readlink(each) for each in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:
        return set()
    return {found[1] for link in links if (found := re.fullmatch(r"socket:\[(\d+)\]", link))}


def listening_sockets(port: int) -> set[str]:
    """Inodes of the sockets that wait for connections on that port."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {
        columns[9]
        for columns in lines
        if columns[3] == "0A" and int(columns[1].rpartition(":")[2], 16) == port
    }


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
