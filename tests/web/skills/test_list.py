"""Every skill with its estimate."""

from flask.testing import FlaskClient

from quizapp.db import models
from tests.web.pages import Page, post

SKILLS = 7


def skills_of(page: Page) -> list[str]:
    """The skills that the page leads to, in its order."""
    return [link for link in page.links if link.startswith("/skills/") and link.count(".") == 2]


def test_every_skill_is_listed_by_area(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get("/skills"))

    assert len(skills_of(page)) == SKILLS
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


def test_the_same_skills_are_shown_as_squares_with_a_table(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    page = Page(as_alice.get("/skills?view=squares"))

    assert len(skills_of(page)) == SKILLS
    assert len(page.all("tr")) == SKILLS + 1
    assert page.one("a", aria_current="true").text == "Squares"


def test_the_weakest_of_what_was_tried_comes_first(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    page = Page(as_alice.get("/skills?view=table"))

    values = [row.text for row in page.all("tr")[1:]]
    tried = [int(text.split(" %")[0].split()[-1]) for text in values if " %" in text]
    assert len(tried) == 3
    assert tried == sorted(tried)
    assert all("not tried" in text for text in values[3:])


def test_an_unknown_view_is_the_tree(as_alice: FlaskClient) -> None:
    assert Page(as_alice.get("/skills?view=x")).one("a", aria_current="true").text == "Tree"
