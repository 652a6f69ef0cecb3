"""A new account."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import PASSWORD, find_person
from tests.web.pages import Page, post

DORA = {"name": "Dora", "email": "Dora@Example.org", "password": "a good password"}


def test_a_new_learner_is_signed_in_and_greeted(client: FlaskClient, app: Flask) -> None:
    answer = post(client, "/register", DORA)

    assert answer.location == "/"
    assert find_person(app, "dora").role == "learner"
    assert Page(client.get("/profile")).heading == "Dora"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"email": "dora"}, "This is not an e-mail address."),
        ({"email": ""}, "Enter your e-mail address."),
        ({"name": "  "}, "Enter the name that you go by."),
        ({"name": "D" * 81}, "At most 80 characters."),
        ({"name": "Do\x00ra"}, "a sign that cannot be seen"),
        ({"password": "short"}, "Use 8 to 1024 characters"),
        ({"password": "x" * 1025}, "Use 8 to 1024 characters"),
        ({"password": "dora@EXAMPLE.org"}, "Choose something other than your name or e-mail."),
    ],
)
def test_a_wrong_entry_is_named_and_the_rest_is_kept(
    client: FlaskClient, wrong: dict[str, str], says: str
) -> None:
    answer = post(client, "/register", {**DORA, **wrong})

    page = Page(answer)
    assert answer.status_code == 422
    assert says in page.text
    assert page.one("input", name="name")["value"] == {**DORA, **wrong}["name"]
    assert page.one("input", name="password")["value"] == ""


def test_an_email_that_has_an_account_is_told_to_sign_in(client: FlaskClient) -> None:
    answer = post(client, "/register", {**DORA, "email": "ALICE@example.org"})

    assert answer.status_code == 409
    assert "There is an account with this e-mail. Sign in instead." in Page(answer).text


def test_a_role_cannot_be_posted(client: FlaskClient, app: Flask) -> None:
    more = {"role": "admin", "id": "1", "is_enabled": "0", "created_at": "2000-01-01"}

    post(client, "/register", {**DORA, **more})

    dora = find_person(app, "dora")
    assert (dora.role, dora.is_enabled, dora.created_at.year) == ("learner", True, 2026)


def test_an_account_made_in_a_browser_that_was_signed_in_takes_over(as_alice: FlaskClient) -> None:
    post(as_alice, "/register", DORA)

    assert Page(as_alice.get("/profile")).heading == "Dora"


def test_the_new_password_opens_the_account(client: FlaskClient, app: Flask) -> None:
    post(client, "/register", DORA)

    fields = {"email": " dora@example.org ", "password": DORA["password"]}
    assert post(app.test_client(), "/sign-in", fields).location == "/"
    assert post(app.test_client(), "/sign-in", {**fields, "password": PASSWORD}).status_code == 401
