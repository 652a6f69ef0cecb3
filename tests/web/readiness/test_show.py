"""How ready a learner is, by round and level."""

from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.factories import row_at, stored
from tests.web.pages import Page


def test_a_new_learner_is_told_that_nothing_is_known_yet(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get("/readiness"))

    assert page.heading == "Readiness"
    assert "No answers yet, so nothing is known" in page.text
    assert "no graded answer says how sure you were" in page.text


def test_rounds_raises_and_levels_are_told_with_their_ranges(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    page = Page(as_alice.get("/readiness"))

    assert "of a typical mid-level interview you would answer right today" in page.text
    assert "Mathematics" in page.text
    assert "What it asks beyond entry level" in page.text
    practice = [link for link in page.links if link.startswith("/practice?skills=")]
    assert len(practice) == 3


def test_role_and_level_are_chosen_by_the_address_and_not_stored(as_alice: FlaskClient) -> None:
    chosen = Page(as_alice.get("/readiness?role=machine-learning-engineer&level=senior"))

    assert "Machine learning engineer, senior level." in chosen.text
    assert "Data scientist, mid level." in Page(as_alice.get("/readiness")).text


def test_a_level_that_asks_a_role_nothing_says_so(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get("/readiness?role=' OR 1=1&level=%00"))

    assert "Data scientist, mid level." in page.text


def test_what_was_said_stands_beside_what_came_of_it(
    app: Flask, as_alice: FlaskClient, finished: models.Attempt
) -> None:
    with stored(app) as session:
        for position in (1, 2, 4):
            row_at(session, finished, position).confidence = 3

    page = Page(as_alice.get("/readiness"))

    assert (
        "When sure you were right in 2 of 3."
        in page.one("svg", class_="chart lines judged")["aria-label"]
    )
    assert "Sure too few to say 2 of 3 67 %" in page.text
    assert "The Brier score is shown from ten such answers on." in page.text


def test_each_round_has_its_own_past(as_alice: FlaskClient, finished: models.Attempt) -> None:
    page = Page(as_alice.get("/readiness/rounds?level=entry"))

    assert "Data scientist, entry level" in page.text
    assert [each.text for each in page.all("h2")] == ["Mathematics", "ML fundamentals", "Coding"]


def test_a_past_of_nothing_says_so(as_charlie: FlaskClient, finished: models.Attempt) -> None:
    assert "Nothing yet" in Page(as_charlie.get("/readiness/rounds")).text
