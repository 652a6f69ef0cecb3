"""Signing in, and where it leads."""

import time
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner

from quizapp.db import models
from tests.factories import PASSWORD, rows, sign_in, start_attempt, stored
from tests.web.foreign_places import FOREIGN_PLACES
from tests.web.pages import Page, post

HOUR = timedelta(hours=1)
ALICE = {"email": "alice@example.org", "password": PASSWORD}
OWN_PATHS = ("/", "/history?span=1y&quiz=", "/skills#math", "/attempts/1/questions/2", "/%2f/evil")


def test_the_right_password_leads_to_the_overview(client: FlaskClient) -> None:
    answer = post(client, "/sign-in", ALICE)

    assert answer.location == "/"
    assert Page(client.get("/profile")).heading == "Alice"


@pytest.mark.parametrize("email", ["alice@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_email_read_alike(client: FlaskClient, email: str) -> None:
    answer = post(client, "/sign-in", {"email": email, "password": "wrong password"})

    assert answer.status_code == 401
    assert "E-mail or password is wrong." in Page(answer).text
    assert client.get("/profile").status_code == 302


def test_a_disabled_account_does_not_open(
    client: FlaskClient, app: Flask, alice: models.User
) -> None:
    with stored(app) as session:
        session.get_one(models.User, alice.id).is_enabled = False

    assert post(client, "/sign-in", ALICE).status_code == 401


def test_who_asked_for_a_page_is_led_to_it_after_signing_in(client: FlaskClient) -> None:
    asked = client.get("/history?span=1y")
    form = Page(client.get(asked.location)).form("/sign-in")

    answer = client.post("/sign-in", data={**form, **ALICE})

    assert answer.location == "/history?span=1y"


def test_the_way_on_leads_to_pages_of_this_site_alone(client: FlaskClient) -> None:
    found = {
        path: post(client, "/sign-in", {**ALICE, "next": path}).location
        for path in (*OWN_PATHS, *FOREIGN_PLACES)
    }

    assert found == {path: path for path in OWN_PATHS} | dict.fromkeys(FOREIGN_PLACES, "/")


def test_the_way_on_survives_a_wrong_password(client: FlaskClient) -> None:
    answer = post(client, "/sign-in", {**ALICE, "password": "wrong", "next": "/skills"})

    assert Page(answer).form("/sign-in")["next"] == "/skills"


def test_every_sign_in_has_a_token_of_its_own_and_only_its_hash_is_stored(
    client: FlaskClient, app: Flask
) -> None:
    tokens = []
    for _ in range(2):
        browser = app.test_client()
        post(browser, "/sign-in", ALICE)
        with browser.session_transaction() as cookie:
            tokens.append(cookie["_user_id"])

    hashes = [each.token_hash for each in rows(app, models.SignIn)]
    assert len(set(tokens)) == len(hashes) == 2
    assert not set(tokens) & set(hashes)


def test_a_cookie_from_before_the_sign_in_is_worth_nothing_after_it(
    client: FlaskClient, app: Flask
) -> None:
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "chosen by somebody else"

    post(client, "/sign-in", ALICE)

    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != "chosen by somebody else"


def test_a_sign_in_ends_after_twelve_idle_hours_but_not_while_a_clock_runs(
    client: FlaskClient, app: Flask, alice: models.User, now: datetime
) -> None:
    sign_in(client, alice, now - 13 * HOUR)
    assert client.get("/profile").status_code == 302

    with stored(app) as session:
        start_attempt(session, alice, now=now)

    assert client.get("/profile").status_code == 200


def test_a_visit_moves_the_end_of_the_sign_in(
    client: FlaskClient, app: Flask, alice: models.User, now: datetime
) -> None:
    sign_in(client, alice, now - 11 * HOUR)

    client.get("/profile")

    (kept,) = rows(app, models.SignIn)
    assert kept.last_seen_at >= now


def test_a_sign_in_ends_after_thirty_days(
    client: FlaskClient, app: Flask, alice: models.User, now: datetime
) -> None:
    sign_in(client, alice, now - timedelta(days=30))

    assert client.get("/profile").status_code == 302


def test_a_clock_that_is_set_back_signs_nobody_out(
    client: FlaskClient, alice: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_hour_ahead = int(time.time()) + 3600
    with monkeypatch.context() as before:
        before.setattr(TimestampSigner, "get_timestamp", lambda _: an_hour_ahead)
        sign_in(client, alice)

    assert client.get("/history").status_code == 200
