"""The servers under load: quizapp over a temporary database, and the bare view."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from quizapp.config import ROOT, Config
from tests.environment import postgres
from tests.load import processes
from tests.load.client import Address

HOST = "127.0.0.1"
SECRET = "for a benchmark on this machine alone"
WORKERS = 2
START_SECONDS = 60
STOP_SECONDS = 15

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
"""PostgreSQL is measured as it would be served, not as tests use it."""


@dataclass(frozen=True)
class Server:
    """A server that answers; ``pids`` are the roots of all that works for it."""

    address: Address
    pids: tuple[int, ...]

    @property
    def workers(self) -> list[int]:
        """The processes that answer requests."""
        own = processes.tree(self.pids[:1])[1:]
        return [pid for pid in own if "spawn_main" in processes.command(pid)]


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database; a PostgreSQL server runs as long as the block does."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'bench.sqlite'}"
        return
    programs = postgres.find_programs()
    if programs is None:
        raise SystemExit("PostgreSQL's initdb and pg_ctl were not found: install PostgreSQL.")
    postgres.SETTINGS.update(DURABLE)
    with postgres.throw_away_server(programs) as url:
        yield url


def settings(
    database_url: str,
    folder: Path,
    runner: str = "off",
    runner_cache: Path = Path(),
    runs_per_minute: int = Config.runs_per_minute,
) -> Config:
    """What quizapp is served with, on a free port."""
    config = Config(
        instance_folder=folder,
        database_url=database_url.replace("postgresql+psycopg", "postgresql"),
        secret_key=SECRET,
        port=postgres.free_port(),
        workers=WORKERS,
        hash_memory_kib=8,
        runner=runner,
        runner_cache=runner_cache,
        runs_per_minute=runs_per_minute,
    )
    return config.completed()


@contextmanager
def serving(config: Config) -> Iterator[Server]:
    """quizapp answers on the address of ``config``; it is stopped afterwards."""
    environment = {
        "QUIZAPP_INSTANCE_FOLDER": str(config.instance_folder),
        "QUIZAPP_DATABASE_URL": config.database_url.replace("postgresql+psycopg", "postgresql"),
        "QUIZAPP_SECRET_KEY": config.secret_key,
        "QUIZAPP_PORT": str(config.port),
        "QUIZAPP_WORKERS": str(config.workers),
        "QUIZAPP_HASH_MEMORY_KIB": str(config.hash_memory_kib),
        "QUIZAPP_RUNNER": config.runner,
        "QUIZAPP_RUNNER_CACHE": str(config.runner_cache),
        "QUIZAPP_RUNS_PER_MINUTE": str(config.runs_per_minute),
    }
    arguments = ["-m", "flask", "--app", "wsgi", "serve"]
    with _running(arguments, environment, Address(HOST, config.port)) as pid:
        yield Server(Address(HOST, config.port), (pid, *_database_pids(config.database_url)))


@contextmanager
def bare_view() -> Iterator[Server]:
    """The bare view answers; it is stopped afterwards."""
    address = Address(HOST, postgres.free_port())
    with _running(["-m", "tests.load.bare", str(address.port)], {}, address) as pid:
        yield Server(address, (pid,))


@contextmanager
def _running(
    arguments: list[str], environment: Mapping[str, str], address: Address
) -> Iterator[int]:
    """The process that Python runs with ``arguments``, once it answers; ended by its own id."""
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(process, address)
            yield process.pid
        except BaseException:
            log.seek(0)
            sys.stderr.write("".join(log.readlines()[-60:]))
            raise
        finally:
            started = processes.tree([process.pid])
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                for pid in started:
                    os.kill(pid, signal.SIGKILL)


def _wait_for(process: subprocess.Popen[bytes], address: Address) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://{address.host}:{address.port}/", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"The server on port {address.port} did not start.")


def _database_pids(url: str) -> tuple[int, ...]:
    """PostgreSQL's first process, which has started those that serve us; none of SQLite."""
    if url.startswith("sqlite"):
        return ()
    engine = create_engine(url)
    with engine.connect() as connection:
        backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        found = processes.parent(backend)
    engine.dispose()
    return (found,)
