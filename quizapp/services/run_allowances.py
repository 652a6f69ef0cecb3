"""How often a person may run programs: so many times in a minute, which the first run begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import bindparam, column, select, text, update
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.base import UtcDateTime
from quizapp.domain.errors import ConflictError

WINDOW = timedelta(minutes=1)


class RunLimitError(ConflictError):
    """All runs of this minute are used; ``seconds`` from now there are more."""

    def __init__(self, seconds: int) -> None:
        wait = f"{seconds} second{'s' if seconds != 1 else ''}"
        super().__init__(f"All runs of this minute are used. Your code is saved; run it in {wait}.")
        self.seconds = seconds


@dataclass(frozen=True)
class Taken:
    """One run was taken in the minute that began at ``began_at``; ``left`` remain in it."""

    began_at: datetime
    left: int


def take(session: Session, user_id: int, limit: int, now: datetime) -> Taken:
    """One of the person's ``limit`` runs a minute is used, however many ask at once.

    Raises RunLimitError.
    """
    times = {"now": now, "ended": now - WINDOW}
    found = session.execute(_TAKE, {"user_id": user_id, "limit": limit, **times}).one_or_none()
    if found is None:
        raise RunLimitError(_seconds_to_wait(session, user_id, now))
    return Taken(found.began_at, limit - found.used)


def give_back(session: Session, user_id: int, began_at: datetime) -> None:
    """The run that was taken in that minute counts no more; later minutes are not touched."""
    allowance = models.RunAllowance
    is_there = (
        allowance.user_id == user_id,
        allowance.began_at == began_at,
        allowance.used > 0,
    )
    session.execute(update(allowance).where(*is_there).values(used=allowance.used - 1))


def left(allowance: models.RunAllowance | None, limit: int, now: datetime) -> int:
    """How many runs ``allowance`` leaves now; None is somebody who has never run anything."""
    if allowance is None or not now - WINDOW < allowance.began_at <= now:
        return limit
    return max(0, limit - allowance.used)


def _seconds_to_wait(session: Session, user_id: int, now: datetime) -> int:
    began_at = session.scalar(_BEGAN_AT, {"user_id": user_id})
    if began_at is None:
        return 1
    return max(1, ceil((began_at + WINDOW - now).total_seconds()))


# A minute that seems to begin later than now is over as well: the clock was set back.
_IS_OVER = "(run_allowance.began_at <= :ended OR run_allowance.began_at > :now)"
_TAKE = (
    text(
        f"""
        INSERT INTO run_allowance (user_id, began_at, used) VALUES (:user_id, :now, 1)
        ON CONFLICT (user_id) DO UPDATE SET
            used = CASE WHEN {_IS_OVER} THEN 1 ELSE run_allowance.used + 1 END,
            began_at = CASE WHEN {_IS_OVER} THEN excluded.began_at
                ELSE run_allowance.began_at END
        WHERE {_IS_OVER} OR run_allowance.used < :limit
        RETURNING began_at, used
        """  # noqa: S608 - a text of our own
    )
    .bindparams(bindparam("now", type_=UtcDateTime()), bindparam("ended", type_=UtcDateTime()))
    .columns(column("began_at", UtcDateTime()), column("used"))
)
_BEGAN_AT = select(models.RunAllowance.began_at).where(
    models.RunAllowance.user_id == bindparam("user_id")
)
