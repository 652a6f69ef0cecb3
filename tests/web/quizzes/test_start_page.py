"""What a quiz holds and how long it takes, before it starts."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.factories import MINUTE, make_bank, make_items, rows, start_attempt, stored
from tests.web.pages import Page


def test_the_page_states_questions_time_and_end(as_alice: FlaskClient, now: datetime) -> None:
    page = Page(as_alice.get("/quizzes/math-screen"))

    assert page.heading == "Mathematics screen"
    assert "Questions 4 Time 10 minutes" in page.text
    assert "If you start now, it ends at" in page.text
    assert page.form("/quizzes/math-screen/attempts")["csrf_token"]


def test_a_quiz_without_a_limit_says_so(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get("/quizzes/todays-set"))

    assert "Questions 12 Time untimed, about 18 minutes" in page.text
    assert "There is no clock." in page.text


def test_a_quiz_over_a_small_bank_says_what_it_would_draw(
    app: Flask, as_alice: FlaskClient, bob: models.User
) -> None:
    quiz = {"id": "long", "title": "Long", "questions": 20}
    with stored(app) as session:
        make_bank(session, make_items(5, seconds=90), owner_id=bob.id, quizzes=[quiz])

    page = Page(as_alice.get("/quizzes/small-long"))

    assert "Questions 5 Time untimed, about 8 minutes" in page.text


def test_looking_at_the_page_starts_no_clock(app: Flask, as_alice: FlaskClient) -> None:
    as_alice.get("/quizzes/math-screen")

    assert rows(app, models.Attempt) == []


def test_a_running_attempt_is_resumed_instead(
    as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    page = Page(as_alice.get("/quizzes/math-screen"))

    assert f"/attempts/{attempt.id}" in page.links
    assert page.all("form", action="/quizzes/math-screen/attempts") == []


def test_an_attempt_whose_time_is_up_makes_room_for_another(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        start_attempt(session, alice, now=now - 10 * MINUTE)

    assert Page(as_alice.get("/quizzes/math-screen")).form("/quizzes/math-screen/attempts")


@pytest.mark.parametrize("slug", ["unknown", "MATH-SCREEN", "math-screen'--", "%25", "é" * 300])
def test_an_unknown_quiz_is_not_there(as_alice: FlaskClient, slug: str) -> None:
    assert as_alice.get(f"/quizzes/{slug}").status_code == 404


def test_practice_has_a_page_of_its_own(as_alice: FlaskClient) -> None:
    assert as_alice.get("/quizzes/practice").location == "/practice"
