"""Accounts, sign-ins and invitations."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError, NotFoundError, SignInError
from quizapp.services import accounts
from quizapp.services.accounts import NewAccount, SignInLimits
from quizapp.services.passwords import Passwords
from tests.factories import (
    PASSWORD,
    find_person,
    in_parallel,
    make_person,
    migrate,
    start_attempt,
    stored,
)
from tests.factories import cheap_passwords as passwords

LIMITS = SignInLimits(absolute=timedelta(days=30), idle=timedelta(hours=12))
DORA = NewAccount(" Dora@Example.ORG ", "  Dora   Diaz ", "a good password")


def count(session: Session, model: type[models.User | models.SignIn | models.Invitation]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


# --- Accounts -------------------------------------------------------------------------------------


def test_an_account_has_a_tidy_name_and_a_lower_case_email(session: Session, now: datetime) -> None:
    user = accounts.register(session, passwords, DORA, now)

    assert (user.email, user.name, user.role) == ("dora@example.org", "Dora Diaz", "learner")
    assert "a good password" not in user.password_hash


def test_an_email_has_one_account_however_it_is_written(session: Session, now: datetime) -> None:
    again = NewAccount("ALICE@example.org", "Alice", "another password")

    with pytest.raises(ConflictError, match="Sign in instead"):
        accounts.register(session, passwords, again, now)

    assert session.scalars(select(models.User.email)).all().count("alice@example.org") == 1


def test_two_registrations_at_once_make_one_account(app: Flask, now: datetime) -> None:
    def register(session: Session) -> int:
        return accounts.register(session, passwords, DORA, now).id

    outcomes = in_parallel(app, [register] * 2)

    assert sorted(type(each).__name__ for each in outcomes) == ["ConflictError", "int"]


def test_the_right_password_opens_the_account(session: Session, alice: models.User) -> None:
    user = accounts.authenticate(session, passwords, " Alice@example.org", PASSWORD)

    assert user.id == alice.id


@pytest.mark.parametrize(
    ("email", "password"),
    [("alice@example.org", "wrong password"), ("nobody@example.org", PASSWORD), ("", "")],
)
def test_a_wrong_password_and_an_unknown_email_read_alike(
    session: Session, email: str, password: str
) -> None:
    with pytest.raises(SignInError, match=r"^E-mail or password is wrong\.$"):
        accounts.authenticate(session, passwords, email, password)


def test_an_account_that_is_not_enabled_does_not_open(session: Session, alice: models.User) -> None:
    session.get_one(models.User, alice.id).is_enabled = False

    with pytest.raises(SignInError):
        accounts.authenticate(session, passwords, alice.email, PASSWORD)


def test_signing_in_renews_a_hash_of_former_parameters(
    session: Session, alice: models.User
) -> None:
    stronger = Passwords(memory_kib=16)
    user = accounts.authenticate(session, stronger, alice.email, PASSWORD)
    newer = accounts.newer_hash(stronger, user, PASSWORD)

    accounts.confirm(session, user, newer)

    session.refresh(user)
    assert user.password_hash == newer
    assert accounts.newer_hash(stronger, user, PASSWORD) is None


def test_a_password_changed_meanwhile_opens_nothing(session: Session, alice: models.User) -> None:
    user = accounts.authenticate(session, passwords, alice.email, PASSWORD)
    changed = update(models.User).where(models.User.id == user.id)
    session.execute(
        changed.values(password_hash="another"), execution_options={"synchronize_session": False}
    )

    with pytest.raises(SignInError):
        accounts.confirm(session, user, None)


def test_expired_sign_ins_and_invitations_are_forgotten(
    session: Session, alice: models.User, now: datetime
) -> None:
    accounts.sign_in(session, alice, "", now - timedelta(days=31))
    kept = accounts.sign_in(session, alice, "", now - timedelta(days=29))

    accounts.forget_expired(session, timedelta(days=30), now)

    (left,) = session.scalars(select(models.SignIn)).all()
    assert left.token_hash == accounts.token_hash(kept)


def test_another_role_signs_its_person_out(
    session: Session, admin: models.User, alice: models.User, now: datetime
) -> None:
    token = accounts.sign_in(session, alice, "", now)

    accounts.set_role(session, admin, alice.id, "instructor")

    assert accounts.find_sign_in(session, token, LIMITS, now) is None


def test_a_goal_is_stored(session: Session, alice: models.User) -> None:
    accounts.set_goal(session, alice.id, " Alice  A. ", "data-scientist", date(2026, 12, 1))

    user = session.get_one(models.User, alice.id)
    assert (user.name, user.target_role) == ("Alice A.", "data-scientist")
    assert user.interview_on == date(2026, 12, 1)


# --- Sign-ins -------------------------------------------------------------------------------------


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


# --- Roles ----------------------------------------------------------------------------------------


def test_people_are_listed_the_newest_first(session: Session) -> None:
    names = [user.name for user in accounts.people(session)]

    assert names == ["Admin", "Charlie", "Bob", "Alice"]


def test_an_administrator_gives_roles(
    session: Session, admin: models.User, alice: models.User
) -> None:
    user = accounts.set_role(session, admin, alice.id, "instructor")

    assert user.is_instructor
    assert not user.is_admin


def test_nobody_can_be_given_a_role_who_does_not_exist(
    session: Session, admin: models.User
) -> None:
    with pytest.raises(NotFoundError):
        accounts.set_role(session, admin, 999, "admin")


def test_the_only_administrator_stays_one(session: Session, admin: models.User) -> None:
    with pytest.raises(ConflictError, match="only administrator"):
        accounts.set_role(session, admin, admin.id, "learner")


def test_no_administrator_takes_away_their_own_role(session: Session, admin: models.User) -> None:
    make_person(session, "other", "admin")

    with pytest.raises(ConflictError, match="cannot take your own"):
        accounts.set_role(session, admin, admin.id, "learner")


def test_two_administrators_who_demote_each_other_leave_one(app: Flask, admin: models.User) -> None:
    with stored(app) as session:
        make_person(session, "other", "admin")
    other = find_person(app, "other")

    outcomes = in_parallel(
        app,
        [
            lambda session: accounts.set_role(session, admin, other.id, "learner"),
            lambda session: accounts.set_role(session, other, admin.id, "learner"),
        ],
    )

    assert sum(isinstance(each, ConflictError) for each in outcomes) == 1
    roles = {find_person(app, name).role for name in ("admin", "other")}
    assert roles == {"admin", "learner"}


# --- Invitations ----------------------------------------------------------------------------------


def test_nobody_is_invited_to_own_a_service_that_has_an_administrator(
    session: Session, now: datetime
) -> None:
    assert accounts.invite_owner(session, now) is None


def test_the_invitation_makes_an_administrator_once(blank_app: Flask, now: datetime) -> None:
    migrate(blank_app)
    with stored(blank_app) as session:
        token = accounts.invite_owner(session, now) or ""

        user = accounts.accept_invitation(session, passwords, token, DORA, now)

        assert user.is_admin
        with pytest.raises(NotFoundError, match="was used"):
            accounts.find_invitation(session, token, now)


def test_two_who_open_the_invitation_at_once_make_one_owner(
    blank_app: Flask, now: datetime
) -> None:
    migrate(blank_app)
    with stored(blank_app) as session:
        token = accounts.invite_owner(session, now) or ""

    def accept(name: str, session: Session) -> str:
        new = NewAccount(f"{name}@example.org", name, PASSWORD)
        return accounts.accept_invitation(session, passwords, token, new, now).role

    outcomes = in_parallel(
        blank_app,
        [lambda session: accept("dora", session), lambda session: accept("emil", session)],
    )

    assert sorted(map(str, outcomes))[1] == "admin"
    assert sum(isinstance(each, NotFoundError) for each in outcomes) == 1
    with stored(blank_app) as session:
        assert count(session, models.User) == 1


def test_only_the_last_invitation_opens(blank_app: Flask, now: datetime) -> None:
    migrate(blank_app)
    with stored(blank_app) as session:
        first = accounts.invite_owner(session, now) or ""
        last = accounts.invite_owner(session, now) or ""

        with pytest.raises(NotFoundError):
            accounts.find_invitation(session, first, now)
        assert accounts.find_invitation(session, last, now).role == "admin"
        assert count(session, models.Invitation) == 1


def test_an_invitation_ends_after_two_days(blank_app: Flask, now: datetime) -> None:
    migrate(blank_app)
    with stored(blank_app) as session:
        token = accounts.invite_owner(session, now) or ""

        accounts.find_invitation(session, token, now + timedelta(hours=47))
        with pytest.raises(NotFoundError, match="expired"):
            accounts.find_invitation(session, token, now + timedelta(hours=48))


def test_who_registers_first_does_not_take_the_owners_link_away(
    blank_app: Flask, now: datetime
) -> None:
    migrate(blank_app)
    with stored(blank_app) as session:
        accounts.register(session, passwords, DORA, now)

        assert accounts.invite_owner(session, now) is not None
