"""``python -m quizapp.runner``: the runner process.

It ends when its standard input does, so that it never outlives whoever started it, and on SIGTERM.
"""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from quizapp.runner import walls
from quizapp.runner.server import answer_all, listening
from quizapp.runner.service import Service, in_background


def main() -> None:
    """Serves until told to end; then no worker is left."""
    given = _arguments()
    end = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: end.set())
    signal.signal(signal.SIGINT, lambda *_: end.set())
    threading.Thread(target=_wait_for_end_of_input, args=(end,), daemon=True).start()
    service = Service(given.cache, given.engine, given.workers, tuple(given.walls))
    with listening(given.socket) as listener:
        in_background(service)
        arguments = (listener, service)
        threading.Thread(target=answer_all, args=arguments, daemon=True).start()
        end.wait()
    service.stop()
    os._exit(0)  # threads that wait for a worker's start would hold it up


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m quizapp.runner", description=__doc__)
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--engine", choices=("auto", "full", "light"), default="auto")
    parser.add_argument("--workers", type=int, default=0, help="0: as many as there are cores")
    parser.add_argument(
        "--walls", nargs="*", choices=walls.ALL, default=walls.ALL, help="for attacks of our own"
    )
    return parser.parse_args()


def _wait_for_end_of_input(end: threading.Event) -> None:
    while sys.stdin.buffer.read(1 << 12):
        continue
    end.set()


if __name__ == "__main__":
    main()
