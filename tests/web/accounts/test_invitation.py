"""The one-time link that makes the first owner."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.services import accounts
from tests.factories import find_person, stored
from tests.web.pages import Page, post

OLGA = {"name": "Olga", "email": "olga@example.org", "password": "a good password"}


@pytest.fixture
def link(invitation: str) -> str:
    """Path of an open invitation."""
    return f"/invitations/{invitation}"


def test_the_link_makes_the_account_it_promises(app: Flask, client: FlaskClient, link: str) -> None:
    assert "The account will have the role admin." in Page(client.get(link)).text

    answer = post(client, link, OLGA)

    assert answer.location == "/"
    assert find_person(app, "olga").role == "admin"
    assert client.get("/people").status_code == 200


def test_the_link_works_once(app: Flask, client: FlaskClient, link: str) -> None:
    post(client, link, OLGA)

    answer = post(app.test_client(), link, {**OLGA, "email": "eve@example.org"})

    assert answer.status_code == 404
    assert "This link was used or has expired." in Page(answer).text
    assert app.test_client().get(link).status_code == 404


def test_a_wrong_entry_leaves_the_link_open(client: FlaskClient, link: str) -> None:
    answer = post(client, link, {**OLGA, "email": "olga"})

    assert answer.status_code == 422
    assert client.get(link).status_code == 200


def test_an_email_that_has_an_account_is_named_and_leaves_the_link_open(
    client: FlaskClient, link: str
) -> None:
    answer = post(client, link, {**OLGA, "email": "alice@example.org"})

    assert answer.status_code == 409
    assert "There is an account with this e-mail." in Page(answer).text
    assert Page(answer).one("input", name="email")["value"] == "alice@example.org"
    assert client.get(link).status_code == 200


def test_an_old_or_guessed_link_opens_nothing(
    app: Flask, client: FlaskClient, link: str, now: datetime
) -> None:
    with stored(app) as session:
        found = accounts.find_invitation(session, link.rpartition("/")[2], now)
        found.created_at, found.expires_at = now - 2 * accounts.INVITATION_LIFETIME, now

    assert client.get(link).status_code == 404
    assert client.get("/invitations/guessed").status_code == 404
