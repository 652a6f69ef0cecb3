"""What the server's clock says to the page of an attempt."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import clocks
from tests.databases import on_every_kind
from tests.factories import MINUTE, grant, rows, start_attempt, stored

SECOND = timedelta(seconds=1)


def asked(client: FlaskClient, attempt: models.Attempt) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/attempts/{attempt.id}/clock").get_json()
    return found


def ends_at(app: Flask) -> datetime | None:
    return rows(app, models.Attempt)[0].ends_at


@on_every_kind
def test_a_running_attempt_has_time_left_and_an_end(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    told = asked(as_alice, attempt)

    assert attempt.ends_at is not None
    assert 8 * 60_000 < told.pop("remaining_ms") <= 9 * 60_000
    assert told == {
        "state": "running",
        "ends_at": attempt.ends_at.isoformat(),
        "location": f"/attempts/{attempt.id}",
    }


def test_an_untimed_attempt_has_neither(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        untimed = start_attempt(session, alice, "todays-set", now)

    told = asked(as_alice, untimed)

    assert (told["state"], told["remaining_ms"], told["ends_at"]) == ("running", None, None)


@on_every_kind
def test_time_that_was_added_is_told_at_once(
    app: Flask, as_alice: FlaskClient, bob: models.User, attempt: models.Attempt, now: datetime
) -> None:
    assert attempt.ends_at is not None
    with stored(app) as session:
        clocks.add_time(session, attempt.id, 5, bob.id, "", now)

    told = asked(as_alice, attempt)

    assert told["ends_at"] == (attempt.ends_at + 5 * MINUTE).isoformat()
    assert 13 * 60_000 < told["remaining_ms"] <= 14 * 60_000


@on_every_kind
def test_a_paused_attempt_leads_to_its_pause_and_its_time_stands_still(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        grant(session, alice, pause_minutes=15)
        paused = start_attempt(session, alice, now=now - 5 * MINUTE)
        clocks.pause(session, alice.id, paused.id, now - 4 * MINUTE)

    told = asked(as_alice, paused)

    assert (told["state"], told["remaining_ms"]) == ("paused", 9 * 60_000)
    assert told["location"] == f"/attempts/{paused.id}/pause"


def test_a_pause_that_is_used_up_is_told_as_running(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        grant(session, alice, pause_minutes=2)
        paused = start_attempt(session, alice, now=now - 5 * MINUTE)
        clocks.pause(session, alice.id, paused.id, now - 4 * MINUTE)

    told = asked(as_alice, paused)

    assert told["state"] == "running"
    assert 6 * 60_000 < told["remaining_ms"] <= 7 * 60_000


@on_every_kind
@pytest.mark.parametrize(("late", "state"), [(30 * SECOND, "running"), (MINUTE, "finished")])
def test_an_attempt_is_finished_when_its_time_and_its_grace_are_over(
    app: Flask,
    as_alice: FlaskClient,
    alice: models.User,
    now: datetime,
    late: timedelta,
    state: str,
) -> None:
    with stored(app) as session:
        over = start_attempt(session, alice, now=now - 10 * MINUTE - late)

    told = asked(as_alice, over)

    assert (told["state"], told["remaining_ms"]) == (state, 0)
    assert (rows(app, models.Attempt)[0].finished_at is not None) == (state == "finished")


def test_a_finished_attempt_leads_to_its_result(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    told = asked(as_alice, finished)

    assert (told["state"], told["location"]) == ("finished", f"/attempts/{finished.id}")


def test_the_clock_of_another_is_not_there(
    as_charlie: FlaskClient, attempt: models.Attempt
) -> None:
    assert as_charlie.get(f"/attempts/{attempt.id}/clock").status_code == 404
