"""What people thought of answers: their marks, and every change of these."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.db.base import Base
from quizapp.db.models.accounts import User


class Mark(Base):
    """One mark of a response: the learner's own (``self``) or an instructor's, at most one of each.

    ``points`` are those on each criterion of the rubric, ``score`` (0..1) what they make.
    ``number`` counts how often it was given or changed; ``at`` and ``marked_by`` are of the last
    time.
    """

    __tablename__ = "mark"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["response.attempt_id", "response.position"],
            ondelete="CASCADE",
        ),
        CheckConstraint("kind IN ('self', 'instructor')", name="kind_is_known"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score_is_a_share"),
        CheckConstraint("number >= 1", name="number_counts_from_1"),
    )

    attempt_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    marked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    marked_by: Mapped[User] = relationship()
    points: Mapped[list[Any]]
    score: Mapped[float]
    comment: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    number: Mapped[int] = mapped_column(default=1)


class MarkChange(Base):
    """One mark as it was given or changed, never rewritten (a trigger refuses).

    The row of the highest ``number`` says what the mark is.
    """

    __tablename__ = "mark_change"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position", "kind"],
            ["mark.attempt_id", "mark.position", "mark.kind"],
            ondelete="CASCADE",
        ),
        CheckConstraint("number >= 1", name="number_counts_from_1"),
    )

    attempt_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    marked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    marked_by: Mapped[User] = relationship()
    points: Mapped[list[Any]]
    score: Mapped[float]
    comment: Mapped[str] = mapped_column(default="")
