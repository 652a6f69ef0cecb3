"""Everything that can be started."""

from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.domain.timing import Accommodation
from quizapp.services import accommodations, quizzes
from tests.factories import MINUTE, make_bank, make_items, stored
from tests.web.pages import Page


def test_quizzes_stand_under_their_banks(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get("/quizzes"))

    assert [each.text for each in page.all("h2")] == [
        "Across all banks",
        "Mathematics",
        "ML fundamentals",
        "Coding",
        "System design",
    ]
    assert "4 questions, 10 min" in page.text
    assert {"/quizzes/todays-set", "/quizzes/mock-interview", "/practice"} <= set(page.links)


def test_an_instructors_quiz_says_whose_it_is(
    app: Flask, as_alice: FlaskClient, bob: models.User
) -> None:
    with stored(app) as session:
        make_bank(session, make_items(1), owner_id=bob.id)

    page = Page(as_alice.get("/quizzes"))

    assert [each.text for each in page.all("h2")][-1] == "Small, by Bob"
    assert "1 question, 2 min" in page.text


def test_banks_whose_titles_differ_in_case_are_both_listed(
    app: Flask, as_alice: FlaskClient, bob: models.User
) -> None:
    with stored(app) as session:
        for slug, title in (("one", "SQL set"), ("two", "sql set")):
            make_bank(session, make_items(1), slug=slug, owner_id=bob.id, title=title)

    page = Page(as_alice.get("/quizzes"))

    assert {"/quizzes/one", "/quizzes/two"} <= set(page.links)


def test_each_quiz_says_what_it_would_draw(
    app: Flask, as_alice: FlaskClient, bob: models.User
) -> None:
    quiz = {"id": "long", "title": "Long", "questions": 20}
    with stored(app) as session:
        make_bank(session, make_items(5, seconds=90), owner_id=bob.id, quizzes=[quiz])

    rows = [each.text for each in Page(as_alice.get("/quizzes")).all("li") if "Open" in each.text]

    assert rows[1].startswith("Mock interview")
    assert "13 questions, 60 min" in rows[1]
    assert "5 questions, 8 min, untimed" in rows[-1]


def test_a_withdrawn_quiz_is_gone(app: Flask, as_alice: FlaskClient, now: datetime) -> None:
    with stored(app) as session:
        quizzes.find(session, "math-screen").retired_at = now

    assert "/quizzes/math-screen" not in Page(as_alice.get("/quizzes")).links
    assert as_alice.get("/quizzes/math-screen").status_code == 404


def test_an_open_attempt_can_be_resumed(as_alice: FlaskClient, attempt: models.Attempt) -> None:
    page = Page(as_alice.get("/quizzes"))

    assert page.one("div", class_="resume").text.startswith("Mathematics screen is still open")
    assert f"/attempts/{attempt.id}" in page.links


def test_the_minutes_are_those_of_the_person(
    app: Flask, as_alice: FlaskClient, alice: models.User, admin: models.User, now: datetime
) -> None:
    with stored(app) as session:
        accommodations.grant(session, admin.id, alice.id, Accommodation(1.25), now)

    assert "4 questions, 12.5 min" in Page(as_alice.get("/quizzes")).text


def test_a_quiz_says_when_it_closes_and_that_it_has_closed(
    app: Flask, as_alice: FlaskClient, now: datetime
) -> None:
    with stored(app) as session:
        quizzes.find(session, "math-screen").closes_at = now - MINUTE
        quizzes.find(session, "ml").closes_at = now + MINUTE

    page = Page(as_alice.get("/quizzes"))

    assert "Mathematics screen closed" in [each.text for each in page.all("h3")]
    assert (now + MINUTE).isoformat() in [each["datetime"] for each in page.all("time")]
