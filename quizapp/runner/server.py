"""Answers clients on a Unix socket: one request a connection, one line each way."""

import errno
import logging
import os
import resource
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from quizapp.runner import wire
from quizapp.runner.addresses import address_of
from quizapp.runner.errors import FULL, RunnerBusyError, RunnerUnavailableError
from quizapp.runner.queueing import Ticket
from quizapp.runner.service import STOPPED, Service

BACKLOG = 128
MOST_CONNECTIONS = 1_000
"""Each waits for a program or asks for the state."""
PAUSE_SECONDS = 0.1
REQUEST_SECONDS = 10
"""A client says at once what it wants."""
LOOK_SECONDS = 0.05
"""So often it is seen whether a client that waits is still there."""

log = logging.getLogger(__name__)


@contextmanager
def listening(path: Path) -> Iterator[socket.socket]:
    """A socket at ``path`` that only this user can connect to; gone afterwards."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        before = os.umask(0o177)
        try:
            with address_of(draft) as address:
                listener.bind(address)
        finally:
            os.umask(before)
        listener.listen(BACKLOG)
        draft.replace(path)  # whoever finds it can connect
        mine = path.stat().st_ino
        try:
            yield listener
        finally:
            if path.exists() and path.stat().st_ino == mine:  # another may stand there by now
                path.unlink()


def answer_all(listener: socket.socket, service: Service) -> None:
    """Answers until the listener is closed."""
    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    room = threading.BoundedSemaphore(min(MOST_CONNECTIONS, descriptors // 2))
    while True:
        try:
            connection, _ = listener.accept()
        except OSError as error:
            if error.errno in (errno.EBADF, errno.EINVAL):
                return
            time.sleep(PAUSE_SECONDS)  # no descriptor is left: others will be closed
            continue
        if not room.acquire(blocking=False):
            _refuse(connection)
            continue
        arguments = (connection, service, room)
        threading.Thread(target=_serve, args=arguments, daemon=True).start()


def _refuse(connection: socket.socket) -> None:
    with connection, suppress(OSError):
        connection.settimeout(PAUSE_SECONDS)
        connection.sendall(wire.line({"busy": FULL}))


def _serve(connection: socket.socket, service: Service, room: threading.Semaphore) -> None:
    try:
        with connection:
            _answer(connection, service)
    except Exception as error:  # noqa: BLE001 - what it holds must not fill the log
        log.warning("A request was not answered: %s", type(error).__name__)
    finally:
        room.release()


def _answer(connection: socket.socket, service: Service) -> None:
    connection.settimeout(REQUEST_SECONDS)
    with connection.makefile("rb") as lines:
        request = wire.request_of(lines.readline(wire.LONGEST_LINE))
    answer = _state(service) if request == "state" else _run(request, connection, service)
    if answer is not None:
        connection.sendall(wire.line(answer))


def _state(service: Service) -> dict[str, Any]:
    return {"state": wire.state_data(service.state())}


def _run(
    request: wire.RunRequest, connection: socket.socket, service: Service
) -> dict[str, Any] | None:
    """The answer, or None when nobody is there to hear it."""
    try:
        ticket = service.add(request.job, request.owner, is_urgent=request.is_urgent)
    except RunnerBusyError as error:
        return {"busy": str(error) or FULL}
    except RunnerUnavailableError as error:
        return {"unavailable": str(error)}
    is_awaited = False
    try:
        is_awaited = _is_awaited(ticket, connection)
    finally:
        if not is_awaited:
            service.cancel(ticket)
    if not is_awaited:
        return None
    if ticket.outcome is None:
        return {"unavailable": ticket.error or STOPPED}
    return {"outcome": wire.outcome_data(ticket.outcome)}


def _is_awaited(ticket: Ticket, connection: socket.socket) -> bool:
    """Waits until ``ticket`` is done; False as soon as its client has gone away."""
    ended = select.poll()
    ended.register(connection, select.POLLIN)
    while not ticket.is_done.wait(LOOK_SECONDS):
        if ended.poll(0):  # it has nothing more to say
            return False
    return True
