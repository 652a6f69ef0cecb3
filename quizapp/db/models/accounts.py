"""People, their sign-ins, and links that make an account."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from quizapp.db.base import Base

ROLES = ("learner", "instructor", "admin")
_ROLE_IS_KNOWN = "role IN ('learner', 'instructor', 'admin')"


class User(Base):
    """A person with an account. The e-mail is stored in lower case and is their name at sign-in."""

    __tablename__ = "user_account"
    __table_args__ = (
        CheckConstraint(_ROLE_IS_KNOWN, name="role_is_known"),
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(20), default="learner")
    target_role: Mapped[str | None] = mapped_column(String(80))
    interview_on: Mapped[date | None]
    is_enabled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    @property
    def is_instructor(self) -> bool:
        return self.role in ("instructor", "admin")

    @property
    def is_admin(self) -> bool:
        return self.role == "admin"


class SignIn(Base):
    """One browser that is signed in; only its token's hash is stored. Deleting it signs out."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    user: Mapped[User] = relationship()
    user_agent: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class Invitation(Base):
    """A link, usable once, that makes an account of a role; only its hash is stored."""

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint(_ROLE_IS_KNOWN, name="role_is_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Accommodation(Base):
    """What makes timed work fair for one person; who has no row has none.

    Time limits are multiplied by ``time_factor``; timed quizzes may be paused for ``pause_minutes``
    in all.
    """

    __tablename__ = "accommodation"
    __table_args__ = (
        CheckConstraint("time_factor BETWEEN 1 AND 4", name="time_factor_is_1_to_4"),
        CheckConstraint("pause_minutes BETWEEN 0 AND 240", name="pause_is_0_to_240"),
    )

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    time_factor: Mapped[float] = mapped_column(default=1.0)
    pause_minutes: Mapped[int] = mapped_column(default=0)
    is_untimed_in_practice: Mapped[bool] = mapped_column(default=False)
    set_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    set_by: Mapped[User] = relationship(foreign_keys=[set_by_id])
    set_at: Mapped[datetime]
