"""Quizzes that a learner can start."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.db.base import Base
from quizapp.db.models.bank import ItemBank


class Quiz(Base):
    """Something to start. ``plan`` is the default QuizPlan; practice brings its own each time."""

    __tablename__ = "quiz"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('ready-made', 'practice', 'today', 'mock')", name="kind_is_known"
        ),
        CheckConstraint(
            "(kind = 'ready-made') = (bank_id IS NOT NULL)", name="ready_made_has_bank"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(170), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(default="")
    plan: Mapped[dict[str, Any]]
    bank_id: Mapped[int | None] = mapped_column(ForeignKey("item_bank.id"), index=True)
    bank: Mapped[ItemBank | None] = relationship()
    closes_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
