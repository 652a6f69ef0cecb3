"""Every skill with its estimate."""

from flask.testing import FlaskClient

from quizapp.db import models
from tests.web.pages import Page, post

SKILLS = 7


def test_every_skill_is_listed_by_area(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get("/skills"))

    assert len([link for link in page.links if link.startswith("/skills/")]) == SKILLS
    assert page.text.count("not tried") == SKILLS
    assert "7 skills" in page.text


def test_answers_move_only_the_skills_they_are_on(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    page = Page(as_alice.get("/skills"))

    tried = {row.text.split(" %")[0] for row in page.all("tr") if " to " in row.text}
    assert {each.rsplit(" ", 1)[0] for each in tried} == {"Bayes", "Distributions", "Tests"}


def test_an_open_attempt_moves_nothing(as_alice: FlaskClient, attempt: models.Attempt) -> None:
    before = Page(as_alice.get("/skills")).text

    for position in (1, 2, 3, 4):
        post(as_alice, f"/attempts/{attempt.id}/responses/{position}", {"choice": "0"})

    assert Page(as_alice.get("/skills")).text == before
