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
