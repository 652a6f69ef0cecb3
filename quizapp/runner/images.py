"""Images: the memory of a guest that has made itself ready, kept as a file.

Between two turns all of a guest is in its linear memory: the module's one global that changes is
the stack pointer, which is back where it began, and nothing is open. So a new instance over a copy
of the memory is that guest. The copy is a private mapping of the file: it takes no time, workers
share what their guests leave unchanged, and what a guest writes is gone with it.
"""

import ctypes
import mmap
import os
from collections.abc import Iterator
from pathlib import Path

import wasmtime

from quizapp.runner.errors import OffError

PAGE_BYTES = 64 << 10
"""Of WebAssembly."""
MAP_FIXED = 0x10


class Image:
    """A file that stays open: with it the walls may stand between us and all other files."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.length = os.fstat(self._descriptor).st_size

    def restore(self, memory: wasmtime.Memory, store: wasmtime.Store) -> None:
        """``memory``, of a new instance, holds what the image does."""
        missing = self.length - memory.data_len(store)
        if missing < 0 or missing % PAGE_BYTES:
            raise OffError("An image does not fit its interpreter: empty the runner's cache.")
        memory.grow(store, missing // PAGE_BYTES)
        start = ctypes.cast(memory.data_ptr(store), ctypes.c_void_p).value
        access, kind = mmap.PROT_READ | mmap.PROT_WRITE, mmap.MAP_PRIVATE | MAP_FIXED
        if _mmap(start, self.length, access, kind, self._descriptor, 0) != start:
            raise OSError(ctypes.get_errno(), "An image cannot be mapped.")


def pieces(memory: wasmtime.Memory, store: wasmtime.Store) -> Iterator[bytes]:
    """The whole of a guest's memory, in order."""
    for start in range(0, memory.data_len(store), PAGE_BYTES):
        yield bytes(memory.read(store, start, start + PAGE_BYTES))


_mmap = ctypes.CDLL(None, use_errno=True).mmap
_mmap.restype = ctypes.c_void_p
_mmap.argtypes = [
    ctypes.c_void_p,
    ctypes.c_size_t,
    ctypes.c_int,
    ctypes.c_int,
    ctypes.c_int,
    ctypes.c_long,
]
