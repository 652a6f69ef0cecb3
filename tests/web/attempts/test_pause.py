"""Pausing: the questions are hidden and the clock stands still."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import clocks
from tests.databases import on_every_kind
from tests.factories import MINUTE, grant, item_at, rows, start_attempt, stored
from tests.web.pages import JSON, Page, post

SECOND = timedelta(seconds=1)


@pytest.fixture
def pausable(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's attempt of 10 minutes, begun 5 minutes ago, which she may pause for 15."""
    with stored(app) as session:
        grant(session, alice, pause_minutes=15)
        return start_attempt(session, alice, now=now - 5 * MINUTE)


@pytest.fixture
def paused(app: Flask, pausable: models.Attempt, now: datetime) -> models.Attempt:
    """The same, paused two minutes ago."""
    return pause(app, pausable, now - 2 * MINUTE)


def pause(app: Flask, attempt: models.Attempt, at: datetime) -> models.Attempt:
    with stored(app) as session:
        return clocks.pause(session, attempt.user_id, attempt.id, at)


def save_address(attempt: models.Attempt) -> str:
    return f"/attempts/{attempt.id}/responses/1"


@on_every_kind
def test_the_button_of_a_question_leads_to_a_page_without_any(
    app: Flask, as_alice: FlaskClient, pausable: models.Attempt
) -> None:
    address = f"/attempts/{pausable.id}/pause"
    form = Page(as_alice.get(f"/attempts/{pausable.id}/questions/1")).form(address)

    answer = as_alice.post(address, data=form)

    assert answer.location == address
    assert Page(as_alice.get(address)).heading == "Paused"
    assert rows(app, models.Attempt)[0].paused_at is not None


def test_without_a_script_the_answer_is_saved_before_the_pause(
    app: Flask, as_alice: FlaskClient, pausable: models.Attempt
) -> None:
    answer = post(as_alice, save_address(pausable), {"flag": "on", "go": "pause"})

    assert answer.location == f"/attempts/{pausable.id}/pause"
    assert rows(app, models.Attempt)[0].paused_at is not None
    assert rows(app, models.Response)[0].is_flagged


@pytest.mark.parametrize("page", ["", "/questions/1", "/questions/4", "/submission"])
def test_every_page_of_a_paused_attempt_leads_to_its_pause(
    app: Flask, as_alice: FlaskClient, paused: models.Attempt, page: str
) -> None:
    with stored(app) as session:
        stems = [item_at(session, paused, each).question.stem for each in range(1, 5)]

    answer = as_alice.get(f"/attempts/{paused.id}{page}", follow_redirects=True)

    assert answer.request.path == f"/attempts/{paused.id}/pause"
    assert [stem for stem in stems if stem in answer.text] == []


@on_every_kind
def test_going_on_leads_back_to_the_questions_and_gives_the_rest_back(
    app: Flask, as_alice: FlaskClient, paused: models.Attempt, now: datetime
) -> None:
    address = f"/attempts/{paused.id}/resumption"
    form = Page(as_alice.get(f"/attempts/{paused.id}/pause")).form(address)

    answer = as_alice.post(address, data=form, follow_redirects=True)

    (row,) = rows(app, models.Attempt)
    assert answer.request.path == f"/attempts/{paused.id}/questions/1"
    assert row.ends_at is not None
    assert timedelta(0) <= row.ends_at - (now + 7 * MINUTE) < MINUTE
    assert 120 <= row.paused_seconds < 180


@on_every_kind
def test_a_save_that_was_under_way_still_counts(
    app: Flask, as_alice: FlaskClient, pausable: models.Attempt, now: datetime
) -> None:
    pause(app, pausable, now - 20 * SECOND)

    reply = post(as_alice, save_address(pausable), {"flag": "on"}, headers=JSON)

    assert reply.status_code == 200
    assert rows(app, models.Response)[0].is_flagged
    assert rows(app, models.Attempt)[0].paused_at is not None


@on_every_kind
def test_a_later_save_is_told_that_the_attempt_is_paused(
    app: Flask, as_alice: FlaskClient, paused: models.Attempt
) -> None:
    reply = post(as_alice, save_address(paused), {"flag": "on"}, headers=JSON)

    assert reply.status_code == 409
    assert reply.get_json() == {
        "message": "This attempt is paused. Go on, then answer.",
        "paused": True,
        "location": f"/attempts/{paused.id}/pause",
    }
    assert not rows(app, models.Response)[0].is_flagged


def test_a_form_from_before_the_pause_leads_to_it(
    as_alice: FlaskClient, paused: models.Attempt
) -> None:
    answer = post(as_alice, save_address(paused), {"flag": "on", "go": "next"})

    assert answer.location == f"/attempts/{paused.id}/pause"


@on_every_kind
def test_a_paused_attempt_can_be_finished(
    app: Flask, as_alice: FlaskClient, paused: models.Attempt
) -> None:
    post(as_alice, f"/attempts/{paused.id}/submission")

    (row,) = rows(app, models.Attempt)
    assert (row.closed_by, row.paused_at) == ("learner", None)
    assert as_alice.get(f"/attempts/{paused.id}/pause").location == f"/attempts/{paused.id}"


@pytest.mark.parametrize("action", ["pause", "resumption"])
def test_the_buttons_of_an_attempt_that_is_finished_lead_to_its_result(
    as_alice: FlaskClient, finished: models.Attempt, action: str
) -> None:
    answer = post(as_alice, f"/attempts/{finished.id}/{action}", follow_redirects=True)

    assert answer.request.path == f"/attempts/{finished.id}"


def test_who_was_granted_no_pause_is_offered_none(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    page = Page(as_alice.get(f"/attempts/{attempt.id}/questions/1"))
    answer = post(as_alice, f"/attempts/{attempt.id}/pause")

    assert page.all("form", action=f"/attempts/{attempt.id}/pause") == []
    assert answer.status_code == 409
    assert "cannot be paused" in Page(answer).text


def test_a_pause_that_is_used_up_is_not_offered_again(
    app: Flask, as_alice: FlaskClient, pausable: models.Attempt, now: datetime
) -> None:
    with stored(app) as session:
        session.get_one(models.Attempt, pausable.id).pause_left_seconds = 60
    pause(app, pausable, now - 3 * MINUTE)

    page = Page(as_alice.get(f"/attempts/{pausable.id}/questions/1"))

    assert page.all("form", action=f"/attempts/{pausable.id}/pause") == []


def test_practice_may_be_paused_by_everybody(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        practice = start_attempt(session, alice, "todays-set", now)

    answer = post(as_alice, f"/attempts/{practice.id}/pause", follow_redirects=True)

    assert Page(answer).heading == "Paused"


def test_a_running_attempt_has_no_pause_to_look_at(
    as_alice: FlaskClient, pausable: models.Attempt
) -> None:
    answer = as_alice.get(f"/attempts/{pausable.id}/pause")

    assert answer.location == f"/attempts/{pausable.id}"
