"""The link that makes the first administrator."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import NotFoundError
from quizapp.services import accounts
from quizapp.services.accounts import NewAccount
from tests.factories import (
    PASSWORD,
    in_parallel,
    migrate,
    stored,
)
from tests.factories import cheap_passwords as passwords

DORA = NewAccount(" Dora@Example.ORG ", "  Dora   Diaz ", "a good password")


def count(session: Session, model: type[models.User | models.SignIn | models.Invitation]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


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
