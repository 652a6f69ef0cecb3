"""The deadline holds on every page, though nothing runs at that second."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.databases import on_every_kind
from tests.factories import MINUTE, answer, rows, start_attempt, stored
from tests.web.pages import Page, post

pytestmark = on_every_kind


@pytest.fixture
def late(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's open attempt whose time was up a minute ago; one question is answered."""
    with stored(app) as session:
        late = start_attempt(session, alice, now=now - 11 * MINUTE)
        answer(session, late, 1, now - 10 * MINUTE)
        return late


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
