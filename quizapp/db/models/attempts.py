"""Attempts and responses."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.db.base import Base
from quizapp.db.models.accounts import User
from quizapp.db.models.bank import ItemRevision
from quizapp.db.models.quizzes import Quiz


class Attempt(Base):
    """One sitting. Open while ``finished_at`` is NULL; a learner has one open attempt per quiz."""

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint("ends_at > started_at", name="ends_after_start"),
        CheckConstraint("finished_at >= started_at", name="finished_after_start"),
        CheckConstraint("finished_at <= ends_at", name="finished_by_deadline"),
        CheckConstraint("(finished_at IS NULL) = (points IS NULL)", name="scored_when_finished"),
        CheckConstraint("(finished_at IS NULL) = (closed_by IS NULL)", name="closed_when_finished"),
        CheckConstraint("closed_by IN ('learner', 'deadline')", name="closed_by_is_known"),
        CheckConstraint("points >= 0 AND points <= max_points", name="points_within_maximum"),
        Index(
            "uq_attempt_open",
            "user_id",
            "quiz_id",
            unique=True,
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
        Index("ix_attempt_user_finished", "user_id", "finished_at"),
        Index(
            "ix_attempt_overdue",
            "ends_at",
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"))
    quiz: Mapped[Quiz] = relationship()
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    user: Mapped[User] = relationship()
    title: Mapped[str] = mapped_column(String(200))
    plan: Mapped[dict[str, Any]]
    seed: Mapped[int]
    """Seeds the order of options: below 2**31, never shown."""
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(10))
    points: Mapped[float | None]
    max_points: Mapped[float]
    responses: Mapped[list["Response"]] = relationship(order_by="Response.position")


class Response(Base):
    """One question of an attempt, and what the learner gave; ``value`` NULL while nothing is given.

    Rows are made when the attempt starts. ``save_count`` counts the saves that changed the value or
    the flag; ``saved_by`` is the page whose save came last, and ``saved_sequence`` the place of
    that save among its own. ``score`` (0..1) is set when the attempt is graded.
    """

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("attempt_id", "item_revision_id"),
        CheckConstraint("position >= 1", name="position_counts_from_1"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score_is_a_share"),
        CheckConstraint("seconds_spent >= 0", name="seconds_spent_is_not_negative"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    item_revision_id: Mapped[int] = mapped_column(ForeignKey("item_revision.id"), index=True)
    item_revision: Mapped[ItemRevision] = relationship()
    value: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    is_flagged: Mapped[bool] = mapped_column(default=False)
    seconds_spent: Mapped[int] = mapped_column(default=0)
    save_count: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime | None]
    saved_by: Mapped[str | None] = mapped_column(String(36))
    saved_sequence: Mapped[int] = mapped_column(default=0)
    score: Mapped[float | None]
