"""The record of a finished attempt, as its learner sees it."""

from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import clocks
from tests.factories import MINUTE, position_of, save, start_attempt, stored
from tests.web.pages import Page, post


def rows_of(page: Page) -> list[str]:
    return [row.text for row in page.all("tr")[1:] if "class" not in row]


def test_the_record_tells_every_change_with_its_answer(
    app: Flask, as_alice: FlaskClient, alice: models.User, bob: models.User, now: datetime
) -> None:
    with stored(app) as session:
        attempt = start_attempt(session, alice, "math-whole", now - 10 * MINUTE)
        position = position_of(session, attempt, "bell-curve")
        for minute, text in ((9, "norm"), (8, "normal"), (7, None)):
            save(session, attempt, position, text, now - minute * MINUTE)
        clocks.add_time(session, attempt.id, 5, bob.id, "a fire alarm", now - 6 * MINUTE)
    post(as_alice, f"/attempts/{attempt.id}/submission")

    told = rows_of(Page(as_alice.get(f"/attempts/{attempt.id}/record")))

    question = f"question {position}"
    words = ["Started", question, question, question, "Time was added", "Finished"]
    assert [word in row for word, row in zip(words, told, strict=True)] == [True] * 6
    answers = ["norm" in row.split() or "normal" in row.split() for row in told]
    assert answers == [False, True, True, False, False, False]
    assert "a fire alarm" in told[4]
    assert "Bob" in told[4]


def test_a_late_answer_is_shown_as_not_counted(
    app: Flask, as_alice: FlaskClient, finished: models.Attempt
) -> None:
    post(as_alice, f"/attempts/{finished.id}/responses/6", {"choice": "0", "text": "<b>late</b>"})
    page = Page(as_alice.get(f"/attempts/{finished.id}/record"))

    assert "question 6 too late does not count" in rows_of(page)[-1]


def test_the_record_of_a_running_attempt_is_not_shown_yet(
    as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    answer = as_alice.get(f"/attempts/{attempt.id}/record")

    assert answer.location == f"/attempts/{attempt.id}"


def test_the_record_of_another_is_not_there(
    as_charlie: FlaskClient, finished: models.Attempt
) -> None:
    assert as_charlie.get(f"/attempts/{finished.id}/record").status_code == 404
