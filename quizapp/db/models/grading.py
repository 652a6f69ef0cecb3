"""Programs that wait for their verdict, and the verdicts."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.db.base import Base


class GradingJob(Base):
    """A program of a finished attempt that awaits its verdict; gone once it has one.

    ``turn`` is how many others of the learner waited when it was queued: lower ones come first,
    whoever queued more. A grader that works on it holds a ``claim``, a random token, until
    ``leased_until``; then others may take it. ``tries`` counts claims. It is not taken before
    ``retry_at``.
    """

    __tablename__ = "grading_job"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["response.attempt_id", "response.position"],
            ondelete="CASCADE",
        ),
        CheckConstraint("(claim IS NULL) = (leased_until IS NULL)", name="claim_has_a_lease"),
        CheckConstraint("turn >= 0", name="turn_counts_from_0"),
        CheckConstraint("tries >= 0", name="tries_count_from_0"),
        CheckConstraint("claim IS NULL OR tries > 0", name="claim_is_a_try"),
        Index("ix_grading_job_order", "turn", "queued_at"),
    )

    attempt_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    turn: Mapped[int]
    queued_at: Mapped[datetime]
    claim: Mapped[str | None] = mapped_column(String(32), unique=True)
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    retry_at: Mapped[datetime | None]


class Verdict(Base):
    """What became of a program in each group of tests, never changed (a trigger refuses).

    ``score`` (0..1) is the response's. ``source_digest`` is the SHA-256 (hex) of the program that
    was run, ``engine`` what ran it.
    """

    __tablename__ = "verdict"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["response.attempt_id", "response.position"],
            ondelete="CASCADE",
        ),
        CheckConstraint("score BETWEEN 0 AND 1", name="score_is_a_share"),
        CheckConstraint("length(source_digest) = 64", name="source_digest_is_sha_256"),
    )

    attempt_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    score: Mapped[float]
    groups: Mapped[list[Any]]
    source_digest: Mapped[str] = mapped_column(String(64))
    engine: Mapped[str] = mapped_column(String(200))
    graded_at: Mapped[datetime]
