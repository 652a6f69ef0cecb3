"""Practising what was missed."""

from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.databases import on_every_kind
from tests.factories import MINUTE, item_at, rows, stored, take_attempt
from tests.web.pages import Page, post

pytestmark = on_every_kind


def test_what_was_missed_becomes_a_practice_set(
    app: Flask, as_alice: FlaskClient, finished: models.Attempt
) -> None:
    form = Page(as_alice.get(f"/attempts/{finished.id}")).form(f"/attempts/{finished.id}/practice")
    answer = as_alice.post(f"/attempts/{finished.id}/practice", data=form)

    practice = rows(app, models.Attempt)[-1]
    with stored(app) as session:
        missed = {item_at(session, finished, position).slug for position in (4, 5, 6)}
        asked = {item_at(session, practice, position).slug for position in (1, 2, 3)}
    assert answer.location == f"/attempts/{practice.id}/questions/1"
    assert (practice.title, practice.ends_at) == ("Missed in All of mathematics", None)
    assert asked == missed


def test_nothing_missed_is_nothing_to_practise(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        perfect = take_attempt(session, alice, now=now - 9 * MINUTE, right=(1, 2, 3, 4))

    answer = post(as_alice, f"/attempts/{perfect.id}/practice")

    assert answer.status_code == 400
    assert "Nothing was missed in this attempt." in Page(answer).text


def test_an_open_attempt_tells_nothing_about_what_was_missed(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    assert post(as_alice, f"/attempts/{attempt.id}/practice").status_code == 400
    assert len(rows(app, models.Attempt)) == 1


def test_practising_again_and_again_keeps_a_readable_title(
    app: Flask, as_alice: FlaskClient, finished: models.Attempt
) -> None:
    latest = finished
    for _ in range(3):
        post(as_alice, f"/attempts/{latest.id}/practice")
        latest = rows(app, models.Attempt)[-1]
        post(as_alice, f"/attempts/{latest.id}/submission")

    assert latest.title == "Missed in All of mathematics"


def test_another_practice_set_with_answers_is_finished_first(
    app: Flask, as_alice: FlaskClient, finished: models.Attempt
) -> None:
    first = post(as_alice, "/practice", {"questions": "3", "timed": "no"}).location
    post(as_alice, first.replace("questions", "responses"), {"flag": "on"})

    answer = post(as_alice, f"/attempts/{finished.id}/practice", follow_redirects=True)

    assert "“Practice: all skills” is still open." in Page(answer).text
    assert len(rows(app, models.Attempt)) == 2
