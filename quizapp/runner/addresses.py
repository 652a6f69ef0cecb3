"""Addresses of Unix sockets, which may be no longer than about 100 bytes; paths may."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONGEST = 100


@contextmanager
def address_of(path: Path) -> Iterator[str]:
    """What to bind or connect to for ``path``, while the context lasts."""
    if len(os.fsencode(path)) <= LONGEST or sys.platform != "linux":
        yield str(path)
        return
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
