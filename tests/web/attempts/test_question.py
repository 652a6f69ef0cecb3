"""The page of one question."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.factories import MINUTE, answer, item_at, position_of, start_attempt, stored
from tests.web.pages import Page


@pytest.fixture
def whole(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's open attempt with a question of every kind; 20 minutes."""
    with stored(app) as session:
        return start_attempt(session, alice, "math-whole", now)


def page_of(client: FlaskClient, attempt: models.Attempt, position: int) -> Page:
    return Page(client.get(f"/attempts/{attempt.id}/questions/{position}"))


def test_the_page_asks_the_question(
    app: Flask, as_alice: FlaskClient, whole: models.Attempt
) -> None:
    with stored(app) as session:
        position = position_of(session, whole, "two-urns")

    page = page_of(as_alice, whole, position)

    assert f"Question {position} of 6 Bayes" in page.text
    assert "Which rule turns the drawn ball into evidence?" in page.one("div", id="stem").text
    choices = {each.text.split(" ", 1)[1] for each in page.all("label", class_="choice")}
    assert choices == {"Bayes", "Chebyshev", "Cauchy"}


@pytest.mark.parametrize(
    ("slug", "controls"),
    [
        ("two-urns", {("radio", "choice"): 3}),
        ("discrete-families", {("checkbox", "choice"): 3}),
        ("null-is-proved", {("radio", "choice"): 2}),
        ("posterior-value", {("text", "text"): 1}),
        ("bell-curve", {("text", "text"): 1}),
        ("steps-of-a-test", {("hidden", "line"): 4}),
    ],
)
def test_every_kind_of_question_has_its_controls(
    app: Flask,
    as_alice: FlaskClient,
    whole: models.Attempt,
    slug: str,
    controls: dict[tuple[str, str], int],
) -> None:
    with stored(app) as session:
        position = position_of(session, whole, slug)

    page = page_of(as_alice, whole, position)

    for (kind, name), count in controls.items():
        assert len(page.all("input", type=kind, name=name)) == count
    assert page.all("input", checked="") == []


def test_formulas_are_drawn_by_the_server(
    app: Flask, as_alice: FlaskClient, whole: models.Attempt
) -> None:
    with stored(app) as session:
        position = position_of(session, whole, "posterior-value")

    assert len(page_of(as_alice, whole, position).all("math")) == 3


def test_the_way_on_fits_the_place(as_alice: FlaskClient, attempt: models.Attempt) -> None:
    first, second, last = (page_of(as_alice, attempt, position) for position in (1, 2, 4))

    assert first.all("button", value="previous") == []
    assert second.one("button", value="previous").text == "Previous"
    assert second.one("button", data_next="")["value"] == "next"
    assert last.one("button", data_next="").text == "Review and finish"
    assert last.one("button", data_next="")["value"] == "summary"


def test_enter_never_finishes_the_quiz(as_alice: FlaskClient, attempt: models.Attempt) -> None:
    for position, way in ((1, "next"), (4, "summary")):
        page = page_of(as_alice, attempt, position)

        first = page.all("button", form="answer")[0]
        assert (first["name"], first["value"], first["tabindex"]) == ("go", way, "-1")
        assert page.elements.index(first) < page.elements.index(page.one("form", id="answer"))


def test_the_strip_shows_what_is_answered_and_flagged(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    with stored(app) as session:
        answer(session, attempt, 2, attempt.started_at + MINUTE)
        attempt = session.get_one(models.Attempt, attempt.id)
        attempt.responses[2].is_flagged = True

    page = page_of(as_alice, attempt, 3)

    squares = [each["aria-label"] for each in page.all("button") if each.text in "1 2 3 4".split()]
    assert squares == ["Question 1", "Question 2, answered", "Question 3, flagged", "Question 4"]
    assert page.one("button", aria_current="step").text == "3"
    assert page.one("button", name="flag")["value"] == "off"


def test_what_was_given_is_shown_again(
    app: Flask, as_alice: FlaskClient, whole: models.Attempt
) -> None:
    with stored(app) as session:
        for position in range(1, 7):
            answer(session, whole, position, whole.started_at)
        places = {item_at(session, whole, each).slug: each for each in range(1, 7)}

    pages = {slug: page_of(as_alice, whole, place) for slug, place in places.items()}

    assert pages["two-urns"].one("input", checked="").around[-1].text.endswith("Bayes")
    assert len(pages["discrete-families"].all("input", checked="")) == 2
    assert pages["bell-curve"].one("input", name="text")["value"] == "normal"
    lines = [each.text for each in pages["steps-of-a-test"].all("div", class_="line")]
    assert lines[:2] == ["state the hypothesis", "fix the level"]


def test_the_time_left_is_the_servers(as_alice: FlaskClient, attempt: models.Attempt) -> None:
    timer = page_of(as_alice, attempt, 1).one("span", class_="timer")

    assert 8 * 60_000 < int(timer["data-remaining"]) <= 9 * 60_000


def test_an_untimed_attempt_has_no_timer(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        untimed = start_attempt(session, alice, "todays-set", now)

    page = page_of(as_alice, untimed, 1)

    assert page.all("span", class_="timer") == []
    assert page.all("form", id="time-up") == []


@pytest.mark.parametrize("position", ["0", "5", "999999999999999999999"])
def test_there_are_no_other_questions(
    as_alice: FlaskClient, attempt: models.Attempt, position: str
) -> None:
    assert as_alice.get(f"/attempts/{attempt.id}/questions/{position}").status_code == 404


def test_the_address_of_an_open_attempt_leads_to_its_first_question(
    as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    answer = as_alice.get(f"/attempts/{attempt.id}")

    assert answer.location == f"/attempts/{attempt.id}/questions/1"


def test_the_questions_of_a_finished_attempt_lead_to_its_result(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    answer = as_alice.get(f"/attempts/{finished.id}/questions/1", follow_redirects=True)

    assert answer.request.path == f"/attempts/{finished.id}"
