"""A PostgreSQL server of our own that may be stopped as if it had crashed.

It keeps what it commits as PostgreSQL does by default; that of the other tests does not.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.environment import postgres

SETTINGS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""}


class Cluster:
    """A server on a free port whose data lie in ``folder``."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        self._port = postgres.free_port()

    @property
    def url(self) -> str:
        """The address of a database that is empty at first."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        """It answers."""
        options = [f"-p {self._port}", *(f"-c {key}='{each}'" for key, each in SETTINGS.items())]
        self._control("start", "-o", " ".join(options))

    def restart_at_once(self) -> None:
        """Every process of the server was ended without a word; a new one has recovered."""
        self._control("restart", "-m", "immediate")

    def stop(self) -> None:
        """It is gone."""
        if (self._folder / "data" / "postmaster.pid").exists():
            self._control("stop", "-m", "immediate")

    def _control(self, order: str, *options: str) -> None:
        data = self._folder / "data"
        program = self._programs / "pg_ctl"
        postgres.run([program, order, "-w", "-t", "60", "-D", data, *options], self._folder)


def is_possible() -> bool:
    """True when PostgreSQL's programs are on this machine."""
    return postgres.find_programs() is not None


@contextmanager
def running() -> Iterator[Cluster]:
    """A server, which is gone afterwards with its data."""
    programs = postgres.find_programs()
    assert programs is not None
    with tempfile.TemporaryDirectory(prefix="quizapp-postgres-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            os.chown(folder, *postgres.ids_of_postgres())
        postgres.make_cluster(programs, folder)
        cluster = Cluster(programs, folder)
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()
