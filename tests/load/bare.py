"""The least that Flask can do, to compare with: one view, served as quizapp is.

python -m tests.load.bare <port>
"""

import sys
from multiprocessing import set_start_method
from typing import Any

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

WORKERS = 2
BLOCKING_THREADS = 2
BACKLOG = 4_096
MOST_CONNECTIONS = 16_384
"""For each worker: browsers keep theirs open, so there are as many as people."""

app = Flask("bare")


@app.get("/")
def page() -> str:
    """A page of two words."""
    return "Hello there"


def main(port: int) -> None:
    """Serves until stopped."""
    set_start_method("spawn", force=True)
    factory: Any = Granian
    factory(
        "tests.load.bare:app",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=BLOCKING_THREADS,
        backlog=BACKLOG,
        backpressure=MOST_CONNECTIONS,
        websockets=False,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
