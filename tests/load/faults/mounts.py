"""A small disk of our own, and files that nobody may change: what only root can make."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

REASON = "only root may do this, on a system that lets it"


class NotAllowedError(Exception):
    """The system does not let us."""


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A new folder in ``folder`` with a file system of that size. Raises NotAllowedError."""
    point = folder / "disk"
    point.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "quizapp-faults", str(point))
    try:
        yield point
    finally:
        # Lazily: what this process has had open there is closed when it is collected.
        subprocess.run(["umount", "--lazy", str(point)], check=True, timeout=20)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Not a byte is left on ``disk`` meanwhile."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (2**20, 2**12, 1):
            _fill(file.fileno(), bytes(size))
        try:
            yield
        finally:
            filler.unlink()
            file.truncate(0)


@contextmanager
def unchangeable(paths: Sequence[Path]) -> Iterator[None]:
    """Nobody may write to these, not even who has them open. Raises NotAllowedError."""
    names = [str(path) for path in paths]
    _run("chattr", "+i", *names)
    try:
        yield
    finally:
        _run("chattr", "-i", *names)


def _fill(descriptor: int, piece: bytes) -> None:
    """No more such piece fits."""
    try:
        while os.write(descriptor, piece) == len(piece):
            pass
    except OSError:
        return


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    except FileNotFoundError as error:
        raise NotAllowedError(f"there is no {command[0]}") from error
    if done.returncode:
        raise NotAllowedError(f"{REASON}: {done.stderr.strip()}")
