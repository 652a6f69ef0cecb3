"""The folder with what was compiled. Compiled code is run as it is: nobody else may write it."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizapp.runner.errors import OffError


def open_folder(folder: Path) -> None:
    """The folder exists, is ours, and is nobody else's to read or write. Raises OffError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except OSError as error:
        raise OffError(f"The cache {folder} cannot be made: {error.strerror}.") from None
    if found.st_uid != os.geteuid():
        raise OffError(f"The cache {folder} belongs to somebody else: delete it.")
    if found.st_mode & 0o077:
        raise OffError(f"Others could write into the cache {folder}: delete it.")


def check_file(path: Path) -> None:
    """Raises OffError unless ``path`` is a file that nobody but us can have written."""
    try:
        found = path.lstat()
    except OSError as error:
        raise OffError(f"{path} cannot be read: {error.strerror}.") from None
    is_ours = stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid()
    if not is_ours or found.st_mode & 0o022:
        raise OffError(f"Others could write {path}: delete its folder.")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time; a second one waits, and then finds what the first has made."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def replace(path: Path, pieces: Iterator[bytes]) -> None:
    """``path`` holds ``pieces``, whole and on the disk, or what it held before."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with draft.open("wb") as file:
            draft.chmod(0o600)
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
