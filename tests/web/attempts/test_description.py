"""What is only to be read, on the pages of an attempt and around them."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import attempts
from tests.descriptions import SHOP, answer_shop, make_shop, start_shop
from tests.factories import MINUTE, row_at, stored
from tests.web.pages import JSON, Page, post


@pytest.fixture
def shop(app: Flask, alice: models.User, bob: models.User, now: datetime) -> models.Attempt:
    """Alice's open attempt at a set of Bob's: descriptions at 1 and 4, questions at 2, 3 and 5."""
    with stored(app) as session:
        make_shop(session, bob.id)
        return start_shop(session, alice, now)


def question(client: FlaskClient, attempt: models.Attempt, position: int) -> Page:
    return Page(client.get(f"/attempts/{attempt.id}/questions/{position}"))


def labels_of_squares(page: Page) -> list[str]:
    return [each["aria-label"] for each in page.all("button", name="go") if "aria-label" in each]


def test_it_is_read_and_one_goes_on(as_alice: FlaskClient, shop: models.Attempt) -> None:
    page = question(as_alice, shop, 1)

    assert SHOP in page.text
    assert page.one("h1").text == "Information at 1"
    assert page.one("title").text.startswith("Information, 1 of 5")
    assert page.one("button", value="next", **{"data-next": ""}).text == "Next"
    assert page.all("button", name="flag") == []
    assert page.all("input", name="confidence") == []


def test_the_strip_shows_it_in_a_state_of_its_own(
    app: Flask, as_alice: FlaskClient, shop: models.Attempt, now: datetime
) -> None:
    with stored(app) as session:
        answer_shop(session, shop, 2, at=now)

    page = question(as_alice, shop, 1)

    assert labels_of_squares(page) == [
        "Information at 1", "Question 2, answered", "Question 3", "Information at 4", "Question 5",
    ]  # fmt: skip
    assert page.one("button", value="1", **{"aria-current": "step"}).text == "i"
    counts = {each["data-count"]: each.text for each in page.elements if "data-count" in each}
    assert counts == {"answered": "1", "open": "2", "flagged": "0"}


@pytest.mark.parametrize("headers", [{}, JSON])
def test_leaving_it_saves_its_time_alone(
    app: Flask, as_alice: FlaskClient, shop: models.Attempt, headers: dict[str, str]
) -> None:
    fields = {"go": "next", "flag": "on", "confidence": "3", "choice": "0", "seconds": "0"}

    reply = post(as_alice, f"/attempts/{shop.id}/responses/1", fields, headers=headers)

    assert reply.status_code == (200 if headers else 302)
    with stored(app) as session:
        row = row_at(session, shop, 1)
        assert (row.value, row.is_flagged, row.confidence) == (None, False, None)


def test_where_confidence_is_asked_it_is_not_asked_here(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    quiz = {"id": "whole", "title": "S", "questions": 3, "fixed_order": True}
    with stored(app) as session:
        make_shop(session, quizzes=[{**quiz, "scoring": {"confidence": "scored"}}])
        attempt = start_shop(session, alice, now)

    assert question(as_alice, attempt, 1).all("input", name="confidence") == []
    assert len(question(as_alice, attempt, 2).all("input", name="confidence")) == 3


def test_before_finishing_only_questions_are_open(
    app: Flask, as_alice: FlaskClient, shop: models.Attempt, now: datetime
) -> None:
    with stored(app) as session:
        answer_shop(session, shop, 2, at=now)

    page = Page(as_alice.get(f"/attempts/{shop.id}/submission"))

    assert page.one("h1").text == "Finish with 2 open questions?"
    assert "1 of 3 are answered" in page.text
    assert [each["aria-label"] for each in page.all("a") if "aria-label" in each][-2:] == [
        "Question 3",
        "Question 5",
    ]


def test_when_all_questions_are_answered_nothing_is_open(
    app: Flask, as_alice: FlaskClient, shop: models.Attempt, now: datetime
) -> None:
    with stored(app) as session:
        answer_shop(session, shop, 2, 3, 5, at=now)

    page = Page(as_alice.get(f"/attempts/{shop.id}/submission"))

    assert page.one("h1").text == "All questions are answered"


def test_one_goes_on_at_the_introduction(
    app: Flask, as_alice: FlaskClient, shop: models.Attempt, now: datetime
) -> None:
    with stored(app) as session:
        answer_shop(session, shop, 2, 3, at=now)

    assert as_alice.get(f"/attempts/{shop.id}").location.endswith("/questions/4")


@pytest.fixture
def closed(app: Flask, shop: models.Attempt, now: datetime) -> models.Attempt:
    """The same, with one right answer of three."""
    with stored(app) as session:
        answer_shop(session, shop, 2, at=now)
        return attempts.close(session, shop.id, now + MINUTE)


def test_the_result_shows_it_in_its_place_without_an_outcome(
    as_alice: FlaskClient, closed: models.Attempt
) -> None:
    page = Page(as_alice.get(f"/attempts/{closed.id}"))

    assert "3 questions" in page.text
    assert "1 of 3 right" in page.text
    assert [each.text for each in page.all("h3") if "stem-" in each["id"]] == [
        "Information at 1", "Question 2", "Question 3", "Information at 4", "Question 5",
    ]  # fmt: skip
    first = next(each for each in page.all("article") if each["id"] == "question-1")
    assert SHOP in first.text
    assert "Unanswered" not in first.text
    assert "points" not in first.text
    tabs = page.one("nav", **{"aria-label": "Filter questions"}).text
    assert tabs.startswith("All 3")


@pytest.mark.parametrize("wanted", ["missed", "partly", "unmarked", "flagged"])
def test_other_lists_of_the_result_leave_it_out(
    as_alice: FlaskClient, closed: models.Attempt, wanted: str
) -> None:
    page = Page(as_alice.get(f"/attempts/{closed.id}?show={wanted}"))

    assert SHOP not in page.text


def test_supervision_and_the_lists_of_quizzes_count_questions(
    as_alice: FlaskClient, as_bob: FlaskClient, closed: models.Attempt
) -> None:
    assert "1 of 3" in Page(as_bob.get(f"/supervision/attempts/{closed.id}")).text
    assert "3 questions, 10 min" in Page(as_alice.get("/quizzes")).text
    assert "Questions 3" in Page(as_alice.get("/quizzes/shop-whole")).text.replace("\n", " ")
