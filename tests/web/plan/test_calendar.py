"""The plan as a calendar that programs subscribe to."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from quizapp.db import models
from quizapp.services import study_settings
from tests.factories import PASSWORD, make_bank, make_items, stored
from tests.web.pages import Page, post

DAY = timedelta(days=1)


def link(browser: FlaskClient) -> str:
    """The path of a new link, as the page shows it."""
    return urlsplit(address(browser)).path


def address(browser: FlaskClient) -> str:
    page = Page(post(browser, "/plan/calendar", {}))
    return page.one("input", id="calendar-link")["value"]


def test_a_program_reads_the_days_without_signing_in(
    app: Flask, client: FlaskClient, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        study_settings.store(session, alice.id, (now + 9 * DAY).date(), 10, ())
        make_bank(session, make_items(30, seconds=60), "more")

    answer = client.get(link(as_alice))

    assert answer.mimetype == "text/calendar"
    assert answer.headers["Cache-Control"] == "no-store"
    events: list[Any] = Calendar.from_ical(answer.data).walk("VEVENT")
    assert events[0]["SUMMARY"].startswith("Practise ")
    assert (events[-1]["SUMMARY"], events[-1]["DTSTART"].dt) == (
        "Interview",
        (now + 9 * DAY).date(),
    )
    assert len({event["UID"] for event in events}) == len(events)


def test_the_same_day_keeps_its_name(client: FlaskClient, as_alice: FlaskClient) -> None:
    first, second = client.get(link(as_alice)), client.get(link(as_alice))

    names = [[each["UID"] for each in Calendar.from_ical(answer.data).walk("VEVENT")]
             for answer in (first, second)]  # fmt: skip
    assert names[0] == names[1]


def test_a_new_link_ends_the_old_one(client: FlaskClient, as_alice: FlaskClient) -> None:
    old = link(as_alice)
    link(as_alice)

    assert client.get(old).status_code == 404


def test_a_link_is_ended(client: FlaskClient, as_alice: FlaskClient) -> None:
    path = link(as_alice)

    post(as_alice, "/plan/calendar/withdrawal", {})

    assert client.get(path).status_code == 404


def test_the_link_is_shown_once(as_alice: FlaskClient) -> None:
    path = link(as_alice)

    assert path not in as_alice.get("/plan").text


def test_nothing_of_the_person_stands_in_it(client: FlaskClient, as_alice: FlaskClient) -> None:
    text = client.get(link(as_alice)).text

    assert "Alice" not in text
    assert "example.org" not in text


def test_the_link_is_to_where_people_reach_the_site(app: Flask, as_alice: FlaskClient) -> None:
    config = app.extensions["quizapp"]
    app.extensions["quizapp"] = replace(config, public_url="https://prep.example")

    link = address(as_alice)

    app.extensions["quizapp"] = config
    assert link.startswith("https://prep.example/plan/")


def test_a_new_password_ends_the_link(as_alice: FlaskClient) -> None:
    path = link(as_alice)

    changed = {"current": PASSWORD, "new": "another good one", "repeated": "another good one"}
    post(as_alice, "/password", changed)

    assert as_alice.get(path).status_code == 404
