"""A learner marks their own answer, and the score follows."""

import csv
import io
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.essays import HALF, mark_as, mark_own, take_essay
from tests.factories import rows, stored
from tests.web.pages import Page, post

FIELDS = {"points-0": "1", "points-1": "0.5"}


def own_mark(written: models.Attempt) -> str:
    return f"/attempts/{written.id}/responses/1/mark"


def result(client: FlaskClient, written: models.Attempt) -> Page:
    return Page(client.get(f"/attempts/{written.id}"))


def test_the_result_counts_what_is_marked_and_says_what_is_not(
    as_alice: FlaskClient, written: models.Attempt
) -> None:
    text = result(as_alice, written).text

    assert "1 of 1 points so far; 1 answer (up to 3 points) awaits marking, 1 of 1 right" in text
    assert "Mark your own answer" in text
    assert "Practise the" not in text


def test_answer_model_and_rubric_stand_together(
    as_alice: FlaskClient, written: models.Attempt
) -> None:
    html = as_alice.get(f"/attempts/{written.id}").text

    assert "First the goals:\n  - fast\n  - right" in html
    assert "<strong>clicks</strong>" in html
    for text in ("Names the metric", "Half without a guardrail.", "From its power"):
        assert text in html


def test_of_nothing_marked_there_is_no_percentage(
    app: Flask, as_alice: FlaskClient, alice: models.User, bob: models.User
) -> None:
    with stored(app) as session:
        written = take_essay(session, alice, bob, with_choice=False)

    pages = [as_alice.get(path).text for path in (f"/attempts/{written.id}", "/history?span=all")]

    assert "0<small>%" not in pages[0]
    assert "0 of" not in Page(as_alice.get(f"/attempts/{written.id}")).text
    assert '<td class="r">–</td>' in pages[1]


def test_history_and_overview_say_that_it_is_not_final(
    as_alice: FlaskClient, written: models.Attempt
) -> None:
    for path in ("/history", "/"):
        text = Page(as_alice.get(path)).text
        assert "so far: 1 answer awaits its score" in text
        assert "1 of 1" in text


def test_the_own_mark_counts(app: Flask, as_alice: FlaskClient, written: models.Attempt) -> None:
    answer = post(as_alice, own_mark(written), FIELDS)

    assert answer.location == f"/attempts/{written.id}#question-1"
    page = result(as_alice, written)
    assert "2.5 of 4 points, 1 of 2 right" in page.text
    assert page.one("input", name="points-0")["value"] == "1"
    assert "Change my mark" in page.text
    assert rows(app, models.Attempt)[-1].awaiting_count == 0


@pytest.mark.parametrize("fields", [{}, {"points-0": "1"}, FIELDS | {"points-0": "2.5"}])
def test_points_that_cannot_be_given_are_explained(
    app: Flask, as_alice: FlaskClient, written: models.Attempt, fields: dict[str, str]
) -> None:
    answer = post(as_alice, own_mark(written), fields)

    assert "from 0 to what it is worth" in as_alice.get(answer.location).text
    assert rows(app, models.Mark) == []


def test_after_an_instructor_it_is_refused(
    app: Flask, as_alice: FlaskClient, bob: models.User, written: models.Attempt
) -> None:
    with stored(app) as session:
        mark_as(session, bob, written, HALF)

    answer = post(as_alice, own_mark(written), FIELDS | {"points-0": "2"})

    assert "their mark counts" in as_alice.get(answer.location).text
    assert [mark.kind for mark in rows(app, models.Mark)] == ["instructor"]


def test_a_blank_answer_shows_the_rubric_and_no_form(
    app: Flask, as_alice: FlaskClient, alice: models.User, bob: models.User
) -> None:
    with stored(app) as session:
        written = take_essay(session, alice, bob, text=None)

    page = result(as_alice, written)

    assert "Names the metric" in page.text
    assert page.all("input", name="points-0") == []


def test_the_record_tells_of_marks(
    app: Flask, as_alice: FlaskClient, bob: models.User, written: models.Attempt
) -> None:
    with stored(app) as session:
        mark_own(session, written, HALF)
        mark_as(session, bob, written, HALF, comment="Well.")

    text = Page(as_alice.get(f"/attempts/{written.id}/record")).text

    assert "Marked their own answer to question 1" in text
    assert "Marked question 1" in text
    assert "Well." in text


def test_both_exports_hold_both_marks(
    app: Flask, as_alice: FlaskClient, bob: models.User, written: models.Attempt
) -> None:
    with stored(app) as session:
        mark_own(session, written, HALF)
        mark_as(session, bob, written, {0: "2", 1: "1"}, comment="=Well.")

    (attempt,) = as_alice.get("/history/export.json").get_json()["attempts"]
    response, other = attempt["responses"]
    assert response["response"] == "First the goals:\n  - fast\n  - right"
    assert [(each["kind"], each["points"], each["score"]) for each in response["marks"]] == [
        ("instructor", [2.0, 1.0], 1.0),
        ("self", [1.0, 0.5], 0.5),
    ]
    assert response["marks"][0]["comment"] == "=Well."
    assert other["marks"] == []
    text = as_alice.get("/history/export.csv").text.removeprefix("\ufeff")
    row = next(csv.DictReader(io.StringIO(text)))
    assert (row["self_score"], row["instructor_score"]) == ("0.5", "1.0")
    assert row["comment"] == "'=Well."


def test_the_page_of_an_open_answer_helps_to_write(
    app: Flask, as_charlie: FlaskClient, charlie: models.User, bob: models.User, now: datetime
) -> None:
    with stored(app) as session:
        attempt = take_essay(session, charlie, bob, now, text=None, is_finished=False)

    page = Page(as_charlie.get(f"/attempts/{attempt.id}/questions/1"))

    assert page.one("textarea", name="lines")["rows"] == "12"
    assert "A person marks this answer." in page.text
