"""How long a quiz is open: set by those who keep it."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError, NotFoundError
from quizapp.services import quizzes


def is_kept_by(quiz: models.Quiz, user: models.User) -> bool:
    """True when ``user`` says how long ``quiz`` is open: for the quizzes of their own banks.

    Administrators do for the quizzes of all banks; what spans all banks never closes.
    """
    if not user.is_instructor or quiz.bank is None:
        return False
    return user.is_admin or quiz.bank.owner_id == user.id


def find(session: Session, user: models.User, slug: str) -> models.Quiz:
    """The quiz of that slug, where ``user`` keeps it. Raises NotFoundError."""
    quiz = quizzes.find(session, slug)
    if not is_kept_by(quiz, user):
        raise NotFoundError("There is no such quiz among yours.")
    return quiz


def set_for(
    session: Session, user: models.User, slug: str, closes_at: datetime | None, now: datetime
) -> None:
    """The quiz closes then, or not at all (None); attempts that run keep their end.

    Raises NotFoundError where ``user`` does not keep the quiz, ConflictError for a time gone by.
    """
    quiz = find(session, user, slug)
    if closes_at is not None and closes_at <= now:
        raise ConflictError("This time has passed. Choose a later one.")
    quiz.closes_at = closes_at
