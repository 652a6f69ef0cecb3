"""The page of the plan."""

from datetime import datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import study_settings
from tests.factories import find_person, make_bank, make_items, stored, take_attempt
from tests.web.pages import Page, post

DAY = timedelta(days=1)


def prepare(app: Flask, user: models.User, now: datetime) -> None:
    """An interview in nine days, ten minutes a day, and enough to do."""
    with stored(app) as session:
        study_settings.store(session, user.id, (now + 9 * DAY).date(), 10, ())
        make_bank(session, make_items(30, seconds=60), "more")


def test_without_a_date_four_weeks_are_shown(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get("/plan"))

    assert "There is no interview date" in page.text
    assert "With the plan" in page.text


def test_each_day_says_what_it_holds_and_why(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    prepare(app, alice, now)

    page = Page(as_alice.get("/plan"))

    today = page.one("td", aria_current="date").text
    assert " min " in today
    assert "new on " in today
    assert " +" in today
    assert page.text.count("interview") >= 1
    assert "9 days left" in page.text


def test_readiness_has_its_range(as_alice: FlaskClient) -> None:
    with_plan, without = (each.text for each in Page(as_alice.get("/plan")).all("dd"))

    assert "likely" in with_plan
    assert "likely" in without


def test_a_missed_day_is_said(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    prepare(app, alice, now)
    with stored(app) as session:
        take_attempt(session, alice, "math-screen", now - 3 * DAY, right=[1])

    assert "Yesterday was missed." in Page(as_alice.get("/plan")).text


def test_the_time_is_stored(app: Flask, as_alice: FlaskClient, now: datetime) -> None:
    day = (now + 9 * DAY).date()
    given = {"interview_on": day.isoformat(), "minutes": "45", "rest_weekdays": ["0", "6"]}

    answer = post(as_alice, "/plan", given)

    page = Page(as_alice.get(answer.location))
    assert "Saved." in page.text
    assert page.one("option", value="45")["selected"] == ""
    assert [
        each["value"] for each in page.all("input", name="rest_weekdays") if "checked" in each
    ] == [
        "0",
        "6",
    ]
    assert find_person(app, "alice").interview_on == day


def test_a_week_of_rest_is_refused(as_alice: FlaskClient) -> None:
    answer = post(as_alice, "/plan", {"rest_weekdays": [str(day) for day in range(7)]})

    assert answer.status_code == 422
    assert "Leave a day to practise." in Page(answer).text


def test_a_date_beyond_all_plans_is_refused(app: Flask, as_alice: FlaskClient) -> None:
    answer = post(as_alice, "/plan", {"interview_on": "9999-01-01", "minutes": "20"})

    assert answer.status_code == 422
    assert "Give a date within the next two years." in Page(answer).text
    assert find_person(app, "alice").interview_on is None


def test_the_profile_has_the_same_entries(as_alice: FlaskClient) -> None:
    goal = {"name": "Alice", "target_role": "data-scientist", "minutes": "60", "rest_weekdays": "6"}

    post(as_alice, "/profile", goal)

    page = Page(as_alice.get("/plan"))
    assert page.one("option", value="60")["selected"] == ""


def test_nobody_sees_the_time_of_others(
    app: Flask, as_charlie: FlaskClient, alice: models.User, now: datetime
) -> None:
    prepare(app, alice, now)

    assert "There is no interview date" in Page(as_charlie.get("/plan")).text
