"""``poll_oneoff``: a guest may wait for a clock, and for nothing else."""

import struct
import time

from quizapp.runner.memory import GuestMemory
from quizapp.runner.meter import Meter

MOST_WAITS = 64
INVALID = 28
WAIT_BYTES, EVENT_BYTES = 48, 32
CLOCK, REALTIME, IS_MOMENT = 0, 0, 1
EVENT = "<QHBxxxxxQHxxxxxx"


class Waiting:
    """Waits as long as the shortest wish, cut off where the guest's time is over."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._origin = time.monotonic_ns()

    def forget(self) -> None:
        """A new guest, whose steady clock begins now."""
        self._origin = time.monotonic_ns()

    def poll_oneoff(
        self, memory: GuestMemory, wishes: int, events: int, count: int, out: int
    ) -> int:
        if not 0 < count <= MOST_WAITS:
            return INVALID
        raw = memory.read(wishes, WAIT_BYTES * count)
        ready, waits = [], []
        for place in range(0, len(raw), WAIT_BYTES):
            user, kind = struct.unpack_from("<QB", raw, place)
            if kind == CLOCK:
                waits.append((self._seconds(raw, place), user))
            else:
                ready.append(struct.pack(EVENT, user, 0, kind, 1, 0))
        if not ready:
            seconds, user = min(waits)
            self._meter.sleep(seconds)
            ready.append(struct.pack(EVENT, user, 0, CLOCK, 0, 0))
        memory.write(events, b"".join(ready))
        return memory.pack(out, "<I", len(ready))

    def _seconds(self, raw: bytes, place: int) -> float:
        clock, moment, _precision, flags = struct.unpack_from("<I4xQQH", raw, place + 16)
        if flags & IS_MOMENT:
            steady = time.monotonic_ns() - self._origin
            moment -= time.time_ns() if clock == REALTIME else steady
        return float(max(0, moment) / 1e9)
