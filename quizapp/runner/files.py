"""The files of a guest: an empty stdin, a measured stdout and stderr, and one zip file to read.

Descriptor 3 is the folder that holds it. Nothing else has a name, and nothing can be written.
"""

import mmap
from pathlib import Path

from quizapp.runner.memory import GuestMemory
from quizapp.runner.meter import Meter

FOLDER, NAME = b"/usr/local/lib", b"python315.zip"
STANDARD, FOLDER_DESCRIPTOR = (0, 1, 2), 3
MOST_OPEN = 32
OK, BAD_DESCRIPTOR, INVALID, NO_ENTRY, TOO_MANY, NO_SEEK, NOT_SUPPORTED = 0, 8, 28, 44, 33, 70, 58
DEVICE, DIRECTORY, REGULAR = 2, 3, 4
READ, SEEK, WRITE, TELL, OPEN, PATH_STAT, STAT, POLL = (
    1 << n for n in (1, 2, 6, 5, 13, 18, 21, 27)
)
DIRECTORY_FLAG = 4
FARTHEST = 1 << 62


class Files:
    """What the open descriptors of the present guest stand for."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._library: mmap.mmap | bytes = b""
        self.places: dict[int, int] = {}
        """Where each open copy of the zip file is read next."""

    def serve(self, library: Path) -> None:
        with library.open("rb") as file:
            self._library = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def forget(self) -> None:
        """A new guest has nothing open."""
        self.places = {}

    def fd_prestat_get(self, memory: GuestMemory, fd: int, out: int) -> int:
        if fd != FOLDER_DESCRIPTOR:
            return BAD_DESCRIPTOR
        return memory.pack(out, "<II", 0, len(FOLDER))

    def fd_prestat_dir_name(self, memory: GuestMemory, fd: int, out: int, length: int) -> int:
        if fd != FOLDER_DESCRIPTOR:
            return BAD_DESCRIPTOR
        memory.write(out, FOLDER[:length])
        return OK

    def fd_fdstat_get(self, memory: GuestMemory, fd: int, out: int) -> int:
        kind = self._kind(fd)
        if kind is None:
            return BAD_DESCRIPTOR
        beneath = READ | SEEK | TELL | STAT
        rights = {
            DEVICE: (WRITE if fd else READ) | POLL | STAT,
            DIRECTORY: OPEN | PATH_STAT | STAT,
            REGULAR: beneath,
        }[kind]
        return memory.pack(out, "<BxHxxxxQQ", kind, 0, rights, beneath)

    def fd_filestat_get(self, memory: GuestMemory, fd: int, out: int) -> int:
        kind = self._kind(fd)
        return BAD_DESCRIPTOR if kind is None else self._stat(memory, kind, out)

    def path_filestat_get(
        self, memory: GuestMemory, fd: int, _flags: int, path: int, length: int, out: int
    ) -> int:
        if fd != FOLDER_DESCRIPTOR:
            return BAD_DESCRIPTOR
        kind = {NAME: REGULAR, b".": DIRECTORY, b"": DIRECTORY}.get(memory.path(path, length))
        return NO_ENTRY if kind is None else self._stat(memory, kind, out)

    def path_open(self, memory: GuestMemory, fd: int, *asked: int) -> int:
        _lookup, path, length, how, _rights, _inherited, flags, out = asked
        if fd != FOLDER_DESCRIPTOR:
            return BAD_DESCRIPTOR
        if memory.path(path, length) != NAME:
            return NO_ENTRY
        if how & ~DIRECTORY_FLAG or flags:
            return NOT_SUPPORTED
        free = next((n for n in range(4, 4 + MOST_OPEN) if n not in self.places), None)
        if free is None:
            return TOO_MANY
        memory.pack(out, "<I", free)
        self.places[free] = 0
        return OK

    def fd_close(self, _memory: GuestMemory, fd: int) -> int:
        is_known = self.places.pop(fd, None) is not None or fd in STANDARD
        return OK if is_known else BAD_DESCRIPTOR

    def fd_advise(self, _memory: GuestMemory, fd: int, *_: int) -> int:
        return OK if fd in self.places else BAD_DESCRIPTOR

    def fd_tell(self, memory: GuestMemory, fd: int, out: int) -> int:
        if fd not in self.places:
            return BAD_DESCRIPTOR
        return memory.pack(out, "<Q", self.places[fd])

    def fd_seek(self, memory: GuestMemory, fd: int, offset: int, whence: int, out: int) -> int:
        if fd not in self.places:
            return NO_SEEK if fd in STANDARD else BAD_DESCRIPTOR
        signed = offset - (1 << 64) if offset >= 1 << 63 else offset
        place = (0, self.places[fd], len(self._library))[whence] + signed
        if not 0 <= place < FARTHEST:
            return INVALID
        memory.pack(out, "<Q", place)
        self.places[fd] = place
        return OK

    def fd_read(self, memory: GuestMemory, fd: int, buffers: int, count: int, out: int) -> int:
        if fd == STANDARD[0]:
            return memory.pack(out, "<I", 0)
        if fd not in self.places:
            return BAD_DESCRIPTOR
        length = self._fill(memory, buffers, count, self.places[fd])
        self.places[fd] += length
        return memory.pack(out, "<I", length)

    def fd_pread(
        self, memory: GuestMemory, fd: int, buffers: int, count: int, place: int, out: int
    ) -> int:
        if fd not in self.places:
            return BAD_DESCRIPTOR
        return memory.pack(out, "<I", self._fill(memory, buffers, count, place))

    def fd_write(self, memory: GuestMemory, fd: int, buffers: int, count: int, out: int) -> int:
        if fd not in STANDARD[1:]:
            return BAD_DESCRIPTOR
        total = 0
        for address, length in memory.buffers(buffers, count):
            room = self._meter.room(fd, length)
            if room:
                self._meter.keep(fd, memory.read(address, room))
            total += length
        return memory.pack(out, "<I", total & 0xFFFF_FFFF)

    def _kind(self, fd: int) -> int | None:
        if fd in STANDARD:
            return DEVICE
        if fd == FOLDER_DESCRIPTOR:
            return DIRECTORY
        return REGULAR if fd in self.places else None

    def _stat(self, memory: GuestMemory, kind: int, out: int) -> int:
        size = len(self._library) if kind == REGULAR else 0
        return memory.pack(out, "<QQBxxxxxxxQQQQQ", 1, kind, kind, 1, size, 0, 0, 0)

    def _fill(self, memory: GuestMemory, buffers: int, count: int, place: int) -> int:
        total = 0
        for address, length in memory.buffers(buffers, count):
            data = self._library[place + total : place + total + length]
            memory.write(address, data)
            total += len(data)
            if len(data) < length:
                break
        return total
