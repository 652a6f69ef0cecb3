"""The answers that moved the beliefs about a learner, in the order in which they did.

That is not the order of any times: an overdue attempt is finished as of its deadline, whenever
somebody closes it, and a mark may come weeks later. So each answer keeps its number.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from quizapp.db import models
from quizapp.domain.mastery import Observation
from quizapp.domain.skill_model import LEARNER
from quizapp.services import banks, grading


class Evidence(NamedTuple):
    """One answer with its first score; a mark that is corrected later moves no belief.

    ``taken_in_at`` is when it got that score: at the end of its attempt, or later.
    """

    number: int
    attempt_id: int
    position: int
    item_id: int
    seconds_spent: int
    taken_in_at: datetime
    observation: Observation


def count(session: Session, user_id: int) -> int:
    """How many answers of the learner the beliefs have taken in."""
    return session.connection().scalar(_COUNT, {"user_id": user_id}) or 0


def size(session: Session, user_id: int) -> int:
    """How many answers of the learner have a place in the order: as many, if no row was lost."""
    return session.connection().scalar(_SIZE, {"user_id": user_id}) or 0


def of_learner(session: Session, user_id: int) -> Iterator[Evidence]:
    """All evidence on the learner's skills, in the order in which it was taken in."""
    for row in session.connection().execute(_OF_LEARNER, {"user_id": user_id}):
        yield _read(session, row)


def _read(session: Session, row: Any) -> Evidence:
    item = banks.item_of(session, row.content_hash, row.draw)
    return Evidence(
        number=row.evidence_number,
        attempt_id=row.attempt_id,
        position=row.position,
        item_id=row.item_id,
        seconds_spent=row.seconds_spent,
        taken_in_at=row.taken_in_at,
        observation=grading.observed(
            item, row.item_id, row.difficulty, row.first_score, row.saved_at
        ),
    )


_belief, _response, _attempt, _revision = (
    model.__table__.c
    for model in (models.SkillBelief, models.Response, models.Attempt, models.ItemRevision)
)
_COUNT = select(_belief.updated_after).where(
    _belief.user_id == bindparam("user_id"), _belief.node == LEARNER
)
_SIZE = (
    select(func.count())
    .select_from(models.Attempt.__table__)
    .join(models.Response.__table__, _response.attempt_id == _attempt.id)
    .where(_attempt.user_id == bindparam("user_id"), _response.evidence_number.is_not(None))
)
# Nobody marks their own answer after an instructor did: the learner's first mark was the first.
_own, _instructors = (aliased(models.MarkChange, name=kind) for kind in ("own", "instructors"))


def _is_first(change: type[models.MarkChange], kind: str) -> Any:
    return and_(
        change.attempt_id == _response.attempt_id,
        change.position == _response.position,
        change.kind == kind,
        change.number == 1,
    )


FIRST_SCORE = func.coalesce(_own.score, _instructors.score, _response.score).label("first_score")


def all_of(*columns: ColumnElement[Any]) -> Select[Any]:
    """``columns`` of all evidence, learner by learner in its order."""
    return (
        select(*columns)
        .select_from(models.Attempt.__table__)
        .join(models.Response.__table__, _response.attempt_id == _attempt.id)
        .outerjoin(_own, _is_first(_own, "self"))
        .outerjoin(_instructors, _is_first(_instructors, "instructor"))
        .where(_response.evidence_number.is_not(None))
        .order_by(
            _attempt.user_id, _response.evidence_number, _response.attempt_id, _response.position
        )
    )


_verdict = models.Verdict.__table__.c
_OF_LEARNER = (
    all_of(
        _response.evidence_number,
        _response.attempt_id,
        _response.position,
        _response.draw,
        _response.seconds_spent,
        _response.saved_at,
        _revision.item_id,
        _revision.content_hash,
        _revision.difficulty,
        FIRST_SCORE,
        func.coalesce(_own.at, _instructors.at, _verdict.graded_at, _attempt.finished_at).label(
            "taken_in_at"
        ),
    )
    .join(models.ItemRevision.__table__, _revision.id == _response.item_revision_id)
    .outerjoin(
        models.Verdict.__table__,
        and_(_verdict.attempt_id == _response.attempt_id, _verdict.position == _response.position),
    )
    .where(_attempt.user_id == bindparam("user_id"))
)
