"""Feedback after each question, as a browser without a script gets it; and no key of any other."""

from collections.abc import Mapping
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.factories import fields_for, make_bank, make_item, rows, start_attempt, stored
from tests.web.pages import JSON, Page, post

COUNT = 3


@pytest.fixture
def attempt(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's attempt at three questions, each with a canary in what tells its key."""
    quiz = {"id": "each", "title": "Each", "questions": COUNT, "feedback": "each"}
    items = [
        make_item(f"item-{number}", explanation=f"canary {number}", references=[f"canary {number}"])
        for number in range(1, COUNT + 1)
    ]
    with stored(app) as session:
        make_bank(session, items, "each", quizzes=[{**quiz, "fixed_order": True}])
        return start_attempt(session, alice, "each", now)


def address(attempt: models.Attempt, place: str) -> str:
    return f"/attempts/{attempt.id}/{place}"


def check(
    client: FlaskClient, attempt: models.Attempt, position: int, fields: Mapping[str, object]
) -> str:
    path = address(attempt, f"responses/{position}")
    return str(post(client, path, {**fields, "go": "check"}).location)


def given(
    app: Flask, attempt: models.Attempt, position: int, *, is_right: bool
) -> dict[str, object]:
    with stored(app) as session:
        return {**fields_for(session, attempt, position, is_right=is_right)}


def all_pages(client: FlaskClient, attempt: models.Attempt) -> dict[str, str]:
    """Every page of the open attempt, and the others that tell of it."""
    questions = [address(attempt, f"questions/{each}") for each in range(1, COUNT + 1)]
    others = [address(attempt, "submission"), address(attempt, "clock"), "/", "/history"]
    paths = [*questions, *others, "/history/export.json", "/history/export.csv"]
    return {path: client.get(path).text for path in paths}


@pytest.mark.parametrize("is_right", [True, False, None], ids=["right", "wrong", "blank"])
def test_only_the_page_of_the_checked_question_holds_its_key(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt, is_right: bool | None
) -> None:
    fields = {} if is_right is None else given(app, attempt, 2, is_right=is_right)
    assert "canary" not in "".join(all_pages(as_alice, attempt).values())

    location = check(as_alice, attempt, 2, fields)

    pages = all_pages(as_alice, attempt)
    shown = pages.pop(location)
    assert "canary 2" in shown
    assert "canary 1" not in shown
    assert "canary 3" not in shown
    assert "canary" not in "".join(pages.values())


def test_the_page_shows_what_was_right_and_offers_no_change(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    location = check(as_alice, attempt, 1, given(app, attempt, 1, is_right=True))

    page = Page(as_alice.get(location))

    assert page.one("h2", id="feedback").text == "Right"
    assert "1 of 1 point" in page.text
    assert "This answer is final." in page.text
    assert "your answer, correct" in page.text
    assert page.all("input", name="choice") == []
    assert page.all("button", name="flag") == []
    assert page.all("button", value="check") == []
    path = page.one("form", id="answer")["action"]
    assert post(as_alice, path, {"go": "next"}).location == address(attempt, "questions/2")
    assert rows(app, models.Response)[0].save_count == 1


def test_a_changed_answer_is_refused_and_says_why(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    check(as_alice, attempt, 1, given(app, attempt, 1, is_right=False))

    fields = given(app, attempt, 1, is_right=True)
    reply = post(as_alice, address(attempt, "responses/1"), fields, headers=JSON)

    assert reply.status_code == 409
    assert reply.json is not None
    assert reply.json["message"].startswith("You have seen what is right here")
    assert rows(app, models.Response)[0].save_count == 1


def test_a_reply_to_a_save_holds_no_key(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    check(as_alice, attempt, 1, {})

    for position in range(1, COUNT + 1):
        fields = given(app, attempt, position, is_right=True)
        path = address(attempt, f"responses/{position}")
        assert "canary" not in post(as_alice, path, fields, headers=JSON).text


def test_nobody_checks_where_the_quiz_does_not_say_so(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        other = start_attempt(session, alice, "math-screen", now)

    location = check(as_alice, other, 1, {})

    assert rows(app, models.Response)[0].checked_at is None
    assert Page(as_alice.get(location)).all("section", aria_labelledby="feedback") == []


def test_the_way_on_is_the_own_attempts(as_charlie: FlaskClient, attempt: models.Attempt) -> None:
    assert post(as_charlie, address(attempt, "departures/1"), {"go": "next"}).status_code == 404


def test_practice_may_show_it_after_each_question(app: Flask, as_alice: FlaskClient) -> None:
    fields = {"questions": "2", "timed": "no", "feedback": "y"}
    location = post(as_alice, "/practice", fields).location

    assert Page(as_alice.get(location)).one("button", value="check").text == "Check answer"


def test_the_start_page_tells_it(as_charlie: FlaskClient, attempt: models.Attempt) -> None:
    page = Page(as_charlie.get("/quizzes/each"))

    assert "After each question you can see what is right" in page.text
    assert "explanations are shown when you finish" not in page.text
