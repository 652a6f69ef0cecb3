"""The profile: name, target role, the day of the interview."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import find_person
from tests.web.pages import Page, post

GOAL = {
    "name": "Alice A.",
    "target_role": "machine-learning-engineer",
    "interview_on": "2026-12-24",
}


def test_the_goal_is_stored_and_shown(as_alice: FlaskClient, app: Flask) -> None:
    answer = post(as_alice, "/profile", GOAL)

    page = Page(as_alice.get(answer.location))
    assert "Saved." in page.text
    assert page.one("input", name="name")["value"] == "Alice A."
    assert page.one("input", name="interview_on")["value"] == "2026-12-24"
    assert page.one("option", value="machine-learning-engineer")["selected"] == ""
    assert find_person(app, "alice").interview_on == date(2026, 12, 24)


def test_the_interview_can_be_taken_away(as_alice: FlaskClient, app: Flask) -> None:
    post(as_alice, "/profile", GOAL)

    post(as_alice, "/profile", {**GOAL, "interview_on": ""})

    assert find_person(app, "alice").interview_on is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "A" * 81},
        {"name": "Al\x00ice"},
        {"target_role": "queen"},
        {"interview_on": "soon"},
        {"interview_on": "2026-02-30"},
    ],
)
def test_a_wrong_goal_changes_nothing(
    as_alice: FlaskClient, app: Flask, wrong: dict[str, str]
) -> None:
    answer = post(as_alice, "/profile", {**GOAL, **wrong})

    assert answer.status_code == 422
    assert "needs another look" in Page(answer).text
    assert find_person(app, "alice").name == "Alice"


def test_nothing_but_the_goal_can_be_posted(as_alice: FlaskClient, app: Flask) -> None:
    post(as_alice, "/profile", {**GOAL, "role": "admin", "email": "x@example.org", "id": "1"})

    assert find_person(app, "alice").role == "learner"


def test_a_name_is_shown_as_it_was_typed_and_never_runs(as_alice: FlaskClient) -> None:
    name = "<script>alert(1)</script> \"'&"

    post(as_alice, "/profile", {**GOAL, "name": name})

    answer = as_alice.get("/profile")
    assert Page(answer).heading == name
    assert "<script>alert" not in answer.text
