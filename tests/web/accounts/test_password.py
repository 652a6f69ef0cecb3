"""Another password."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.factories import PASSWORD, find_person, sign_in
from tests.web.pages import Page, post

NEW = "another good password"
CHANGE = {"current": PASSWORD, "new": NEW, "repeated": NEW}


def test_the_new_password_holds_and_other_browsers_are_signed_out(
    app: Flask, as_alice: FlaskClient, alice: models.User
) -> None:
    other = app.test_client()
    sign_in(other, alice)

    answer = post(as_alice, "/password", CHANGE)

    assert "The new password holds." in Page(as_alice.get(answer.location)).text
    assert other.get("/profile").status_code == 302
    fields = {"email": alice.email, "password": NEW}
    assert post(app.test_client(), "/sign-in", fields).location == "/"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"current": "wrong password"}, "The current password is wrong."),
        ({"current": ""}, "Enter your current password."),
        ({"new": "short", "repeated": "short"}, "Use 8 to 1024 characters"),
        ({"repeated": "yet another one"}, "The two new passwords differ."),
    ],
)
def test_a_wrong_entry_is_named_and_the_old_password_stays(
    app: Flask, as_alice: FlaskClient, alice: models.User, wrong: dict[str, str], says: str
) -> None:
    answer = post(as_alice, "/password", {**CHANGE, **wrong})

    assert answer.status_code == 422
    assert says in Page(answer).text
    assert find_person(app, "alice").password_hash == alice.password_hash


def test_no_password_is_ever_sent_back(as_alice: FlaskClient) -> None:
    answer = post(as_alice, "/password", {**CHANGE, "current": "wrong password"})

    assert "wrong password" not in answer.text
    assert NEW not in answer.text
