"""Accounts, sign-ins and invitations."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError, NotFoundError, SignInError
from quizapp.services.passwords import Passwords

INVITATION_LIFETIME = timedelta(days=2)
SEEN_RESOLUTION = timedelta(minutes=10)


@dataclass(frozen=True)
class SignInLimits:
    """How long a sign-in lasts: in all, and without a request."""

    absolute: timedelta
    idle: timedelta


@dataclass(frozen=True)
class NewAccount:
    """What a person enters to get an account."""

    email: str
    name: str
    password: str


def register(
    session: Session, passwords: Passwords, new: NewAccount, now: datetime, role: str = "learner"
) -> models.User:
    """A stored account of ``role``. Raises ConflictError when the e-mail has one."""
    return _store(session, new, passwords.hash(new.password), role, now)


def authenticate(session: Session, passwords: Passwords, email: str, password: str) -> models.User:
    """The person with these. Raises SignInError, as slowly for an unknown e-mail as for a known."""
    user = session.scalar(select(models.User).where(models.User.email == normal_email(email)))
    is_right = passwords.matches(password, user.password_hash if user else None)
    if user is None or not is_right or not user.is_enabled:
        raise SignInError("E-mail or password is wrong.")
    return user


def newer_hash(passwords: Passwords, user: models.User, password: str) -> str | None:
    """A hash with today's parameters, where the stored one was made with others."""
    return passwords.hash(password) if passwords.is_outdated(user.password_hash) else None


def confirm(session: Session, user: models.User, newer: str | None) -> None:
    """What ``authenticate`` found still holds, and the newer hash is stored. Raises SignInError.

    Passwords are checked before a transaction is open, because a hash takes as long as a hundred
    saves; between the two the password may have been changed.
    """
    unchanged = (
        models.User.id == user.id,
        models.User.password_hash == user.password_hash,
        models.User.is_enabled,
    )
    stored = session.execute(
        update(models.User).where(*unchanged).values(password_hash=newer or user.password_hash)
    )
    if stored.rowcount != 1:  # type: ignore[attr-defined]
        raise SignInError("E-mail or password is wrong.")


def sign_in(session: Session, user: models.User, user_agent: str, now: datetime) -> str:
    """The token of a new sign-in: 256 random bits, of which only the hash is stored."""
    token = secrets.token_urlsafe(32)
    session.add(
        models.SignIn(
            token_hash=token_hash(token),
            user_id=user.id,
            user_agent=user_agent[:200],
            created_at=now,
            last_seen_at=now,
        )
    )
    return token


@dataclass(frozen=True)
class LivingSignIn:
    """A sign-in that is in force, with its person."""

    id: int
    user: models.User
    last_seen_at: datetime


_SIGN_IN = (
    select(models.User, models.SignIn.id, models.SignIn.created_at, models.SignIn.last_seen_at)
    .join(models.SignIn, models.SignIn.user_id == models.User.id)
    .where(models.SignIn.token_hash == bindparam("token_hash"))
)


def find_sign_in(
    session: Session, token: str, limits: SignInLimits, now: datetime
) -> LivingSignIn | None:
    """The living sign-in of ``token`` with its person; None when it has ended."""
    row = session.execute(_SIGN_IN, {"token_hash": token_hash(token)}).one_or_none()
    if row is None:
        return None
    user, sign_in_id, created_at, last_seen_at = row
    if not user.is_enabled or now >= created_at + limits.absolute:
        return None
    is_idle = now >= last_seen_at + limits.idle
    if is_idle and not _is_in_timed_attempt(session, user.id, now):
        return None
    return LivingSignIn(sign_in_id, user, last_seen_at)


def touch_sign_in(session: Session, sign_in_id: int, now: datetime) -> None:
    """Notes that the person was here at ``now``."""
    session.execute(
        update(models.SignIn).where(models.SignIn.id == sign_in_id).values(last_seen_at=now)
    )


def needs_touch(found: LivingSignIn, now: datetime) -> bool:
    """True when the note of ``touch_sign_in`` is too old to be left."""
    return now - found.last_seen_at >= SEEN_RESOLUTION


def sign_out(session: Session, token: str) -> None:
    """The sign-in of ``token`` has ended, here and on the server."""
    session.execute(delete(models.SignIn).where(models.SignIn.token_hash == token_hash(token)))


def forget_expired(session: Session, lifetime: timedelta, now: datetime) -> None:
    """Sign-ins older than ``lifetime`` and invitations that have expired are gone."""
    session.execute(delete(models.SignIn).where(models.SignIn.created_at <= now - lifetime))
    session.execute(delete(models.Invitation).where(models.Invitation.expires_at <= now))


def change_password(
    session: Session, passwords: Passwords, user_id: int, current: str, new: str, token: str
) -> None:
    """The new password holds; every other sign-in and the calendar's link have ended. Raises
    SignInError.
    """
    user = session.get_one(models.User, user_id)
    if not passwords.matches(current, user.password_hash):
        raise SignInError("The current password is wrong.")
    user.password_hash = passwords.hash(new)
    session.execute(
        delete(models.SignIn).where(
            models.SignIn.user_id == user_id, models.SignIn.token_hash != token_hash(token)
        )
    )
    session.execute(
        update(models.StudySettings)
        .where(models.StudySettings.user_id == user_id)
        .values(calendar_token_hash=None)
    )


def set_goal(session: Session, user_id: int, name: str, target_role: str) -> None:
    """The person's name and target role are stored."""
    user = session.get_one(models.User, user_id)
    user.name = " ".join(name.split())
    user.target_role = target_role


def set_role(session: Session, acting: models.User, user_id: int, role: str) -> models.User:
    """The person has ``role`` and has been signed out where it is another one.

    Raises NotFoundError, or ConflictError for the last administrator.
    """
    admins = _held_admins(session)
    user = session.get(models.User, user_id)
    if user is None:
        raise NotFoundError("There is no such person.")
    if admins == [user_id] and role != "admin":
        raise ConflictError("This is the only administrator. Make another one first.")
    if user.id == acting.id and role != "admin":
        raise ConflictError("You cannot take your own administrator role away.")
    if user.role != role:
        session.execute(delete(models.SignIn).where(models.SignIn.user_id == user_id))
    user.role = role
    return user


def people(session: Session) -> list[models.User]:
    """Everybody, the newest first."""
    return list(session.scalars(select(models.User).order_by(models.User.id.desc())))


def has_accounts(session: Session) -> bool:
    """True once anybody has an account."""
    return session.scalar(select(exists().where(models.User.id.is_not(None)))) or False


def has_administrator(session: Session) -> bool:
    """True once somebody has the administrator's role."""
    return session.scalar(select(exists().where(models.User.role == "admin"))) or False


def invite_owner(session: Session, now: datetime) -> str | None:
    """The token of a fresh link for the first owner; None once there is an administrator.

    Earlier unused links end: only the last one printed opens.
    """
    if has_administrator(session):
        return None
    session.execute(delete(models.Invitation).where(models.Invitation.used_at.is_(None)))
    token = secrets.token_urlsafe(32)
    session.add(
        models.Invitation(
            token_hash=token_hash(token),
            role="admin",
            created_at=now,
            expires_at=now + INVITATION_LIFETIME,
        )
    )
    return token


def find_invitation(session: Session, token: str, now: datetime) -> models.Invitation:
    """The open invitation of ``token``. Raises NotFoundError when it is unknown, used or old."""
    found = session.scalar(
        select(models.Invitation).where(models.Invitation.token_hash == token_hash(token))
    )
    if found is None or found.used_at is not None or now >= found.expires_at:
        raise NotFoundError(
            "This link was used or has expired. Start the server again for a new one."
        )
    return found


def accept_invitation(
    session: Session, passwords: Passwords, token: str, new: NewAccount, now: datetime
) -> models.User:
    """An account with the invitation's role; the link is used up, even under two clicks at once."""
    hashed = passwords.hash(new.password)  # before the first statement takes SQLite's write lock
    invitation = find_invitation(session, token, now)
    used = session.execute(
        update(models.Invitation)
        .where(models.Invitation.id == invitation.id, models.Invitation.used_at.is_(None))
        .values(used_at=now)
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise NotFoundError("This link was used.")
    return _store(session, new, hashed, invitation.role, now)


def normal_email(email: str) -> str:
    """The e-mail as it is stored and compared."""
    return email.strip().lower()


def token_hash(token: str) -> str:
    """SHA-256 (hex) of a random token; needs no salt, because the token has 256 bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def _store(
    session: Session, new: NewAccount, password_hash: str, role: str, now: datetime
) -> models.User:
    user = models.User(
        email=normal_email(new.email),
        name=" ".join(new.name.split()),
        password_hash=password_hash,
        role=role,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:
        raise ConflictError("There is an account with this e-mail. Sign in instead.") from None
    return user


def _is_in_timed_attempt(session: Session, user_id: int, now: datetime) -> bool:
    """True while a clock runs for the person; an untimed set may stay open for months."""
    runs = (
        models.Attempt.user_id == user_id,
        models.Attempt.finished_at.is_(None),
        models.Attempt.ends_at > now,
    )
    return session.scalar(select(exists().where(*runs))) or False


def _held_admins(session: Session) -> Sequence[int]:
    """Ids of the administrators; no other transaction can demote one before this one ends."""
    is_admin = models.User.role == "admin"
    query = select(models.User.id).where(is_admin).order_by(models.User.id)
    return session.scalars(query.with_for_update(key_share=True)).all()
