"""Sign-ins: found by their token, ended by time, by their person or by a new password."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import SignInError
from quizapp.services import accounts
from quizapp.services.accounts import SignInLimits
from tests.factories import (
    PASSWORD,
    start_attempt,
)
from tests.factories import cheap_passwords as passwords

LIMITS = SignInLimits(absolute=timedelta(days=30), idle=timedelta(hours=12))


def count(session: Session, model: type[models.User | models.SignIn | models.Invitation]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_sign_in_is_found_by_its_token_of_which_only_the_hash_is_stored(
    session: Session, alice: models.User, now: datetime
) -> None:
    token = accounts.sign_in(session, alice, "browser " * 100, now)

    found = accounts.find_sign_in(session, token, LIMITS, now)
    assert found is not None
    stored = session.get_one(models.SignIn, found.id)
    assert (found.user.name, stored.user_id, len(stored.user_agent)) == ("Alice", alice.id, 200)
    assert stored.token_hash != token


def test_an_unknown_token_signs_nobody_in(session: Session, now: datetime) -> None:
    assert accounts.find_sign_in(session, "guessed", LIMITS, now) is None


@pytest.mark.parametrize(
    ("hours", "last_seen", "is_alive"),
    [
        (11, 0, True),
        (12, 0, False),
        (30 * 24 - 1, 30 * 24 - 2, True),
        (30 * 24, 30 * 24 - 1, False),
    ],
)
def test_a_sign_in_ends_when_idle_or_old(
    session: Session, alice: models.User, now: datetime, hours: int, last_seen: int, is_alive: bool
) -> None:
    token = accounts.sign_in(session, alice, "", now)
    found = accounts.find_sign_in(session, token, LIMITS, now)
    assert found is not None
    accounts.touch_sign_in(session, found.id, now + timedelta(hours=last_seen))
    session.expire_all()

    later = accounts.find_sign_in(session, token, LIMITS, now + timedelta(hours=hours))

    assert (later is not None) == is_alive


@pytest.mark.parametrize(
    ("quiz", "later", "is_alive"),
    [
        ("math-screen", timedelta(minutes=2), True),
        ("math-screen", timedelta(hours=5), False),
        ("todays-set", timedelta(minutes=2), False),
    ],
)
def test_an_idle_sign_in_lasts_while_a_clock_runs(
    session: Session, alice: models.User, now: datetime, quiz: str, later: timedelta, is_alive: bool
) -> None:
    token = accounts.sign_in(session, alice, "", now)
    start_attempt(session, alice, quiz)
    limits = SignInLimits(LIMITS.absolute, idle=timedelta(minutes=1))

    found = accounts.find_sign_in(session, token, limits, now + later)

    assert (found is not None) == is_alive


def test_the_sign_in_of_an_account_that_is_not_enabled_has_ended(
    session: Session, alice: models.User, now: datetime
) -> None:
    token = accounts.sign_in(session, alice, "", now)
    session.get_one(models.User, alice.id).is_enabled = False

    assert accounts.find_sign_in(session, token, LIMITS, now) is None


def test_a_sign_in_is_touched_at_most_once_in_ten_minutes(
    session: Session, alice: models.User, now: datetime
) -> None:
    found = accounts.find_sign_in(session, accounts.sign_in(session, alice, "", now), LIMITS, now)

    assert found is not None
    assert not accounts.needs_touch(found, now + timedelta(minutes=9))
    assert accounts.needs_touch(found, now + timedelta(minutes=10))


def test_signing_out_ends_this_sign_in_alone(
    session: Session, alice: models.User, now: datetime
) -> None:
    here = accounts.sign_in(session, alice, "", now)
    there = accounts.sign_in(session, alice, "", now)

    accounts.sign_out(session, here)

    assert accounts.find_sign_in(session, here, LIMITS, now) is None
    assert accounts.find_sign_in(session, there, LIMITS, now) is not None


def test_a_new_password_ends_all_other_sign_ins_of_the_person(
    session: Session, alice: models.User, bob: models.User, now: datetime
) -> None:
    here, there = (accounts.sign_in(session, alice, "", now) for _ in range(2))
    bobs = accounts.sign_in(session, bob, "", now)

    accounts.change_password(session, passwords, alice.id, PASSWORD, "another password", here)

    alive = [accounts.find_sign_in(session, token, LIMITS, now) for token in (here, there, bobs)]
    assert [each is not None for each in alive] == [True, False, True]
    accounts.authenticate(session, passwords, alice.email, "another password")


def test_a_new_password_needs_the_current_one(
    session: Session, alice: models.User, now: datetime
) -> None:
    token = accounts.sign_in(session, alice, "", now)

    with pytest.raises(SignInError, match="current password"):
        accounts.change_password(session, passwords, alice.id, "guess", "another password", token)

    accounts.authenticate(session, passwords, alice.email, PASSWORD)
