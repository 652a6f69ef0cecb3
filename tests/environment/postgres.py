"""Run a command beside a throw-away PostgreSQL server.

    python tests/environment/postgres.py -- pytest tests/services

The command finds the server's address in QUIZAPP_TEST_POSTGRES_URL. Where that is set already,
the command uses the server that it names and none is started. The server listens on the loopback
address alone and keeps its data in a temporary folder; both are gone when the command has ended,
whether it passed, failed or was interrupted.
"""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

ADDRESS = "QUIZAPP_TEST_POSTGRES_URL"

# The PATH is asked last: Debian keeps the server's programs off it, so what is there is by chance.
FOLDERS = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
)

# Data that lives for a minute need not survive a power cut.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


def main(arguments: Sequence[str]) -> int:
    """Run the command after `--` with a server beside it; return the command's exit status."""
    if len(arguments) < 2 or arguments[0] != "--":
        print(__doc__, file=sys.stderr)
        return 2
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    command = arguments[1:]
    if ADDRESS in os.environ:
        return run_command(command, os.environ[ADDRESS])
    programs = find_programs()
    if programs is None:
        print("PostgreSQL's initdb and pg_ctl were not found: install PostgreSQL.", file=sys.stderr)
        return 1
    try:
        with throw_away_server(programs) as url:
            return run_command(command, url)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def leave(number: int, _frame: FrameType | None) -> None:
    """End this program the ordinary way, so that what it started is stopped too."""
    raise SystemExit(128 + number)


def find_programs() -> Path | None:
    """Return the folder that holds initdb and pg_ctl, of the newest version that is there."""
    found = [folder for pattern in FOLDERS for folder in Path("/").glob(pattern)]
    found.sort(key=lambda folder: [int(digits) for digits in re.findall(r"\d+", str(folder))])
    on_path = shutil.which("initdb")
    candidates = [*reversed(found), *([Path(on_path).parent] if on_path else [])]
    return next((folder for folder in candidates if is_complete(folder)), None)


def is_complete(folder: Path) -> bool:
    """Whether a server can be made and run from here; a client's package has psql alone."""
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "pg_ctl", "postgres"))


def run_command(command: Sequence[str], url: str) -> int:
    """Run the command to its end with the address in its environment; return its exit status."""
    child = subprocess.Popen(command, env={**os.environ, ADDRESS: url})
    try:
        return child.wait()
    except KeyboardInterrupt:  # the terminal has told the command as well: let it finish
        return child.wait()
    finally:
        child.terminate()
        child.wait()


@contextmanager
def throw_away_server(programs: Path) -> Iterator[str]:
    """Give the address of a new server's own database; afterwards server and data are gone."""
    with tempfile.TemporaryDirectory(prefix="quizapp-postgres-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            os.chown(folder, *ids_of_postgres())
        make_cluster(programs, folder)
        try:
            port = free_port()
            start(programs, folder, port)
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # an impatient second Ctrl-C
            if (folder / "data" / "postmaster.pid").exists():
                run([programs / "pg_ctl", "stop", "-D", folder / "data", "-m", "immediate"], folder)


def make_cluster(programs: Path, folder: Path) -> None:
    """Create folder/data: UTF-8, plain byte order, whoever reaches the port is trusted."""
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
    run([programs / "initdb", "-D", folder / "data", *options], folder)


def start(programs: Path, folder: Path, port: int) -> None:
    """Start the server on folder/data; it answers when this returns."""
    settings = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    options = f"-p {port} {settings}"
    run([programs / "pg_ctl", "start", "-D", folder / "data", "-o", options], folder)


def run(command: Sequence[str | Path], folder: Path) -> None:
    """Run one of PostgreSQL's programs, which refuse to be root; show what it said if it fails."""
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with (folder / "log").open("a+") as log:
        done = subprocess.run(
            [*as_postgres, *command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,  # a file, for the server keeps it open and a pipe would never end
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for the tests; the server is stopped by its folder
            check=False,
        )
        if done.returncode:
            log.seek(0)
            raise SystemExit(f"PostgreSQL could not be used:\n{log.read()}")


def ids_of_postgres() -> tuple[int, int]:
    """User and group that PostgreSQL's package made for its server."""
    account = pwd.getpwnam("postgres")
    return account.pw_uid, account.pw_gid


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
