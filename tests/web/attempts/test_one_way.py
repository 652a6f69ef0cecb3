"""A quiz of one question after the other, as a browser without a script takes it."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.factories import fields_for, make_bank, make_items, rows, start_attempt, stored
from tests.web.pages import JSON, Page, post

QUIZ = {"id": "way", "title": "One way", "questions": 3, "one_way": True, "minutes": 10}


@pytest.fixture
def attempt(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's attempt at three questions, one after the other."""
    with stored(app) as session:
        make_bank(session, make_items(3), "way", quizzes=[QUIZ])
        return start_attempt(session, alice, "way", now)


def address(attempt: models.Attempt, place: str = "") -> str:
    return f"/attempts/{attempt.id}{place}"


def go(
    app: Flask, client: FlaskClient, attempt: models.Attempt, position: int, way: str, stage: int
) -> str:
    """Where the button leads, with the right answer in the form."""
    with stored(app) as session:
        fields = fields_for(session, attempt, position)
    path = address(attempt, f"/responses/{position}")
    return str(post(client, path, {**fields, "go": way, "stage": str(stage)}).location)


def test_the_page_leads_on_and_not_back(as_alice: FlaskClient, attempt: models.Attempt) -> None:
    page = Page(as_alice.get(address(attempt, "/questions/1")))

    assert page.one("button", data_next="")["value"] == "on"
    assert "you cannot come back to this question" in page.text
    assert page.one("input", name="stage")["value"] == "1"
    assert page.all("button", value="previous") == []
    # Enter in a text field saves, and does not move on
    assert page.all("button", form="answer")[0]["value"] == "stay"


def test_the_button_saves_and_moves_on(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    location = go(app, as_alice, attempt, 1, "on", 1)

    assert as_alice.get(location).location == address(attempt, "/questions/2")
    assert [row.save_count for row in rows(app, models.Response)] == [1, 0, 0]


def test_two_clicks_move_on_once(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    for _ in range(2):
        location = go(app, as_alice, attempt, 1, "on", 1)

    assert as_alice.get(location).location == address(attempt, "/questions/2")


def test_the_strip_says_in_words_what_is_shut(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    go(app, as_alice, attempt, 1, "on", 1)

    page = Page(as_alice.get(address(attempt, "/questions/2")))

    strip = page.one("nav", aria_label="Questions")
    squares = [each.text for each in page.all("li") if strip in each.around]
    assert squares == ["Question 1 , answered, closed", "2", "Question 3 , not open yet"]
    assert len([each for each in page.all("button", form="answer") if strip in each.around]) == 1


@pytest.mark.parametrize("position", [1, 3])
def test_other_questions_lead_to_the_open_one(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt, position: int
) -> None:
    go(app, as_alice, attempt, 1, "on", 1)

    answer = as_alice.get(address(attempt, f"/questions/{position}"), follow_redirects=True)

    assert answer.request.path == address(attempt, "/questions/2")


def test_a_late_answer_is_told_and_kept(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    go(app, as_alice, attempt, 1, "on", 1)
    with stored(app) as session:
        fields = fields_for(session, attempt, 1, is_right=False)

    reply = post(as_alice, address(attempt, "/responses/1"), fields, headers=JSON)

    assert reply.status_code == 409
    assert reply.json is not None
    assert reply.json["message"].startswith("This question is closed")
    assert (reply.json["goes_on"], reply.json["recovered"]) == (True, True)
    assert len(rows(app, models.RecoveredResponse)) == 1


def test_finishing_early_is_told_as_what_it_is(
    as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    page = Page(as_alice.get(address(attempt, "/submission")))

    assert page.heading == "Finish before the last question?"
    assert "2 questions have not been asked yet" in page.text
    assert page.all("a", aria_label="Question 2") == []


def test_the_clock_tells_which_question_is_open(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    before = as_alice.get(address(attempt, "/clock")).json
    go(app, as_alice, attempt, 1, "on", 1)
    after = as_alice.get(address(attempt, "/clock")).json

    assert before is not None
    assert after is not None
    assert (before["stage"], after["stage"]) == (1, 2)


def test_a_move_needs_the_token_of_the_form_and_the_own_attempt(
    as_alice: FlaskClient, as_charlie: FlaskClient, attempt: models.Attempt
) -> None:
    assert as_alice.post(address(attempt, "/stage"), data={"stage": "1"}).status_code == 400
    assert post(as_charlie, address(attempt, "/stage"), {"stage": "1"}).status_code == 404


@pytest.mark.parametrize("stage", ["", "0", "x", "9" * 30, "-1"])
def test_what_is_no_stage_moves_nothing(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt, stage: str
) -> None:
    post(as_alice, address(attempt, "/stage"), {"stage": stage})

    assert rows(app, models.Attempt)[0].stage_first == 1


def test_the_start_page_of_any_other_quiz_does_not(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get("/quizzes/math-screen"))

    assert "You can move freely between questions and flag them." in page.text


def test_the_start_page_of_a_one_way_quiz_tells_it(
    app: Flask, as_charlie: FlaskClient, attempt: models.Attempt
) -> None:
    page = Page(as_charlie.get("/quizzes/way"))

    assert "Once you move on you cannot go back" in page.text
    assert "move freely" not in page.text
