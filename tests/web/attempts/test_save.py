"""Saving a response: by the form of the page, and by its script."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.databases import on_every_kind
from tests.factories import MINUTE, fields_for, position_of, rows, start_attempt, stored
from tests.web.pages import JSON, Page, post

SECOND = timedelta(seconds=1)
REPLY = {"saved_at", "save_count", "superseded", "answered", "state", "remaining_ms", "ends_at"}


@pytest.fixture
def whole(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's open attempt with a question of every kind, begun a minute ago."""
    with stored(app) as session:
        return start_attempt(session, alice, "math-whole", now - MINUTE)


def address(attempt: models.Attempt, position: int = 1) -> str:
    return f"/attempts/{attempt.id}/responses/{position}"


def begin(app: Flask, user: models.User, started_at: datetime) -> models.Attempt:
    with stored(app) as session:
        return start_attempt(session, user, now=started_at)


@on_every_kind
def test_every_kind_of_response_is_stored(
    app: Flask, as_alice: FlaskClient, whole: models.Attempt
) -> None:
    for position in range(1, 7):
        with stored(app) as session:
            fields = fields_for(session, whole, position)
        post(as_alice, address(whole, position), fields)

    post(as_alice, f"/attempts/{whole.id}/submission")

    assert [each.score for each in rows(app, models.Response)] == [1.0] * 6


def test_a_script_learns_the_time_left_and_nothing_about_the_answer(
    app: Flask, as_alice: FlaskClient, whole: models.Attempt
) -> None:
    assert whole.ends_at is not None
    replies = []
    for is_right in (True, False):
        with stored(app) as session:
            position = position_of(session, whole, "two-urns")
            fields = fields_for(session, whole, position, is_right=is_right)
        replies.append(post(as_alice, address(whole, position), fields, headers=JSON).get_json())

    for reply in replies:
        assert set(reply) == REPLY
        assert (reply["answered"], reply["ends_at"]) == (True, whole.ends_at.isoformat())
        assert 18 * 60_000 < reply["remaining_ms"] <= 19 * 60_000


@on_every_kind
def test_the_last_response_counts(app: Flask, as_alice: FlaskClient, whole: models.Attempt) -> None:
    with stored(app) as session:
        position = position_of(session, whole, "bell-curve")

    for text in ("first", "second", "  third  "):
        post(as_alice, address(whole, position), {"text": text})

    stored_row = rows(app, models.Response)[position - 1]
    assert (stored_row.value, stored_row.save_count) == ("third", 3)


@on_every_kind
def test_an_emptied_response_is_taken_back(
    app: Flask, as_alice: FlaskClient, whole: models.Attempt
) -> None:
    with stored(app) as session:
        position = position_of(session, whole, "bell-curve")
    post(as_alice, address(whole, position), {"text": "normal"})

    reply = post(as_alice, address(whole, position), {"text": " "}, headers=JSON).get_json()

    assert reply["answered"] is False
    assert rows(app, models.Response)[position - 1].value is None


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"choice": "99"},
        {"choice": "-1"},
        {"choice": "two"},
        {"text": "\x00"},
        {"line": ["0", "0"]},
        {"choice": ["0"] * 900},
    ],
)
def test_what_no_page_would_post_is_no_response_or_a_plain_one(
    app: Flask, as_alice: FlaskClient, whole: models.Attempt, fields: dict[str, Any]
) -> None:
    with stored(app) as session:
        position = position_of(session, whole, "two-urns")

    assert post(as_alice, address(whole, position), fields).status_code == 302
    value = rows(app, models.Response)[position - 1].value
    assert value is None if "0" not in fields.get("choice", ()) else len(value or ()) == 1


def test_the_pressed_button_leads_on(as_alice: FlaskClient, attempt: models.Attempt) -> None:
    pages = {
        "next": "questions/3",
        "previous": "questions/1",
        "4": "questions/4",
        "summary": "submission",
        "stay": "questions/2",
        "": "questions/2",
        "-1": "questions/2",
        "0": "questions/1",
        "99999": "questions/2",
        "//evil.example": "questions/2",
    }

    found = {go: post(as_alice, address(attempt, 2), {"go": go}).location for go in pages}

    assert found == {go: f"/attempts/{attempt.id}/{page}" for go, page in pages.items()}


def test_the_flag_is_set_kept_and_taken_away(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    seen = []
    for fields in ({"flag": "on"}, {}, {"flag": "off"}):
        post(as_alice, address(attempt), fields)
        seen.append(rows(app, models.Response)[0].is_flagged)

    assert seen == [True, True, False]


@pytest.mark.parametrize(
    ("posted", "kept"),
    [("30", 30), ("0", 20), ("-5", 20), ("1e3", 20), ("9" * 5000, 60), ("7200", 60)],
)
def test_time_on_a_question_never_shrinks_nor_exceeds_the_attempt(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt, posted: str, kept: int
) -> None:
    post(as_alice, address(attempt), {"seconds": "20"})

    post(as_alice, address(attempt), {"seconds": posted})

    assert kept <= rows(app, models.Response)[0].seconds_spent <= kept + 10


@on_every_kind
def test_nothing_but_the_response_can_be_posted(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    wishes = {"score": "1", "points": "9", "ends_at": "2099-01-01", "user_id": "1", "position": "3"}

    post(as_alice, address(attempt), wishes)

    first, _, third, _ = rows(app, models.Response)
    assert (first.score, third.saved_at) == (None, None)
    assert rows(app, models.Attempt)[0].ends_at == attempt.ends_at


@on_every_kind
def test_a_save_that_was_under_way_at_the_deadline_still_counts(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    late = begin(app, alice, now - 10 * MINUTE - SECOND)

    reply = post(as_alice, address(late), {"text": "x", "choice": "0"}, headers=JSON)

    assert reply.status_code == 200
    assert reply.get_json()["remaining_ms"] == 0


@on_every_kind
def test_after_the_grace_a_script_is_told_where_the_result_is(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    late = begin(app, alice, now - 11 * MINUTE)

    reply = post(as_alice, address(late), headers=JSON)

    assert reply.status_code == 409
    assert reply.get_json() == {
        "message": "The time is up: this attempt takes no more answers.",
        "finished": True,
        "goes_on": False,
        "recovered": False,
        "location": f"/attempts/{late.id}",
    }
    assert rows(app, models.Response)[0].saved_at is None


@on_every_kind
def test_an_answer_after_the_grace_is_kept_for_the_instructor_and_does_not_count(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    late = begin(app, alice, now - 11 * MINUTE)
    with stored(app) as session:
        fields = fields_for(session, late, 1)

    reply = post(as_alice, address(late), fields, headers=JSON)

    assert reply.status_code == 409
    assert reply.get_json()["recovered"] is True
    assert "kept for the instructor, but does not count" in reply.get_json()["message"]
    assert rows(app, models.Response)[0].saved_at is None
    assert [each.position for each in rows(app, models.RecoveredResponse)] == [1]


def test_after_the_grace_a_form_leads_to_the_result_and_says_why(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    late = begin(app, alice, now - 11 * MINUTE)

    answer = post(as_alice, address(late), {"text": "x", "choice": "0", "go": "next"})

    assert answer.location == f"/attempts/{late.id}"
    assert (
        "The time is up: this attempt takes no more answers."
        in Page(as_alice.get(answer.location)).text
    )


@on_every_kind
def test_a_finished_attempt_takes_no_more_answers(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    post(as_alice, f"/attempts/{attempt.id}/submission")

    reply = post(as_alice, address(attempt), {"text": "x", "choice": "0"}, headers=JSON)

    assert reply.status_code == 409
    assert rows(app, models.Response)[0].saved_at is None


@on_every_kind
@pytest.mark.parametrize("position", ["0", "5", "9" * 30])
def test_there_are_no_other_questions(
    as_alice: FlaskClient, attempt: models.Attempt, position: str
) -> None:
    assert post(as_alice, f"/attempts/{attempt.id}/responses/{position}").status_code == 404


@on_every_kind
def test_nobody_answers_for_another(
    app: Flask, as_charlie: FlaskClient, attempt: models.Attempt
) -> None:
    answer = post(as_charlie, address(attempt), {"text": "x", "choice": "0"})

    assert answer.status_code == 404
    assert rows(app, models.Response)[0].saved_at is None
