"""What the timer of a running attempt shows: the time of the stage that is open, else all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizapp.db import models
from quizapp.domain.stages import Opening
from quizapp.domain.timing import remaining_ms


@dataclass(frozen=True)
class Timer:
    """Milliseconds; ``whole_ms`` is the time of all stages where the one that is open has its own,
    else None.
    """

    remaining_ms: int
    total_ms: int
    ends_at: datetime
    whole_ms: int | None = None


def of(attempt: models.Attempt, opening: Opening | None, now: datetime) -> Timer | None:
    """The timer of ``attempt``; None when it is untimed."""
    if attempt.ends_at is None:
        return None
    whole = remaining_ms(attempt.ends_at, now) or 0
    if opening is None or opening.ends_at is None or opening.stage.limit is None:
        total = remaining_ms(attempt.ends_at, attempt.started_at) or 0
        return Timer(whole, total, attempt.ends_at)
    total = round(opening.stage.limit / timedelta(milliseconds=1))
    return Timer(remaining_ms(opening.ends_at, now) or 0, total, opening.ends_at, whole)


def told(
    ends_at: datetime | None, stage_ends_at: datetime | None, now: datetime
) -> Mapping[str, object]:
    """The same for a script."""
    shown = stage_ends_at or ends_at
    said: dict[str, object] = {
        "remaining_ms": remaining_ms(shown, now),
        "ends_at": shown and shown.isoformat(),
    }
    if stage_ends_at is not None:
        said["whole_remaining_ms"] = remaining_ms(ends_at, now)
    return said
