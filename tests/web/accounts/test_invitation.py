"""The one-time link that makes the first owner."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import accounts
from tests.factories import find_person, stored
from tests.web.pages import Page, post

OLGA = {"name": "Olga", "email": "olga@example.org", "password": "a good password"}
TOKEN = "a token that was printed at the first start"


@pytest.fixture
def invitation(app: Flask, now: datetime) -> str:
    """Path of an open link."""
    with stored(app) as session:
        session.add(
            models.Invitation(
                token_hash=accounts.token_hash(TOKEN),
                role="admin",
                created_at=now,
                expires_at=now + accounts.INVITATION_LIFETIME,
            )
        )
    return f"/invitations/{TOKEN}"


def test_the_link_makes_the_account_it_promises(
    app: Flask, client: FlaskClient, invitation: str
) -> None:
    assert "The account will have the role admin." in Page(client.get(invitation)).text

    answer = post(client, invitation, OLGA)

    assert answer.location == "/"
    assert find_person(app, "olga").role == "admin"
    assert client.get("/people").status_code == 200


def test_the_link_works_once(app: Flask, client: FlaskClient, invitation: str) -> None:
    post(client, invitation, OLGA)

    answer = post(app.test_client(), invitation, {**OLGA, "email": "eve@example.org"})

    assert answer.status_code == 404
    assert "This link was used or has expired." in Page(answer).text
    assert app.test_client().get(invitation).status_code == 404


def test_a_wrong_entry_leaves_the_link_open(client: FlaskClient, invitation: str) -> None:
    answer = post(client, invitation, {**OLGA, "email": "olga"})

    assert answer.status_code == 422
    assert client.get(invitation).status_code == 200


def test_an_email_that_has_an_account_is_named_and_leaves_the_link_open(
    client: FlaskClient, invitation: str
) -> None:
    answer = post(client, invitation, {**OLGA, "email": "alice@example.org"})

    assert answer.status_code == 409
    assert "There is an account with this e-mail." in Page(answer).text
    assert Page(answer).one("input", name="email")["value"] == "alice@example.org"
    assert client.get(invitation).status_code == 200


def test_an_old_or_guessed_link_opens_nothing(
    app: Flask, client: FlaskClient, invitation: str, now: datetime
) -> None:
    with stored(app) as session:
        found = accounts.find_invitation(session, TOKEN, now)
        found.created_at, found.expires_at = now - 2 * accounts.INVITATION_LIFETIME, now

    assert client.get(invitation).status_code == 404
    assert client.get("/invitations/guessed").status_code == 404
