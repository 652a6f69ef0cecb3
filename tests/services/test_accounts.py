"""Accounts, and the roles of their people."""

from datetime import datetime, timedelta

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
    accounts.set_goal(session, alice.id, " Alice  A. ", "data-scientist")

    user = session.get_one(models.User, alice.id)
    assert (user.name, user.target_role) == ("Alice A.", "data-scientist")


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
