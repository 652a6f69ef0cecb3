"""How sure a learner was, beside what came of it."""

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.calibration import Calibration, Tally, calibrate


def of_person(session: Session, user_id: int) -> Calibration:
    """Over all the person's graded answers where they said how sure they are."""
    rows = session.connection().execute(_TALLIES, {"user_id": user_id})
    return calibrate(Tally(*row) for row in rows)


_response, _attempt = models.Response.__table__.c, models.Attempt.__table__.c
_TALLIES = (
    select(_response.confidence, _response.score, func.count())
    .where(
        _attempt.user_id == bindparam("user_id"),
        _attempt.finished_at.is_not(None),
        _response.attempt_id == _attempt.id,
        _response.value.is_not(None),
        _response.score.is_not(None),
        _response.confidence.is_not(None),
    )
    .group_by(_response.confidence, _response.score)
)
