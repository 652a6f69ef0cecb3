"""A guest's memory as the host's functions see it: each address is checked before it is used."""

import struct
from typing import Any

import wasmtime

MOST_BUFFERS = 1_024
LONGEST_PATH = 4_096
ADDRESS = 0xFFFF_FFFF
"""Addresses have 32 bits; what stands above them is the sign."""


class GuestMemory:
    """Reads and writes within bounds. Raises ValueError beyond them."""

    def __init__(self, caller: wasmtime.Caller) -> None:
        memory = caller.get("memory")
        if not isinstance(memory, wasmtime.Memory):
            raise ValueError("no memory")
        self._caller, self._memory = caller, memory
        self._size = memory.data_len(caller)

    def read(self, address: int, length: int) -> bytes:
        start = self._checked(address, length)
        return bytes(self._memory.read(self._caller, start, start + length))

    def write(self, address: int, data: bytes) -> None:
        start = self._checked(address, len(data))
        self._memory.write(self._caller, data, start)

    def pack(self, address: int, layout: str, *values: Any) -> int:
        """Writes ``values``; gives WASI's code of success."""
        self.write(address, struct.pack(layout, *values))
        return 0

    def path(self, address: int, length: int) -> bytes:
        return self.read(address, min(length & ADDRESS, LONGEST_PATH))

    def buffers(self, address: int, count: int) -> list[tuple[int, int]]:
        """The address and the length of each of a list of buffers."""
        if count > MOST_BUFFERS:
            raise ValueError("too many buffers")
        raw = self.read(address, 8 * count)
        found = list(struct.iter_unpack("<II", raw))
        for start, length in found:
            self._checked(start, length)
        return found

    def _checked(self, address: int, length: int) -> int:
        start = address & ADDRESS
        if length < 0 or start + length > self._size:
            raise ValueError("outside of the memory")
        return start
