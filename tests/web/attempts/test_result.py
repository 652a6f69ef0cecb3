"""The result: the score, by skill, and every question with what was right and why."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.factories import MINUTE, make_bank, make_items, start_attempt, stored, take_attempt
from tests.web.pages import Page, post


def page_of(client: FlaskClient, attempt: models.Attempt, show: str = "all") -> Page:
    return Page(client.get(f"/attempts/{attempt.id}?show={show}"))


def questions(page: Page) -> list[str]:
    return [each["id"].removeprefix("question-") for each in page.all("article")]


def test_the_score_is_told_in_points_and_by_skill(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    page = page_of(as_alice, finished)

    assert page.heading == "All of mathematics"
    assert "3 of 6 right" in page.text
    assert "Timed, 6 questions in 20 minutes." in page.text
    skills = [link for link in page.links if link.startswith("/skills/")]
    assert set(skills) == {
        "/skills/math.probability.bayes",
        "/skills/math.probability.distributions",
        "/skills/math.statistics.tests",
    }


def test_every_question_is_reviewed_with_its_key(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    page = page_of(as_alice, finished)

    assert questions(page) == ["1", "2", "3", "4", "5", "6"]
    for text in ("Bayes weighs each urn", "It bounds tails.", "Any course, chapter 2", "Gaussian"):
        assert text in page.text
    kinds = ("mark ok", "mark part", "mark bad")
    marks = [each.text for each in page.all("span") if each.attributes.get("class") in kinds]
    assert marks == ["Right", "Right", "Right", "Missed", "Missed", "Unanswered"]


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("all", ["1", "2", "3", "4", "5", "6"]),
        ("missed", ["4", "5", "6"]),
        ("partly", []),
        ("flagged", []),
        ("nonsense", ["1", "2", "3", "4", "5", "6"]),
    ],
)
def test_the_review_can_be_filtered(
    as_alice: FlaskClient, finished: models.Attempt, show: str, expected: list[str]
) -> None:
    page = page_of(as_alice, finished, show)

    assert questions(page) == expected
    assert page.one("a", aria_current="true").text.split()[0] == (
        {"missed": "Missed", "partly": "Partly", "flagged": "Flagged"}.get(show, "All")
    )


def test_the_next_attempt_is_compared_with_the_last(
    app: Flask, as_alice: FlaskClient, alice: models.User, finished: models.Attempt, now: datetime
) -> None:
    with stored(app) as session:
        again = take_attempt(
            session, alice, "math-whole", now - 10 * MINUTE, right=(1, 2, 3, 4, 5, 6)
        )

    page = page_of(as_alice, again)

    assert "points more than last time" in page.text
    assert "See what to revisit next" in page.text
    assert page.all("form", action=f"/attempts/{again.id}/practice") == []


def test_a_typed_answer_is_shown_as_typed_and_never_runs(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    typed = "<img src=x onerror=alert(1)> **bold** $x$"
    with stored(app) as session:
        attempt = start_attempt(session, alice, "system-design", now)
    for position in (1, 2):
        post(as_alice, f"/attempts/{attempt.id}/responses/{position}", {"text": typed})
    post(as_alice, f"/attempts/{attempt.id}/submission")

    page = page_of(as_alice, attempt)

    assert [each.text for each in page.all("code")].count(typed) == 2
    assert page.all("img") == []


def test_a_question_edited_since_is_reviewed_as_it_was_asked(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        make_bank(session, make_items(1, explanation="As it was then."))
        taken = take_attempt(session, alice, "small", now - 9 * MINUTE, right=(1,))
        make_bank(session, make_items(1, explanation="As it is now."))

    assert "As it was then." in page_of(as_alice, taken).text
