"""The due list, and the set that is started from it."""

from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.databases import on_every_kind
from tests.factories import rows
from tests.web.pages import Page, post

pytestmark = on_every_kind


def test_a_newcomer_reads_what_comes_here(as_charlie: FlaskClient) -> None:
    page = Page(as_charlie.get("/due"))

    assert "Nothing due" in page.text
    assert not page.all("form", action="/due/attempts")


def test_what_is_due_is_started_with_one_button(
    app: Flask, as_alice: FlaskClient, missed: int
) -> None:
    page = Page(as_alice.get("/due"))
    assert "1 question to see again today" in page.text

    started = as_alice.post("/due/attempts", data=page.form("/due/attempts"))

    attempt = rows(app, models.Attempt)[-1]
    assert started.location == f"/attempts/{attempt.id}/questions/1"
    assert attempt.plan["sections"][0]["items"] == [missed]


def test_what_was_answered_today_is_due_on_later_days_only(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    page = Page(as_alice.get("/due"))

    assert "Nothing is due today." in page.text
    assert "Tomorrow" in page.text
    assert not page.all("form", action="/due/attempts")


def test_nothing_due_cannot_be_started(as_charlie: FlaskClient) -> None:
    answer = post(as_charlie, "/due/attempts")

    assert answer.status_code == 400
    assert "Nothing is due today." in Page(answer).text


def test_another_practice_set_that_is_open_comes_first(
    as_alice: FlaskClient, missed: int, finished: models.Attempt
) -> None:
    first = post(as_alice, f"/attempts/{finished.id}/practice").location
    post(as_alice, first.replace("questions", "responses"), {"flag": "on"})

    refused = post(as_alice, "/due/attempts", follow_redirects=True)

    assert "is still open" in Page(refused).text
