"""Saving with a sign-in that has ended: refused at once, whatever cookie the browser still has."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from quizapp.db import models
from tests.databases import on_every_kind
from tests.factories import MINUTE, rows, sign_in, start_attempt, stored
from tests.web.pages import JSON, post

HOUR = timedelta(hours=1)
SIGNED_OUT = "You are signed out. Sign in, then try again."


def end_sign_ins(session: Session) -> None:
    session.execute(delete(models.SignIn))


def disable(session: Session) -> None:
    session.execute(update(models.User).values(is_enabled=False))


def expire(session: Session) -> None:
    for each in session.query(models.SignIn):
        each.created_at -= timedelta(days=30)


on_every_end = pytest.mark.parametrize("end", [end_sign_ins, disable, expire])


@pytest.fixture
def untimed(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's open attempt without a clock."""
    with stored(app) as session:
        return start_attempt(session, alice, "todays-set", now - MINUTE)


def address(attempt: models.Attempt) -> str:
    return f"/attempts/{attempt.id}/responses/1"


@on_every_kind
@on_every_end
def test_the_next_save_of_a_script_is_refused(
    app: Flask,
    as_alice: FlaskClient,
    attempt: models.Attempt,
    end: Callable[[Session], None],
) -> None:
    assert post(as_alice, address(attempt), {"flag": "on"}, headers=JSON).status_code == 200
    with stored(app) as session:
        end(session)

    reply = post(as_alice, address(attempt), {"flag": "off"}, headers=JSON)

    assert (reply.status_code, reply.get_json()) == (401, {"message": SIGNED_OUT})
    assert rows(app, models.Response)[0].is_flagged


@on_every_end
def test_the_next_form_leads_to_the_sign_in_page(
    app: Flask,
    as_alice: FlaskClient,
    attempt: models.Attempt,
    end: Callable[[Session], None],
) -> None:
    with stored(app) as session:
        end(session)

    answer = post(as_alice, address(attempt), {"flag": "on", "go": "next"})

    assert (answer.status_code, answer.location) == (302, "/sign-in")
    assert not rows(app, models.Response)[0].is_flagged


@on_every_kind
def test_nothing_late_is_kept_of_who_is_signed_out(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        late = start_attempt(session, alice, now=now - 12 * MINUTE)
        end_sign_ins(session)

    reply = post(as_alice, address(late), {"text": "x", "choice": "0"}, headers=JSON)

    assert reply.status_code == 401
    assert rows(app, models.RecoveredResponse) == []


@on_every_kind
def test_a_sign_in_that_was_idle_for_long_ends_in_an_untimed_attempt(
    app: Flask, client: FlaskClient, alice: models.User, untimed: models.Attempt, now: datetime
) -> None:
    sign_in(client, alice, now - 13 * HOUR)

    reply = post(client, address(untimed), {"flag": "on"}, headers=JSON)

    assert reply.status_code == 401
    assert not rows(app, models.Response)[0].is_flagged


@on_every_kind
def test_it_does_not_end_while_a_clock_runs(
    app: Flask,
    client: FlaskClient,
    alice: models.User,
    untimed: models.Attempt,
    attempt: models.Attempt,
    now: datetime,
) -> None:
    sign_in(client, alice, now - 13 * HOUR)

    for each in (attempt, untimed):
        assert post(client, address(each), {"flag": "on"}, headers=JSON).status_code == 200


@on_every_kind
def test_the_clock_of_another_keeps_nobody_signed_in(
    app: Flask,
    client: FlaskClient,
    alice: models.User,
    charlie: models.User,
    untimed: models.Attempt,
    now: datetime,
) -> None:
    with stored(app) as session:
        start_attempt(session, charlie, now=now)
    sign_in(client, alice, now - 13 * HOUR)

    assert post(client, address(untimed), {"flag": "on"}, headers=JSON).status_code == 401


def test_a_cookie_of_nobody_saves_nothing(
    app: Flask, client: FlaskClient, attempt: models.Attempt
) -> None:
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "guessed"

    assert post(client, address(attempt), {"flag": "on"}, headers=JSON).status_code == 401
    assert not rows(app, models.Response)[0].is_flagged


def test_who_signed_in_again_saves_again(
    app: Flask, as_alice: FlaskClient, alice: models.User, attempt: models.Attempt
) -> None:
    with stored(app) as session:
        end_sign_ins(session)
    post(as_alice, address(attempt), {"flag": "on"}, headers=JSON)

    sign_in(as_alice, alice)

    assert post(as_alice, address(attempt), {"flag": "on"}, headers=JSON).status_code == 200
