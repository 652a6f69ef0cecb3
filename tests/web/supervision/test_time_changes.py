"""More time for a running attempt."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import attempts
from quizapp.web import words
from tests.databases import on_every_kind
from tests.factories import MINUTE, rows, start_attempt, stored
from tests.web.pages import Page, post

FORM = {"minutes": "10", "reason": "network down"}


def address(attempt: models.Attempt) -> str:
    return f"/supervision/attempts/{attempt.id}/time-changes"


def ends_of(app: Flask) -> list[datetime | None]:
    return [each.ends_at for each in rows(app, models.Attempt)]


@on_every_kind
def test_the_attempt_ends_later_and_the_page_says_old_and_new(
    app: Flask, as_bob: FlaskClient, taught: models.Attempt
) -> None:
    assert taught.ends_at is not None
    new = taught.ends_at + 10 * MINUTE

    answer = post(as_bob, address(taught), FORM)

    page = Page(as_bob.get(answer.location))
    assert ends_of(app) == [new]
    assert page.one("div", class_="notice ok").text.startswith("Ends at ")
    assert f"instead of {words.time_of_day(taught.ends_at)}." in page.text
    assert f"ends at {new:%H:%M:%S} instead of {taught.ends_at:%H:%M:%S} network down" in page.text


def test_the_learner_sees_the_new_end(
    as_alice: FlaskClient, as_bob: FlaskClient, taught: models.Attempt
) -> None:
    assert taught.ends_at is not None

    post(as_bob, address(taught), FORM)

    clock = as_alice.get(f"/attempts/{taught.id}/clock").json
    assert clock is not None
    assert clock["ends_at"] == (taught.ends_at + 10 * MINUTE).isoformat()


def test_who_gave_the_time_is_in_the_record(
    app: Flask, as_admin: FlaskClient, admin: models.User, taught: models.Attempt
) -> None:
    post(as_admin, address(taught), {**FORM, "reason": " network\r\n\u202edown "})

    (change,) = rows(app, models.TimeChange)
    assert (change.made_by_id, change.kind, change.reason) == (admin.id, "added", "network down")


def test_an_attempt_whose_time_is_up_gets_the_minutes_from_now_on(
    app: Flask, as_bob: FlaskClient, alice: models.User, bobs_bank: None, now: datetime
) -> None:
    with stored(app) as session:
        attempt = start_attempt(session, alice, "small-timed", now - 10.5 * MINUTE)

    post(as_bob, address(attempt), FORM)

    (ends_at,) = ends_of(app)
    assert ends_at is not None
    assert abs(ends_at - (now + 10 * MINUTE)) < MINUTE / 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"minutes": ""}, "Enter from 1 to 600 minutes."),
        ({"minutes": "0"}, "Enter from 1 to 600 minutes."),
        ({"minutes": "-5"}, "Enter from 1 to 600 minutes."),
        ({"minutes": "601"}, "Enter from 1 to 600 minutes."),
        ({"minutes": "9" * 400}, "Enter a whole number."),
        ({"minutes": "ten"}, "Enter a whole number."),
        ({"reason": " \t "}, "Say why"),
        ({"reason": "x" * 201}, "At most 200 characters."),
    ],
)
def test_a_wrong_entry_is_named_and_the_rest_is_kept(
    app: Flask, as_bob: FlaskClient, taught: models.Attempt, wrong: dict[str, str], says: str
) -> None:
    answer = post(as_bob, address(taught), {**FORM, **wrong})

    page = Page(answer)
    assert answer.status_code == 422
    assert says in page.text
    assert page.one("input", name="minutes")["value"] == {**FORM, **wrong}["minutes"]
    assert ends_of(app) == [taught.ends_at]


def test_a_finished_attempt_stays_finished(
    app: Flask, as_bob: FlaskClient, taught: models.Attempt, now: datetime
) -> None:
    with stored(app) as session:
        attempts.close(session, taught.id, now)

    answer = post(as_bob, address(taught), FORM)

    assert "This attempt is finished." in Page(as_bob.get(answer.location)).text
    assert ends_of(app) == [taught.ends_at]


def test_nobody_else_gives_time(
    app: Flask,
    as_alice: FlaskClient,
    as_bob: FlaskClient,
    taught: models.Attempt,
    charlie: models.User,
) -> None:
    with stored(app) as session:
        other = start_attempt(session, charlie, "math-screen", taught.started_at)

    assert post(as_alice, address(taught), FORM).status_code == 404
    assert post(as_bob, address(other), FORM).status_code == 404
    assert ends_of(app) == [taught.ends_at, other.ends_at]
