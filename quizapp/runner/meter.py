"""What a guest may use, time and output, and what stops it when that is used up."""

import threading
import time
from collections.abc import Callable

LONGEST_CHANNEL = 4 << 20
"""Bytes on stdout and stderr, frames included; what is printed is bounded inside, far lower."""
LONGEST_STDERR = 4_096
STDOUT = 1
PATIENCE = 4.0
"""On a busy machine a guest may take so many times its limit by the clock on the wall, as long as
it does not use more of the processor: what else runs must not decide what a program is worth."""


class Meter:
    """Of one guest at a time. ``stop`` is called once, as soon as its time or output is used up."""

    def __init__(self, stop: Callable[[], None]) -> None:
        self._stop = stop
        self._changed = threading.Condition()
        self._running: int | None = None
        self._began = self._limit = self._slept = 0.0
        self.forget()
        threading.Thread(target=self._watch, name="meter", daemon=True).start()

    def forget(self) -> None:
        """A new guest has said and used nothing."""
        self.said, self.muttered = bytearray(), bytearray()
        self.is_late = self.is_too_long = False
        self._written = 0

    def start(self, seconds: float) -> None:
        """The guest runs from now on, in this thread."""
        with self._changed:
            self._running = time.pthread_getcpuclockid(threading.get_ident())
            self._began, self._limit, self._slept = time.monotonic(), seconds, 0.0
            self._cpu = time.clock_gettime(self._running)
            self._changed.notify()

    def finish(self) -> None:
        """The guest does not run any more; nothing will stop the next one for it."""
        with self._changed:
            self._running = None
            self._changed.notify()

    def sleep(self, seconds: float) -> None:
        """The guest waits, no longer than its time lasts; waiting is use."""
        with self._changed:
            left = self._left()
        time.sleep(max(0.0, min(seconds, left)))
        with self._changed:
            self._slept += min(seconds, left)
            if seconds >= left:
                self._end_late()

    def room(self, fd: int, length: int) -> int:
        """How many of ``length`` more bytes are kept."""
        self._written += length
        if self._written > LONGEST_CHANNEL and not self.is_too_long:
            self.is_too_long = True
            self._stop()
        if fd != STDOUT:
            return min(length, LONGEST_STDERR - len(self.muttered))
        return min(length, LONGEST_CHANNEL - len(self.said))

    def keep(self, fd: int, data: bytes) -> None:
        (self.said if fd == STDOUT else self.muttered).extend(data)

    def _left(self) -> float:
        """Seconds until the guest must be looked at again; 0 or less when its time is over."""
        if self._running is None or self.is_late:
            return 0.0
        passed = time.monotonic() - self._began
        used = time.clock_gettime(self._running) - self._cpu + self._slept
        return min(self._limit - used, self._limit * PATIENCE - passed)

    def _watch(self) -> None:
        while True:
            with self._changed:
                while self._running is None or self.is_late:
                    self._changed.wait()
                left = self._left()
                if left > 0:
                    self._changed.wait(left)
                else:
                    self._end_late()

    def _end_late(self) -> None:
        if self._running is not None and not self.is_late:
            self.is_late = True
            self._stop()
