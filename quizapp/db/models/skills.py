"""The taxonomy in force, and what is believed about each learner's skills."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.db.base import Base


class TaxonomyEdition(Base):
    """One loaded taxonomy; the newest row is in force."""

    __tablename__ = "taxonomy_edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    document: Mapped[dict[str, Any]]
    loaded_at: Mapped[datetime]


class Skill(Base):
    """A leaf that exists or once existed, so that items and beliefs can point at it."""

    __tablename__ = "skill"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))


class SkillModelEdition(Base):
    """Parameters of the skill model that a fit has found, better than those it was to replace.

    One edition at most is live; while none is, the built-in parameters are. ``answers`` of
    ``learners`` were fitted, ``rung`` says how much of the model. The losses are log losses per
    answer on learners held out: of what was live before, and of these parameters.
    """

    __tablename__ = "skill_model_edition"
    __table_args__ = (
        CheckConstraint("length(digest) = 16", name="digest_has_16_digits"),
        CheckConstraint("answers > 0 AND learners > 0", name="fitted_to_answers"),
        CheckConstraint(
            "challenger_loss >= 0 AND challenger_loss < champion_loss",
            name="challenger_was_better",
        ),
        Index(
            "uq_skill_model_edition_live",
            "is_live",
            unique=True,
            sqlite_where=text("is_live"),
            postgresql_where=text("is_live"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(16), unique=True)
    parameters: Mapped[dict[str, Any]]
    fitted_at: Mapped[datetime]
    answers: Mapped[int]
    learners: Mapped[int]
    rung: Mapped[str] = mapped_column(String(200))
    champion_loss: Mapped[float]
    challenger_loss: Mapped[float]
    is_live: Mapped[bool]


class SkillBelief(Base):
    """What is believed about one learner at one node of the tree ('' is the learner as a whole).

    The fields are those of ``domain.mastery.NodeBelief``, which says what they mean.

    ``model_digest`` says by which parameters, the same in all rows of a learner; NULL in those from
    before there were several.
    """

    __tablename__ = "skill_belief"
    __table_args__ = (CheckConstraint("variance >= 0", name="variance_is_not_negative"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    node: Mapped[str] = mapped_column(String(120), primary_key=True)
    mean: Mapped[float]
    variance: Mapped[float]
    wins: Mapped[float]
    fails: Mapped[float]
    last_correct: Mapped[float | None]
    updated_at: Mapped[datetime | None]
    updated_after: Mapped[int]
    trend: Mapped[float] = mapped_column(default=0.0, server_default="0")
    surprise: Mapped[float] = mapped_column(default=0.0, server_default="0")
    answered_at: Mapped[datetime | None]
    answered_after: Mapped[int] = mapped_column(default=0, server_default="0")
    model_digest: Mapped[str | None] = mapped_column(String(16))


class SkillClaim(Base):
    """A learner's last word on a skill: not now, or that they know it. ``domain.claims`` says for
    how long it holds.
    """

    __tablename__ = "skill_claim"
    __table_args__ = (CheckConstraint("kind IN ('not-now', 'known')", name="kind_is_known"),)

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    skill_id: Mapped[str] = mapped_column(ForeignKey("skill.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    said_at: Mapped[datetime]


class ReadinessRecord(Base):
    """The readiness estimate for the target role right after an attempt was graded; shares 0..1."""

    __tablename__ = "readiness_record"
    __table_args__ = (
        CheckConstraint("low <= value AND value <= high", name="value_within_range"),
        Index(  # by the first two; the others are read from it too
            "ix_readiness_record_user_at", "user_id", "recorded_at", "value", "low", "high"
        ),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    value: Mapped[float]
    low: Mapped[float]
    high: Mapped[float]
