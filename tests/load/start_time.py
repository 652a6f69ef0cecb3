"""Benchmark: how long `make run` takes from its second start on. Budget: 3 seconds.

Run by hand in a checkout that was started once: ``python tests/load/start_time.py``. Each round
starts the server on a free port, waits for the first page, and stops it by its process group.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

BUDGET_SECONDS = 3.0
ROUNDS = 5
PATIENCE_SECONDS = 120
ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Prints every round; 1 when the slowest is over the budget."""
    with tempfile.TemporaryDirectory() as instance:
        first = _start_once(instance)
        rounds = [_start_once(instance) for _ in range(ROUNDS)]
    load = os.getloadavg()[0]
    print(f"new database {first:.2f} s; then " + ", ".join(f"{each:.2f}" for each in rounds))
    print(f"slowest {max(rounds):.2f} s of {BUDGET_SECONDS} s; load of the machine {load:.1f}")
    return int(max(rounds) > BUDGET_SECONDS)


def _start_once(instance: str) -> float:
    """Seconds from the command to the first page."""
    port = _free_port()
    environment = {**os.environ, "QUIZAPP_PORT": str(port), "QUIZAPP_INSTANCE_FOLDER": instance}
    began = time.monotonic()
    server = subprocess.Popen(
        ["make", "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for_page(f"http://127.0.0.1:{port}/")
        return time.monotonic() - began
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _wait_for_page(address: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.URLError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(f"{address} did not answer within {PATIENCE_SECONDS} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
