"""What is granted to people for whom the usual time would not be fair."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from quizapp.db import models
from quizapp.domain.errors import ConflictError, NotFoundError
from quizapp.domain.timing import Accommodation


def person(session: Session, user_id: int) -> models.User:
    """The account of that id. Raises NotFoundError."""
    return _require(session.get(models.User, user_id))


def find(session: Session, user_id: int) -> models.Accommodation | None:
    """What the person has been granted, with who granted it; None where nothing was."""
    return session.scalar(
        select(models.Accommodation)
        .options(joinedload(models.Accommodation.set_by))
        .where(models.Accommodation.user_id == user_id)
    )


def of_everybody(session: Session) -> Mapping[int, models.Accommodation]:
    """What has been granted to whom, by the person's id."""
    return {each.user_id: each for each in session.scalars(select(models.Accommodation))}


def grant(
    session: Session, acting_id: int, user_id: int, granted: Accommodation, now: datetime
) -> models.User:
    """The person has ``granted``, and no more, in every attempt that starts from now on.

    Raises NotFoundError, or ConflictError where nothing would be granted.
    """
    if granted == Accommodation():
        raise ConflictError("This grants nothing. Choose something, or withdraw it instead.")
    user = _held(session, user_id)
    row = session.get(models.Accommodation, user_id, populate_existing=True)
    row = row or models.Accommodation(user_id=user_id)
    row.time_factor = granted.time_factor
    row.pause_minutes = granted.pause // timedelta(minutes=1)
    row.is_untimed_in_practice = granted.is_untimed_in_practice
    row.set_by_id, row.set_at = acting_id, now
    session.add(row)
    return user


def withdraw(session: Session, user_id: int) -> models.User:
    """The person has the usual time in every attempt that starts from now on.

    A second call changes nothing. Raises NotFoundError.
    """
    user = _held(session, user_id)
    session.execute(delete(models.Accommodation).where(models.Accommodation.user_id == user_id))
    return user


def _held(session: Session, user_id: int) -> models.User:
    """The person, held so that two who grant at once come one after the other."""
    query = select(models.User).where(models.User.id == user_id)
    return _require(session.scalar(query.with_for_update(key_share=True)))


def _require(user: models.User | None) -> models.User:
    if user is None:
        raise NotFoundError("There is no such person.")
    return user
