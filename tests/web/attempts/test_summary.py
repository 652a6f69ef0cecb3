"""What is unanswered or flagged, before finishing."""

from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.factories import MINUTE, answer, start_attempt, stored
from tests.web.pages import Page, post


def test_open_and_flagged_questions_are_listed(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    with stored(app) as session:
        answer(session, attempt, 1, attempt.started_at + MINUTE)
    post(as_alice, f"/attempts/{attempt.id}/responses/3", {"flag": "on"})

    page = Page(as_alice.get(f"/attempts/{attempt.id}/submission"))

    assert page.heading == "Finish with 3 open questions?"
    assert "1 of 4 are answered and saved." in page.text
    assert "Open 2 3 4 Flagged for review 3" in page.text


def test_when_all_is_answered_the_page_says_so(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    with stored(app) as session:
        for position in (1, 2, 3, 4):
            answer(session, attempt, position, attempt.started_at + MINUTE)

    page = Page(as_alice.get(f"/attempts/{attempt.id}/submission"))

    assert page.heading == "All questions are answered"
    assert page.form(f"/attempts/{attempt.id}/submission")["csrf_token"]


def test_looking_at_the_summary_finishes_nothing(
    as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    as_alice.get(f"/attempts/{attempt.id}/submission")

    assert as_alice.get(f"/attempts/{attempt.id}/questions/1").status_code == 200


def test_a_finished_attempt_has_a_result_instead(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    answer_ = as_alice.get(f"/attempts/{finished.id}/submission")

    assert answer_.location == f"/attempts/{finished.id}"


def test_after_the_deadline_the_summary_leads_to_the_result(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        late = start_attempt(session, alice, now=now - 11 * MINUTE)

    assert as_alice.get(f"/attempts/{late.id}/submission").location == f"/attempts/{late.id}"
