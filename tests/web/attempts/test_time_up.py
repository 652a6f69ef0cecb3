"""The deadline holds on every page, though nothing runs at that second."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.databases import on_every_kind
from tests.factories import MINUTE, answer, fields_for, rows, start_attempt, stored
from tests.web.pages import Page, post

pytestmark = on_every_kind

SECOND = timedelta(seconds=1)


@pytest.fixture
def late(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's open attempt whose time was up a minute ago; one question is answered."""
    with stored(app) as session:
        late = start_attempt(session, alice, now=now - 11 * MINUTE)
        answer(session, late, 1, now - 10 * MINUTE)
        return late


@pytest.fixture
def just_over(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's open attempt whose time was up 20 seconds ago."""
    with stored(app) as session:
        return start_attempt(session, alice, now=now - 10 * MINUTE - 20 * SECOND)


@pytest.mark.parametrize("page", ["", "/questions/1", "/submission", "/clock", "/record"])
def test_within_the_grace_looking_closes_nothing(
    app: Flask, as_alice: FlaskClient, just_over: models.Attempt, page: str
) -> None:
    as_alice.get(f"/attempts/{just_over.id}{page}", follow_redirects=True)

    assert rows(app, models.Attempt)[0].finished_at is None


@pytest.mark.parametrize("page", ["", "/questions/1", "/questions/4", "/submission", "/pause"])
def test_within_the_grace_every_page_says_that_the_time_is_up_and_leads_to_the_result(
    app: Flask, as_alice: FlaskClient, just_over: models.Attempt, page: str
) -> None:
    shown = as_alice.get(f"/attempts/{just_over.id}{page}", follow_redirects=True)
    action = f"/attempts/{just_over.id}/submission"

    assert (shown.request.path, Page(shown).heading) == (action, "Time is up")
    buttons = [each.text for each in Page(shown).all("button", class_="btn primary")]
    assert buttons == ["See the result"]

    as_alice.post(action, data=Page(shown).form(action))
    (closed,) = rows(app, models.Attempt)
    assert (closed.closed_by, closed.finished_at) == ("deadline", just_over.ends_at)


def test_what_is_saved_in_the_grace_counts_though_somebody_looked(
    app: Flask, as_alice: FlaskClient, just_over: models.Attempt
) -> None:
    as_alice.get(f"/attempts/{just_over.id}", follow_redirects=True)
    with stored(app) as session:
        fields = fields_for(session, just_over, 1)

    post(as_alice, f"/attempts/{just_over.id}/responses/1", fields)

    answer = post(as_alice, f"/attempts/{just_over.id}/submission", follow_redirects=True)
    assert "1 of 4 right" in Page(answer).text


@pytest.mark.parametrize("page", ["", "/questions/1", "/questions/4", "/submission"])
def test_every_page_of_the_attempt_leads_to_its_result(
    app: Flask, as_alice: FlaskClient, late: models.Attempt, page: str
) -> None:
    shown = as_alice.get(f"/attempts/{late.id}{page}", follow_redirects=True)

    assert "when the time was up" in Page(shown).text
    (closed,) = rows(app, models.Attempt)
    assert (closed.closed_by, closed.finished_at) == ("deadline", late.ends_at)


def test_finishing_late_counts_as_finished_at_the_deadline(
    app: Flask, as_alice: FlaskClient, late: models.Attempt
) -> None:
    post(as_alice, f"/attempts/{late.id}/submission")

    (closed,) = rows(app, models.Attempt)
    assert (closed.closed_by, closed.finished_at) == ("deadline", late.ends_at)
    assert closed.points is not None


def test_what_was_saved_before_the_deadline_counts(
    as_alice: FlaskClient, late: models.Attempt
) -> None:
    page = Page(as_alice.get(f"/attempts/{late.id}"))

    assert "1 of 4 right" in page.text
    assert "Unanswered 3" in page.text


def test_somebody_else_does_not_close_it(
    app: Flask, as_charlie: FlaskClient, late: models.Attempt
) -> None:
    assert as_charlie.get(f"/attempts/{late.id}").status_code == 404
    assert rows(app, models.Attempt)[0].finished_at is None
