"""What a running server tells the other commands: that it runs, its time, when it tidied up."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from quizapp.clock import steady_seconds


@dataclass(frozen=True)
class Presence:
    """A server that runs; ``anchor`` is its clock's, ``tidied_at`` seconds on the steady clock."""

    process: int
    anchor: float
    tidied_at: float


class Announcement:
    """A file that is locked while its server lives, however that ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def tidied(self, anchor: float) -> None:
        """The server has just tidied up, and its clock has that anchor."""
        with suppress(BlockingIOError):  # whoever looks at this moment; the next time will do
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        text = json.dumps(asdict(Presence(os.getpid(), anchor, steady_seconds())))
        os.pwrite(self._descriptor, text.encode().ljust(200), 0)


@contextmanager
def announced(instance_folder: Path, port: int) -> Iterator[Announcement]:
    """Others find out that this process serves; two servers have two ports."""
    descriptor = os.open(_path(instance_folder, port), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield Announcement(descriptor)
    finally:
        os.close(descriptor)


def find(instance_folder: Path, port: int) -> Presence | None:
    """The server on that port, if one runs."""
    try:
        with _path(instance_folder, port).open() as file:
            if _is_free(file.fileno()):
                return None
            return Presence(**json.load(file))
    except (OSError, ValueError, TypeError):
        return None


def _is_free(descriptor: int) -> bool:
    """True when nobody holds the lock; a dead process holds none."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _path(instance_folder: Path, port: int) -> Path:
    return instance_folder / f"server-{port}"
