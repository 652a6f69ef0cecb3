"""A process that answers requests, as the server starts it."""

import os
import signal
import time
from multiprocessing import parent_process
from threading import Thread

from flask import Flask

from quizapp.factory import make_app

LAST_SECONDS = 3
"""What an orphan may take to answer what it has begun."""


def create_worker() -> Flask:
    """The service without commands and migrations, which would only take memory.

    It ends with the process that started it: on its own it would serve on without anybody who
    closes overdue attempts, and beside the server that is started next.
    """
    Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    return make_app(None)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is None:
        return
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_SECONDS)
    os._exit(1)
