"""How sure a learner was, beside what came of it."""

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.calibration import Calibration, Tally, calibrate

LATEST_ATTEMPTS = 100


def of_person(session: Session, user_id: int) -> Calibration:
    """Over the answers of the latest attempts, where they are graded and say how sure.

    Whoever was too sure last year may be well judged by now.
    """
    rows = session.connection().execute(_TALLIES, {"user_id": user_id})
    return calibrate(Tally(*row) for row in rows)


_response, _attempt = models.Response.__table__.c, models.Attempt.__table__.c
_LATEST = (
    select(_attempt.id)
    .where(_attempt.user_id == bindparam("user_id"), _attempt.finished_at.is_not(None))
    .order_by(_attempt.finished_at.desc())
    .limit(LATEST_ATTEMPTS)
)
_TALLIES = (
    select(_response.confidence, _response.score, func.count())
    .where(
        _response.attempt_id.in_(_LATEST),
        _response.value.is_not(None),
        _response.score.is_not(None),
        _response.confidence.is_not(None),
    )
    .group_by(_response.confidence, _response.score)
)
