"""The clock of an attempt. The server's UTC decides; every function takes ``now``."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

PRACTICE_PAUSE = timedelta(days=7)
"""How long practice may be paused in all: its clock is for the learner, not for an exam."""


@dataclass(frozen=True)
class Accommodation:
    """What makes timed work fair for one person.

    Time limits are multiplied by ``time_factor`` (1..4), timed quizzes may be paused for ``pause``
    in all, and practice has no clock where ``is_untimed_in_practice``.
    """

    time_factor: float = 1.0
    pause: timedelta = timedelta(0)
    is_untimed_in_practice: bool = False


@dataclass(frozen=True)
class Terms:
    """The time that one person has for one quiz, before it starts.

    ``plan_limit`` is everybody's, None when the quiz is untimed; ``limit`` is this person's;
    ``pause`` is how long the clock may stand still; pauses apart, no attempt lasts beyond
    ``closes_at``.
    """

    plan_limit: timedelta | None
    limit: timedelta | None
    time_factor: float
    pause: timedelta
    closes_at: datetime | None

    def ends_at(self, started_at: datetime) -> datetime | None:
        """The deadline of an attempt that starts then; None without any."""
        own = None if self.limit is None else started_at + self.limit
        return min((each for each in (own, self.closes_at) if each is not None), default=None)

    def is_cut(self, started_at: datetime) -> bool:
        """True when the quiz closes before the person's own time is used up."""
        return (
            self.closes_at is not None
            and self.limit is not None
            and self.closes_at < started_at + self.limit
        )

    def is_closed(self, now: datetime) -> bool:
        """True when the quiz can no longer be started."""
        return self.closes_at is not None and now >= self.closes_at


def terms(
    limit: timedelta | None,
    accommodation: Accommodation,
    closes_at: datetime | None = None,
    *,
    is_practice: bool = False,
) -> Terms:
    """What a quiz with that time limit allows a person with that accommodation."""
    pause = PRACTICE_PAUSE if is_practice else accommodation.pause
    if limit is None or (is_practice and accommodation.is_untimed_in_practice):
        return Terms(limit, None, 1.0, pause, closes_at)
    factor = accommodation.time_factor
    return Terms(limit, limit * factor, factor, pause, closes_at)


@dataclass(frozen=True)
class Clock:
    """The times of one attempt: its deadline (None: untimed) and its pause, if it has one.

    ``stage_ends_at`` is when the stage that is open ends, where it has a time of its own: a pause
    moves both alike.
    """

    ends_at: datetime | None
    paused_at: datetime | None = None
    pause_left: timedelta = timedelta(0)
    stage_ends_at: datetime | None = None

    def is_paused(self, now: datetime) -> bool:
        """True during a pause; the pause of a timed attempt ends by itself when it is used up."""
        if self.paused_at is None:
            return False
        return self.ends_at is None or now < self.paused_at + self.pause_left

    def paused(self, now: datetime) -> "Clock":
        """The clock once it stands still: its deadline as if all of the pause were taken."""
        return replace(self._moved(self.pause_left), paused_at=now)

    def resumed(self, now: datetime) -> "Clock":
        """The clock once it goes on: without what was not needed of the pause."""
        if self.paused_at is None:
            return self
        left = max(timedelta(0), self.pause_left - (now - self.paused_at))
        return replace(self._moved(-left), paused_at=None, pause_left=left)

    def _moved(self, by: timedelta) -> "Clock":
        """Both ends come later by as much."""
        return replace(
            self,
            ends_at=None if self.ends_at is None else self.ends_at + by,
            stage_ends_at=None if self.stage_ends_at is None else self.stage_ends_at + by,
        )

    def remaining_ms(self, now: datetime) -> int | None:
        """Milliseconds of work left, at least 0; None when the attempt is untimed."""
        if self.paused_at is not None and self.is_paused(now):
            return remaining_ms(self.resumed(self.paused_at).ends_at, self.paused_at)
        return remaining_ms(self.ends_at, now)


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
