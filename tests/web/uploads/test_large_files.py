"""Files of many questions and many faults: a page shows what it can, and soon."""

from datetime import UTC, datetime
from time import perf_counter

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import uploads
from tests.factories import stored
from tests.web.pages import Page

HEAD = "id,stem,answer,skills\n"
GOOD = "i-{0},Is {0} so?,true,ml.models.trees\n"
BAD = "I {0},$x,maybe,nope.{0}\n"


def open_page(app: Flask, client: FlaskClient, user: models.User, text: str, query: str) -> Page:
    """The page of a file that was just sent."""
    with stored(app) as session:
        upload = uploads.receive(session, user.id, "set.csv", text.encode(), datetime.now(UTC))
    return Page(client.get(f"/question-sets/{upload.id}{query}"))


def rows(row: str, count: int) -> str:
    return HEAD + "".join(row.format(number) for number in range(1, count + 1))


def tabs(page: Page) -> list[str]:
    nav = page.one("nav", aria_label="Questions in this set")
    return [each.text.removesuffix(" warning") for each in page.all("a") if nav in each.around]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, ["Question 1", *map(str, range(2, 12)), "Next"]),
        (
            50,
            ["Previous", *map(str, range(45, 50)), "Question 50", *map(str, range(51, 56)), "Next"],
        ),
        (100, ["Previous", *map(str, range(90, 100)), "Question 100"]),
    ],
)
def test_of_many_questions_those_around_the_shown_one_have_tabs(
    app: Flask, as_bob: FlaskClient, bob: models.User, number: int, shown: list[str]
) -> None:
    page = open_page(app, as_bob, bob, rows(GOOD, 100), f"?question={number}")

    assert tabs(page) == shown


def test_one_goes_on_past_a_question_that_cannot_be_shown(
    app: Flask, as_bob: FlaskClient, bob: models.User
) -> None:
    text = rows(GOOD, 100).replace("Is 2 so?", "")

    page = open_page(app, as_bob, bob, text, "?question=1")

    (link,) = page.all("a", rel="next")
    assert link["href"].endswith("?question=3#preview")


def test_of_few_questions_every_one_has_a_tab(
    app: Flask, as_bob: FlaskClient, bob: models.User
) -> None:
    page = open_page(app, as_bob, bob, rows(GOOD, 40), "?question=20")

    assert len(tabs(page)) == 40


def test_of_many_findings_errors_are_shown_first_and_the_rest_is_counted(
    app: Flask, as_bob: FlaskClient, bob: models.User
) -> None:
    text = rows(GOOD, 300) + BAD.format(301)

    page = open_page(app, as_bob, bob, text, "")

    findings = page.one("ul", class_="issues")
    shown = [each for each in page.all("li") if findings in each.around]
    assert len(shown) == 200
    assert [each.text.endswith("error") for each in shown] == [False] * 199 + [True]
    assert "and 401 more" in page.text


def test_more_questions_than_a_file_may_hold_are_one_error(
    app: Flask, as_bob: FlaskClient, bob: models.User
) -> None:
    page = open_page(app, as_bob, bob, rows(GOOD, 1_001), "")

    assert "1 error stops this set from being published." in page.text
    assert "More than 1,000 questions. Split the file." in page.one("li", id="L1002").text


def test_the_worst_file_of_its_size_is_soon_shown(
    app: Flask, as_bob: FlaskClient, bob: models.User
) -> None:
    begun = perf_counter()

    open_page(app, as_bob, bob, rows(BAD, 50_000), "")

    assert perf_counter() - begun < 10
