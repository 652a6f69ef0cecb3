"""The server's time: UTC that does not jump when somebody sets the machine's clock.

A deadline must neither come early nor late because the wall clock was stepped. So time is counted
on the machine's steady clock from an anchor, and only drawn gently towards the wall clock.
"""

import logging
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock

ANCHOR = "QUIZAPP_CLOCK_ANCHOR"
"""Environment variable by which a server gives its anchor to the workers it starts."""
ALARM_SECONDS = 5.0
"""A wall clock further off than this was set, or set wrong: it is not followed."""
SLEW = 0.002
"""How much of the passing time the clock may be drawn aside: 2 ms a second."""

logger = logging.getLogger(__name__)


def steady_seconds() -> float:
    """Seconds on the machine's clock that nobody can set; it runs on through sleep."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Clock:
    """The time; every process that shares an anchor agrees on it."""

    def __init__(
        self,
        anchor: float | None = None,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = steady_seconds,
    ) -> None:
        self._wall, self._steady = wall, steady
        self._lock = Lock()
        self._read_at = steady()
        self._offset = wall() - self._read_at if anchor is None else anchor
        self._is_alarmed = False

    @property
    def anchor(self) -> float:
        """Seconds to add to the steady clock."""
        return self._offset

    @property
    def error(self) -> float:
        """Seconds by which the wall clock is ahead of this clock."""
        return self._wall() - self._steady() - self._offset

    def now(self) -> datetime:
        """The time in UTC."""
        with self._lock:
            steady = self._steady()
            error = self._wall() - steady - self._offset
            self._follow(error, steady - self._read_at)
            self._read_at = steady
            return datetime.fromtimestamp(steady + self._offset, UTC)

    def _follow(self, error: float, elapsed: float) -> None:
        is_set = abs(error) > ALARM_SECONDS
        if is_set != self._is_alarmed:
            self._is_alarmed = is_set
            self._tell(error)
        if not is_set:
            most = SLEW * elapsed
            self._offset += max(-most, min(most, error))

    def _tell(self, error: float) -> None:
        if self._is_alarmed:
            logger.error(
                "the machine's clock jumped by %+.0f s: attempts keep their time. Set the clock "
                "right; if it was wrong before, restart the server to take the new time.",
                error,
            )
        else:
            logger.warning("the machine's clock agrees with the server's time again")


def from_environment() -> Clock:
    """The clock of the server that started this process; a new one if none did."""
    anchor = os.environ.get(ANCHOR)
    return Clock(None if anchor is None else float(anchor))


def hand_on(clock: Clock) -> None:
    """Processes that this one starts from now on share ``clock``."""
    os.environ[ANCHOR] = repr(clock.anchor)
