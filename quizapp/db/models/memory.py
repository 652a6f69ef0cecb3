"""What learners remember of items, and what they note about their mistakes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.db.base import Base


class ItemMemory(Base):
    """One learner's memory of one item after its last scored answer; there is none before.

    ``stability``, ``difficulty`` and ``due_at`` are of ``domain.scheduling``. ``wins`` and
    ``fails`` sum the scores and what they lacked, so that together they count the ``reviews``.
    """

    __tablename__ = "item_memory"
    __table_args__ = (
        CheckConstraint("stability > 0", name="stability_is_positive"),
        CheckConstraint("difficulty BETWEEN 1 AND 10", name="difficulty_is_1_to_10"),
        CheckConstraint("due_at > reviewed_at", name="due_after_review"),
        CheckConstraint("reviews >= 1", name="reviews_count_from_1"),
        CheckConstraint("wins >= 0 AND fails >= 0", name="sums_are_not_negative"),
        CheckConstraint(
            "wins + fails - reviews BETWEEN -0.001 AND 0.001", name="sums_count_the_reviews"
        ),
        CheckConstraint("last_score BETWEEN 0 AND 1", name="last_score_is_a_share"),
        Index("ix_item_memory_user_due", "user_id", "due_at"),
        {"sqlite_with_rowid": False},
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    stability: Mapped[float]
    difficulty: Mapped[float]
    reviewed_at: Mapped[datetime]
    due_at: Mapped[datetime]
    reviews: Mapped[int]
    wins: Mapped[float]
    fails: Mapped[float]
    last_score: Mapped[float]


class MistakeNote(Base):
    """A learner's own words on missing an item, and why they did; one of the two at least."""

    __tablename__ = "mistake_note"
    __table_args__ = (
        CheckConstraint(
            "cause IN ('did not know', 'slip', 'misread', 'out of time')", name="cause_is_known"
        ),
        CheckConstraint("length(note) <= 2000", name="note_is_short"),
        CheckConstraint("cause IS NOT NULL OR note <> ''", name="says_something"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    cause: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    written_at: Mapped[datetime]
