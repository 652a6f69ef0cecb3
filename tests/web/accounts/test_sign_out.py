"""Signing out."""

from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.factories import rows, sign_in
from tests.web.pages import post


def test_signing_out_leads_to_the_form_and_clears_what_the_browser_kept(
    as_alice: FlaskClient,
) -> None:
    answer = post(as_alice, "/sign-out")

    assert answer.location == "/sign-in"
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert as_alice.get("/profile").status_code == 302


def test_a_cookie_from_before_is_dead_on_the_server(app: Flask, as_alice: FlaskClient) -> None:
    name = app.config["SESSION_COOKIE_NAME"]
    stolen = as_alice.get_cookie(name)
    assert stolen is not None
    post(as_alice, "/sign-out")

    thief = app.test_client()
    thief.set_cookie(name, stolen.value)

    assert thief.get("/profile").location == "/sign-in?next=/profile"


def test_other_browsers_stay_signed_in(
    app: Flask, as_alice: FlaskClient, alice: models.User
) -> None:
    other = app.test_client()
    sign_in(other, alice)

    post(as_alice, "/sign-out")

    assert other.get("/profile").status_code == 200
    assert len(rows(app, models.SignIn)) == 1
