"""A quiz in sections with times of their own, as a browser without a script takes it."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.factories import MINUTE, fields_for, make_bank, make_items, start_attempt, stored
from tests.web.pages import JSON, Page, post

SECTIONS = [
    {"title": "Warm-up", "questions": 2, "minutes": 5},
    {"title": "Depth", "questions": 2, "minutes": 10},
]


def begin(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    quiz = {"id": "rounds", "title": "Rounds", "sections": SECTIONS}
    with stored(app) as session:
        make_bank(session, make_items(4), "rounds", quizzes=[quiz])
        return start_attempt(session, alice, "rounds", now)


@pytest.fixture
def attempt(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's attempt at two sections, begun a minute ago."""
    return begin(app, alice, now - MINUTE)


def address(attempt: models.Attempt, place: str = "") -> str:
    return f"/attempts/{attempt.id}{place}"


def test_inside_a_section_one_moves_freely(as_alice: FlaskClient, attempt: models.Attempt) -> None:
    first, second = (Page(as_alice.get(address(attempt, f"/questions/{n}"))) for n in (1, 2))

    assert first.one("button", data_next="")["value"] == "next"
    assert second.one("button", data_next="").text == "Review this section"
    assert second.one("button", data_next="")["value"] == "summary"
    assert len(second.all("button", value="previous")) == 1
    assert "Section 1 of 2: Warm-up" in first.text


def test_the_timer_shows_the_section_and_the_whole(
    as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    page = Page(as_alice.get(address(attempt, "/questions/1")))
    timer = page.one("span", role="timer")

    assert 3 * 60_000 < int(timer["data-remaining"]) <= 4 * 60_000
    assert timer["data-total"] == "300000"
    assert "left in this section" in timer.text
    assert "in all" in timer.text
    assert page.all("form", id="time-up") == []


def test_the_summary_speaks_of_the_section_and_finishes_it_alone(
    as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    page = Page(as_alice.get(address(attempt, "/submission")))

    assert page.heading == "Finish section 1 of 2: Warm-up with 2 open questions?"
    assert "The next section begins at once: Depth, 2 questions in 10 min" in page.text
    assert page.all("a", aria_label="Question 3") == []
    location = post(as_alice, address(attempt, "/stage"), page.form(address(attempt, "/stage")))
    assert as_alice.get(location.location).location == address(attempt, "/questions/3")


def test_the_last_section_ends_with_the_quiz(
    as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    post(as_alice, address(attempt, "/stage"), {"stage": "1"})

    question = Page(as_alice.get(address(attempt, "/questions/4")))
    summary = Page(as_alice.get(address(attempt, "/submission")))

    assert question.one("button", data_next="").text == "Review and finish"
    assert question.one("form", id="time-up")["action"] == address(attempt, "/submission")
    assert summary.heading == "Finish with 2 open questions?"


def test_when_its_time_is_over_pages_lead_to_the_next(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    attempt = begin(app, alice, now - 6 * MINUTE)

    answer = as_alice.get(address(attempt, "/questions/1"), follow_redirects=True)

    assert answer.request.path == address(attempt, "/questions/3")
    assert "That question is closed" in answer.text


def test_a_script_learns_both_times(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    with stored(app) as session:
        fields = fields_for(session, attempt, 1)

    clock = as_alice.get(address(attempt, "/clock")).json
    saved = post(as_alice, address(attempt, "/responses/1"), fields, headers=JSON).json

    for told in (clock, saved):
        assert told is not None
        assert 3 * 60_000 < told["remaining_ms"] <= 4 * 60_000
        assert 13 * 60_000 < told["whole_remaining_ms"] <= 14 * 60_000
        assert told["stage"] == 1


def test_the_start_page_names_the_sections(
    as_charlie: FlaskClient, attempt: models.Attempt
) -> None:
    page = Page(as_charlie.get("/quizzes/rounds"))

    assert "Warm-up, 5 minutes; Depth, 10 minutes" in page.text
    assert "15 min" in page.text
