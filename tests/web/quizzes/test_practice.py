"""Putting a practice set together."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.domain.timing import Accommodation
from quizapp.services import accommodations
from tests.factories import rows, stored
from tests.web.pages import Page, post

CHOICE = {"skills": ["math.probability"], "levels": [], "questions": "3", "timed": "no"}


def test_the_form_offers_every_area_and_skill(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get("/practice"))

    values = {each["value"] for each in page.all("input", name="skills")}
    assert {"math.probability", "math.probability.bayes", "coding.data.joins"} <= values
    assert page.one("input", name="questions")["value"] == "10"


def test_a_link_chooses_skills_beforehand(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get("/practice?skills=math.probability.bayes"))

    ticked = [each["value"] for each in page.all("input", name="skills") if "checked" in each]
    assert ticked == ["math.probability.bayes"]


def test_a_set_of_the_chosen_skills_begins(app: Flask, as_alice: FlaskClient) -> None:
    answer = post(as_alice, "/practice", CHOICE)

    (attempt,) = rows(app, models.Attempt)
    assert answer.location == f"/attempts/{attempt.id}/questions/1"
    assert (attempt.title, attempt.ends_at) == ("Practice: Probability", None)
    assert attempt.plan["sections"][0]["skills"] == ["math.probability"]


def test_a_timed_set_ends_after_a_minute_and_a_half_for_each_question(
    app: Flask, as_alice: FlaskClient
) -> None:
    post(as_alice, "/practice", {**CHOICE, "timed": "yes"})

    (attempt,) = rows(app, models.Attempt)
    assert attempt.ends_at is not None
    assert (attempt.ends_at - attempt.started_at).total_seconds() == 5 * 60


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"questions": ""}, "Enter how many questions you want."),
        ({"questions": "0"}, "Choose from 1 to 50."),
        ({"questions": "51"}, "Choose from 1 to 50."),
        ({"questions": "many"}, "Enter a whole number."),
        ({"questions": "9" * 400}, "Enter a whole number."),
        ({"skills": ["nonsense"]}, "is not a valid choice"),
        ({"levels": ["guru"]}, "is not a valid choice"),
        ({"timed": "perhaps"}, "Not a valid choice."),
        ({"skills": ["coding"], "levels": ["senior"]}, "no question"),
    ],
)
def test_a_wrong_choice_is_named_and_the_rest_is_kept(
    as_alice: FlaskClient, wrong: dict[str, Any], says: str
) -> None:
    answer = post(as_alice, "/practice", {**CHOICE, **wrong})

    page = Page(answer)
    assert answer.status_code == 422
    assert says.lower() in page.text.lower()
    assert page.one("input", name="questions")["value"] == {**CHOICE, **wrong}["questions"]


def test_a_running_set_with_answers_is_finished_first(app: Flask, as_alice: FlaskClient) -> None:
    first = post(as_alice, "/practice", CHOICE).location
    post(as_alice, first.replace("questions", "responses"), {"flag": "on"})

    answer = post(as_alice, "/practice", {**CHOICE, "skills": ["coding"]})

    page = Page(as_alice.get(answer.location))
    assert answer.location == "/practice?skills=coding"
    assert "“Practice: Probability” is still open. Finish it before you start" in page.text
    assert [each.title for each in rows(app, models.Attempt)] == ["Practice: Probability"]


def test_a_running_set_that_nobody_touched_gives_way(app: Flask, as_alice: FlaskClient) -> None:
    for skill in ("math", "coding"):
        post(as_alice, "/practice", {**CHOICE, "skills": [skill]})

    assert [each.title for each in rows(app, models.Attempt)] == ["Practice: Coding"]


def grant(app: Flask, user: models.User, by: models.User, granted: Accommodation) -> None:
    """``user`` has been granted that."""
    with stored(app) as session:
        accommodations.grant(session, by.id, user.id, granted, datetime.now(UTC))


def test_who_needs_no_timer_in_practice_is_offered_none(
    app: Flask, as_alice: FlaskClient, alice: models.User, admin: models.User
) -> None:
    grant(app, alice, admin, Accommodation(is_untimed_in_practice=True))

    page = Page(as_alice.get("/practice"))

    assert [each["value"] for each in page.all("input", name="timed")] == ["no"]
    assert "You have been granted practice without a timer." in page.text
    post(as_alice, "/practice", {**CHOICE, "timed": "no"})
    assert [each.ends_at for each in rows(app, models.Attempt)] == [None]


def test_a_timed_set_is_longer_for_who_has_more_time(
    app: Flask, as_alice: FlaskClient, alice: models.User, admin: models.User
) -> None:
    grant(app, alice, admin, Accommodation(1.5))
    assert "Timed, 2 minutes 15 a question" in Page(as_alice.get("/practice")).text

    post(as_alice, "/practice", {**CHOICE, "questions": "2", "timed": "yes"})

    (attempt,) = rows(app, models.Attempt)
    assert attempt.ends_at == attempt.started_at + timedelta(minutes=4, seconds=30)
