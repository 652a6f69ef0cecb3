"""The time that learners give to their plans."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.db.base import Base


class StudySettings(Base):
    """Minutes a day and days of rest of one learner; who has no row has chosen nothing.

    ``rest_days`` has a bit for each weekday, 1 for Monday and 64 for Sunday. Whoever has the token
    of ``calendar_token_hash`` may read the plan; only its hash is stored.
    """

    __tablename__ = "study_settings"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 10 AND 120", name="minutes_are_10_to_120"),
        CheckConstraint("rest_days BETWEEN 0 AND 126", name="a_day_is_left_to_study"),
        CheckConstraint("length(calendar_token_hash) = 64", name="calendar_token_hash_is_sha_256"),
    )

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    minutes: Mapped[int]
    rest_days: Mapped[int]
    calendar_token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
