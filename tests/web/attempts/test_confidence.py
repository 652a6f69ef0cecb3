"""Saying how sure one is: asked on the page, saved with the answer, told in the result."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from quizapp.db import models
from tests.factories import fields_for, make_bank, make_items, rows, start_attempt, stored
from tests.web.pages import JSON, Page, post


@pytest.fixture
def asked(app: Flask, alice: models.User) -> models.Attempt:
    """Alice's attempt at two questions whose confidence is scored."""
    quiz = {"id": "sure", "title": "Sure?", "questions": 2, "scoring": {"confidence": "scored"}}
    with stored(app) as session:
        make_bank(session, make_items(2), "sure", quizzes=[quiz])
        return start_attempt(session, alice, "sure")


def address(attempt: models.Attempt, place: str = "questions/1") -> str:
    return f"/attempts/{attempt.id}/{place}"


def levels(page: Page) -> list[tuple[str, bool]]:
    """What the page offers, and whether it is chosen."""
    return [(each["value"], "checked" in each) for each in page.all("input", name="confidence")]


def answer(
    app: Flask, client: FlaskClient, attempt: models.Attempt, confidence: str, **more: str
) -> None:
    with stored(app) as session:
        fields = fields_for(session, attempt, 1)
    post(client, address(attempt, "responses/1"), {**fields, "confidence": confidence, **more})


def test_the_page_asks_how_sure_and_says_what_it_leads_to(
    as_alice: FlaskClient, asked: models.Attempt
) -> None:
    page = Page(as_alice.get(address(asked)))

    assert levels(page) == [("3", False), ("2", False), ("1", False)]
    assert "How sure are you?" in page.text
    assert "Sure right +1, wrong −2" in page.text
    assert "Guessing right +0.33, wrong 0" in page.text


def test_a_quiz_without_the_rule_does_not_ask(app: Flask, as_alice: FlaskClient) -> None:
    location = post(as_alice, "/quizzes/math-screen/attempts").location

    assert levels(Page(as_alice.get(location))) == []


def test_what_was_said_is_shown_again(
    app: Flask, as_alice: FlaskClient, asked: models.Attempt
) -> None:
    answer(app, as_alice, asked, "2")

    assert ("2", True) in levels(Page(as_alice.get(address(asked))))


@pytest.mark.parametrize("posted", ["", "0", "4", "sure", "-1", "2.5", "²", "9" * 400])
def test_a_confidence_that_is_none_is_not_stored(
    app: Flask, as_alice: FlaskClient, asked: models.Attempt, posted: str
) -> None:
    answer(app, as_alice, asked, posted)

    first = rows(app, models.Response)[0]
    assert (first.confidence, first.value is None) == (None, False)


def test_a_confidence_alone_does_not_answer(as_alice: FlaskClient, asked: models.Attempt) -> None:
    fields = {"confidence": "3"}

    reply = post(as_alice, address(asked, "responses/1"), fields, headers=JSON).get_json()

    assert (reply["answered"], reply["save_count"]) == (False, 1)


def test_the_page_of_two_answers_carries_it_on(
    app: Flask, as_alice: FlaskClient, asked: models.Attempt
) -> None:
    answer(app, as_alice, asked, "3")
    with stored(app) as session:
        fields = fields_for(session, asked, 1)

    page = Page(
        post(as_alice, address(asked, "responses/1"), {**fields, "confidence": "1", "seen": "0"})
    )

    assert page.one("input", name="confidence")["value"] == "1"
    assert "How sure: guessing" in page.text
    assert "How sure: sure" in page.text


def test_the_result_tells_what_came_of_being_sure(
    app: Flask, as_alice: FlaskClient, asked: models.Attempt
) -> None:
    answer(app, as_alice, asked, "3")
    with stored(app) as session:
        fields = fields_for(session, asked, 2, is_right=False)
    post(as_alice, address(asked, "responses/2"), {**fields, "confidence": "3"})
    post(as_alice, address(asked, "submission"))

    page = Page(as_alice.get(f"/attempts/{asked.id}"))

    assert "Sure 1 0 1 −1 of 2" in page.text
    assert "−2 of 1 point" in page.text
    assert "The points add up to −1; a total below 0 counts as 0." in page.text
    assert "0 of 2 points, 1 of 2 right" in page.text


def test_the_record_and_the_export_tell_it(
    app: Flask, as_alice: FlaskClient, asked: models.Attempt
) -> None:
    answer(app, as_alice, asked, "1")
    answer(app, as_alice, asked, "2")
    post(as_alice, address(asked, "submission"))

    record = Page(as_alice.get(address(asked, "record"))).text
    exported = as_alice.get("/history/export.json").get_json()["attempts"][0]["responses"][0]

    assert "Said how sure of question 1" in record
    assert "How sure: fairly sure" in record
    assert (exported["confidence"], exported["max_points"]) == (2, 1.0)
    assert exported["points"] == pytest.approx(2 / 3)


def test_practice_asks_it_when_it_is_wanted(app: Flask, as_alice: FlaskClient) -> None:
    choice = {"skills": ["math.probability"], "questions": "2", "timed": "no", "confidence": "y"}

    page = Page(as_alice.get(post(as_alice, "/practice", choice).location))

    assert len(levels(page)) == 3
    assert "wrong" not in page.text


def test_the_start_page_tells_the_rules(as_alice: FlaskClient, asked: models.Attempt) -> None:
    del asked

    page = Page(as_alice.get("/quizzes/sure"))

    assert "How it is scored" in page.text
    assert "minus twice the points if you are wrong" in page.text
    assert "How it is scored" not in Page(as_alice.get("/quizzes/math-whole")).text


def test_the_change_of_the_confidence_alone_is_recorded(
    app: Flask, as_alice: FlaskClient, asked: models.Attempt
) -> None:
    answer(app, as_alice, asked, "1")
    answer(app, as_alice, asked, "3")

    with stored(app) as session:
        found = session.scalars(select(models.ResponseChange.confidence)).all()
    assert found == [1, 3]


def test_what_was_sure_and_wrong_is_reviewed_first(
    app: Flask, as_alice: FlaskClient, asked: models.Attempt
) -> None:
    for position, is_right in ((1, True), (2, False)):
        with stored(app) as session:
            fields = fields_for(session, asked, position, is_right=is_right)
        given = {**fields, "confidence": "3"}
        post(as_alice, address(asked, f"responses/{position}"), given)
    post(as_alice, address(asked, "submission"))

    page = Page(as_alice.get(f"/attempts/{asked.id}"))

    assert [each["id"] for each in page.all("article")] == ["question-2", "question-1"]
    headings = [each.text for each in page.all("h3", class_="group")]
    assert headings == ["Sure, and wrong", "The others, in their order"]


def test_without_such_a_question_the_review_goes_by_position(
    app: Flask, as_alice: FlaskClient, asked: models.Attempt
) -> None:
    answer(app, as_alice, asked, "1", choice="0")
    post(as_alice, address(asked, "submission"))

    page = Page(as_alice.get(f"/attempts/{asked.id}"))

    assert [each["id"] for each in page.all("article")] == ["question-1", "question-2"]
    assert page.all("h3", class_="group") == []
