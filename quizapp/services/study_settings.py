"""How much time a learner gives to the plan, and who may read it as a calendar."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.planning import DEFAULT_MINUTES
from quizapp.services.accounts import token_hash

WEEKDAYS = range(7)


@dataclass(frozen=True)
class StudySettings:
    """Minutes a day, weekdays of rest (Monday 0), and whether a link to the calendar is out."""

    minutes: int = DEFAULT_MINUTES
    rest_weekdays: frozenset[int] = frozenset()
    has_calendar: bool = False


def find(session: Session, user_id: int) -> StudySettings:
    """What the learner has chosen, or what holds for everybody."""
    row = session.execute(_OF_LEARNER, {"user_id": user_id}).one_or_none()
    if row is None:
        return StudySettings()
    minutes, rest_days, hashed = row
    rest = frozenset(weekday for weekday in WEEKDAYS if rest_days >> weekday & 1)
    return StudySettings(minutes, rest, hashed is not None)


def store(
    session: Session,
    user_id: int,
    interview_on: date | None,
    minutes: int,
    rest_weekdays: Iterable[int],
) -> None:
    """The day of the interview, the minutes a day and the days of rest are stored."""
    session.get_one(models.User, user_id).interview_on = interview_on
    rest_days = sum(1 << weekday for weekday in set(rest_weekdays))
    session.execute(_CHOOSE, {"user_id": user_id, "minutes": minutes, "rest_days": rest_days})


def make_calendar_token(session: Session, user_id: int) -> str:
    """A fresh token for the learner's calendar: 256 random bits; the one before is dead."""
    token = secrets.token_urlsafe(32)
    known = {"user_id": user_id, "minutes": DEFAULT_MINUTES, "token_hash": token_hash(token)}
    session.execute(_OPEN_CALENDAR, known)
    return token


def end_calendar(session: Session, user_id: int) -> None:
    """No link to the learner's calendar works any more."""
    settings = session.get(models.StudySettings, user_id)
    if settings is not None:
        settings.calendar_token_hash = None


def whose_calendar(session: Session, token: str) -> models.User | None:
    """Who has given the token away; None when it is unknown or dead, or they are locked out."""
    return session.scalar(_OF_TOKEN, {"token_hash": token_hash(token)})


_settings = models.StudySettings.__table__.c
_OF_LEARNER = select(_settings.minutes, _settings.rest_days, _settings.calendar_token_hash).where(
    _settings.user_id == bindparam("user_id")
)
_OF_TOKEN = (
    select(models.User)
    .join(models.StudySettings, models.StudySettings.user_id == models.User.id)
    .where(_settings.calendar_token_hash == bindparam("token_hash"), models.User.is_enabled)
)
_CHOOSE = text(
    """
    INSERT INTO study_settings (user_id, minutes, rest_days)
    VALUES (:user_id, :minutes, :rest_days)
    ON CONFLICT (user_id) DO UPDATE SET
        minutes = excluded.minutes, rest_days = excluded.rest_days
    """
)
_OPEN_CALENDAR = text(
    """
    INSERT INTO study_settings (user_id, minutes, rest_days, calendar_token_hash)
    VALUES (:user_id, :minutes, 0, :token_hash)
    ON CONFLICT (user_id) DO UPDATE SET calendar_token_hash = excluded.calendar_token_hash
    """
)
