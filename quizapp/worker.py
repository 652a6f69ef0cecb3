"""A process that answers requests, as the server starts it."""

import os
import signal
import sys
import time
from multiprocessing import parent_process
from threading import Thread

from flask import Flask

from quizapp.factory import make_app

SWITCH_SECONDS = 0.0005
"""So often threads take turns. By default it is ten times as long, in which the one that comes back
from the disk with the write lock waits for another that draws a page, and all writers for it.
"""
LAST_SECONDS = 3
"""What an orphan may take to answer what it has begun."""


def create_worker() -> Flask:
    """The service without commands and migrations, which would only take memory.

    It ends with the process that started it: on its own it would serve on without anybody who
    closes overdue attempts, and beside the server that is started next.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
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
