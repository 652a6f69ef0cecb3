"""Where the addresses of an attempt begin, and what its views share."""

from datetime import datetime, timedelta

from flask import Blueprint

from quizapp.db import db, models
from quizapp.db.transaction import transaction
from quizapp.domain import timing
from quizapp.services import attempts
from quizapp.services.clocks import clock_of
from quizapp.web import signing_in

blueprint = Blueprint("attempts", __name__, url_prefix="/attempts/<int:attempt_id>")


def current(attempt_id: int) -> models.Attempt:
    """The person's attempt, closed first when its time and its grace are over."""
    now, grace = signing_in.now(), signing_in.config().save_grace
    user_id = signing_in.this_user().id
    attempt = attempts.find_for(db.session, user_id, attempt_id)
    if attempt.finished_at is None and timing.is_past_grace(attempt.ends_at, now, grace):
        with transaction() as session:
            return attempts.close_if_overdue(session, user_id, attempt_id, now, grace)
    return attempt


def can_pause(attempt: models.Attempt, now: datetime) -> bool:
    """True while some of its pauses is left; of one that ended by itself, nothing is."""
    return clock_of(attempt).resumed(now).pause_left > timedelta(0)
