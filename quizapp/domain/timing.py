"""The clock of an attempt. The server's UTC decides; every function takes ``now``."""

from datetime import datetime, timedelta


def ends_at(started_at: datetime, time_limit: timedelta | None) -> datetime | None:
    """The one deadline of an attempt; None when it is untimed."""
    return None if time_limit is None else started_at + time_limit


def is_over(deadline: datetime | None, now: datetime) -> bool:
    """True from the deadline on: the attempt may be closed."""
    return deadline is not None and now >= deadline


def is_past_grace(deadline: datetime | None, now: datetime, grace: timedelta) -> bool:
    """True once not even a save that was under way at the deadline can still count."""
    return deadline is not None and now >= deadline + grace


def finished_at(deadline: datetime | None, now: datetime) -> datetime:
    """When an attempt that is closed at ``now`` ended: never later than its deadline."""
    return now if deadline is None else min(now, deadline)


def remaining_ms(deadline: datetime | None, now: datetime) -> int | None:
    """Milliseconds left, at least 0; None when the attempt is untimed."""
    if deadline is None:
        return None
    return max(0, round((deadline - now) / timedelta(milliseconds=1)))
