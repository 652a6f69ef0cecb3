"""An instructor marks an answer, and the learner sees it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.essays import ALL, HALF, mark_as, mark_own, take_essay
from tests.factories import MINUTE, rows, stored
from tests.web.pages import Page, post

FIELDS = {"points-0": "1", "points-1": "0.5", "comment": "Say why.\nAnd <b>how</b>.", "seen": "0"}


def address(written: models.Attempt) -> str:
    return f"/marking/{written.id}/1"


def test_the_list_names_question_learner_and_quiz(
    as_bob: FlaskClient, written: models.Attempt
) -> None:
    page = Page(as_bob.get("/marking"))

    assert page.all("a", href=address(written))
    for text in ("Design an experiment", "Alice", "Essays", "To mark 1", "Marked 0"):
        assert text in page.text


def test_the_list_is_reached_from_supervision(as_bob: FlaskClient) -> None:
    assert 'href="/marking"' in as_bob.get("/supervision/attempts").text


def test_an_empty_list_says_so(as_admin: FlaskClient, written: models.Attempt) -> None:
    assert "Nothing to mark" in as_admin.get("/marking").text
    assert "Nothing marked yet" in as_admin.get("/marking?show=marked").text


def test_the_answer_stands_as_it_was_written(as_bob: FlaskClient, written: models.Attempt) -> None:
    text = as_bob.get(address(written)).text

    assert "First the goals:\n  - fast\n  - right" in text
    assert "<strong>clicks</strong>" in text
    assert "Half without a guardrail." in text


def test_the_own_mark_is_hidden_until_the_instructor_has_marked(
    app: Flask, as_bob: FlaskClient, written: models.Attempt
) -> None:
    with stored(app) as session:
        mark_own(session, written, ALL)
    assert "own mark" not in as_bob.get(address(written)).text

    post(as_bob, f"{address(written)}/mark", FIELDS)

    assert "own mark" in as_bob.get(address(written)).text


def test_a_mark_is_shown_to_the_learner_beside_their_own(
    app: Flask, as_alice: FlaskClient, as_bob: FlaskClient, written: models.Attempt
) -> None:
    with stored(app) as session:
        mark_own(session, written, ALL)
    answer = post(as_bob, f"{address(written)}/mark", FIELDS)

    assert answer.location == address(written)
    html = as_alice.get(f"/attempts/{written.id}").text
    page = Page(as_alice.get(f"/attempts/{written.id}"))
    assert "2.5 of 4 points, 1 of 2 right" in page.text
    assert "Bob marked this answer" in page.text
    assert "Say why.\nAnd &lt;b&gt;how&lt;/b&gt;." in html
    assert re.search(r"Names the metric.*?>2<.*?>1<.*?>2<", html, re.DOTALL)
    assert "Change my mark" not in page.text


@pytest.mark.parametrize(
    ("changes", "status", "message"),
    [
        ({"points-0": "9"}, 422, "in halves"),
        ({"points-1": "0.7"}, 422, "in halves"),
        ({"points-0": ""}, 422, "in halves"),
        ({"seen": "3"}, 409, "marked meanwhile"),
        ({"seen": "many", "points-0": "-1"}, 422, "in halves"),
    ],
)
def test_what_is_refused_is_shown_again_with_the_comment(
    app: Flask,
    as_bob: FlaskClient,
    written: models.Attempt,
    changes: dict[str, str],
    status: int,
    message: str,
) -> None:
    answer = post(as_bob, f"{address(written)}/mark", FIELDS | changes)

    assert answer.status_code == status
    assert message in answer.text
    assert "Say why.\nAnd &lt;b&gt;how&lt;/b&gt;." in answer.text
    assert rows(app, models.Mark) == []


def test_a_mark_is_revised_with_what_was_given_before(
    app: Flask, as_bob: FlaskClient, bob: models.User, written: models.Attempt
) -> None:
    with stored(app) as session:
        mark_as(session, bob, written, HALF, comment="Well.")
    page = Page(as_bob.get(address(written)))
    assert page.one("input", name="points-0")["value"] == "1"
    assert page.one("input", name="seen")["value"] == "1"

    post(as_bob, f"{address(written)}/mark", FIELDS | {"points-0": "2", "seen": "1"})

    assert [(mark.points, mark.number) for mark in rows(app, models.Mark)] == [([2.0, 0.5], 2)]


def test_the_list_has_pages(
    app: Flask, as_bob: FlaskClient, alice: models.User, bob: models.User, written: models.Attempt
) -> None:
    with stored(app) as session:
        for number in range(50):
            take_essay(session, alice, bob, written.started_at - (number + 1) * 5 * MINUTE)

    assert "/marking?show=awaiting&amp;page=2" in as_bob.get("/marking").text
    assert f'href="{address(written)}"' in as_bob.get("/marking?page=2").text


def test_supervision_says_how_much_is_to_mark(as_bob: FlaskClient, written: models.Attempt) -> None:
    finished = Page(as_bob.get("/supervision/attempts?show=finished")).text
    shown = Page(as_bob.get(f"/supervision/attempts/{written.id}")).text

    assert "1 without a score" in finished
    assert "Score so far" in shown
