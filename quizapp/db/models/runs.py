"""Programs that learners try while they write them, and how many of these runs a minute has."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.db.base import Base


class CodeRun(Base):
    """The latest run of an answer's program on the tests that its learner may see.

    ``number`` counts the runs of that answer, ``source_digest`` is the SHA-256 (hex) of the program
    that was run. ``finished_at`` and ``report`` stay NULL while it is under way. No score is here.
    """

    __tablename__ = "code_run"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["response.attempt_id", "response.position"],
            ondelete="CASCADE",
        ),
        CheckConstraint("number >= 1", name="number_counts_from_1"),
        CheckConstraint("length(source_digest) = 64", name="source_digest_is_sha_256"),
        CheckConstraint("finished_at >= started_at", name="finished_after_start"),
        CheckConstraint("(finished_at IS NULL) = (report IS NULL)", name="finished_with_a_report"),
    )

    attempt_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    source_digest: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    report: Mapped[dict[str, Any] | None]


class RunAllowance(Base):
    """How many runs a person has ``used`` since ``began_at``, when their present minute began."""

    __tablename__ = "run_allowance"
    __table_args__ = (CheckConstraint("used >= 0", name="used_counts_from_0"),)

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    began_at: Mapped[datetime]
    used: Mapped[int]
