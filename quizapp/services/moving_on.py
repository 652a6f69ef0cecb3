"""Moving on to the next stage of an attempt: there is no way back."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain import timing
from quizapp.domain.errors import AttemptClosedError
from quizapp.services import clocks, stages
from quizapp.services.responses import AttemptPausedError


def move_on(
    session: Session, user_id: int, attempt_id: int, shown: int, now: datetime
) -> models.Attempt:
    """The next stage of the person's attempt is open, if the one that begins at the position
    ``shown`` still was.

    So two clicks, or two windows, move on once. Raises NotFoundError, AttemptClosedError,
    AttemptPausedError.
    """
    attempt = clocks.held(session, attempt_id, models.Attempt.user_id == user_id)
    if clocks.clock_of(attempt).is_paused(now):
        raise AttemptPausedError("This attempt is paused. Go on, then move on.")
    clocks.end_pause(session, attempt, now)
    stages.catch_up(session, attempt, now)
    if timing.is_over(attempt.ends_at, now):
        raise AttemptClosedError("The time is up.")
    step = stages.next_step(attempt, now)
    if step is not None and attempt.stage_first == shown:
        stages.take(session, attempt, step)
    return attempt
