"""A disk whose power can be cut: what was not synced by then is kept, lost or torn, at random.

An apsw VFS shim. SQLite's documentation allows a disk all that this one does: writes since the last
sync reach it in any order, or not at all, or whole sectors of them (sqlite.org/atomiccommit.html).
"""

from random import Random

import apsw

SECTOR_BYTES = 512
NAME = "unsafe-disk"
KEPT, TORN = 0.4, 0.6
"""Of the writes that were not synced so many survive whole, and so many more in part."""


class PowerCutError(Exception):
    """There is no power any more: nothing can be written."""


class UnsafeDisk(apsw.VFS):
    """A file system whose power goes after so many writes and syncs."""

    def __init__(self) -> None:
        super().__init__(NAME, "")
        self._files: list[_File] = []
        self._operations_left: int | None = None

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> "_File":  # noqa: N802
        file = _File(self, name, flags)
        self._files.append(file)
        return file

    def begin(self) -> None:
        """The power is on and stays on; files that were open are forgotten."""
        self._files = []
        self._operations_left = None

    def cut_after(self, operations: int) -> None:
        """All that was written so far is safe; the power will go after so many operations."""
        for file in self._files:
            file.flush()
        self._operations_left = operations

    def settle(self, rng: Random) -> None:
        """The files hold what a real disk might, now that the power is gone."""
        for file in self._files:
            file.settle(rng)

    def operate(self) -> None:
        """Counts one write or sync. Raises PowerCutError from the chosen one on."""
        if self._operations_left is None:
            return
        if self._operations_left == 0:
            raise PowerCutError
        self._operations_left -= 1


class _File(apsw.VFSFile):
    """A file that remembers what it was told to write until it is told to sync."""

    def __init__(
        self, disk: UnsafeDisk, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> None:
        super().__init__("", name, flags)
        self._disk = disk
        self._pending: list[tuple[int, bytes]] = []

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._disk.operate()
        self._pending.append((offset, bytes(data)))

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._disk.operate()
        self.flush()
        super().xSync(flags)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._disk.operate()
        self.flush()
        super().xTruncate(newsize)

    def xFileSize(self) -> int:  # noqa: N802
        return max([super().xFileSize(), *(at + len(data) for at, data in self._pending)])

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        """What was written last there, synced or not."""
        found = bytearray(amount)
        stored = super().xFileSize()
        if offset < stored:
            part = super().xRead(min(amount, stored - offset), offset)
            found[: len(part)] = part
        for at, data in self._pending:
            first, last = max(at, offset), min(at + len(data), offset + amount)
            if first < last:
                found[first - offset : last - offset] = data[first - at : last - at]
        return bytes(found[: max(0, min(amount, self.xFileSize() - offset))])

    def flush(self) -> None:
        """All that was written is on the disk."""
        for at, data in self._pending:
            super().xWrite(data, at)
        self._pending = []

    def settle(self, rng: Random) -> None:
        """Of what was not synced some is on the disk, some in part, some not at all."""
        for at, data in self._pending:
            chance = rng.random()
            if chance < KEPT:
                super().xWrite(data, at)
            elif chance < TORN and len(data) > SECTOR_BYTES:
                sectors = rng.randrange(1, len(data) // SECTOR_BYTES + 1)
                super().xWrite(data[: SECTOR_BYTES * sectors], at)
        self._pending = []
