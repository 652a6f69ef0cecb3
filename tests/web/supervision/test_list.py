"""Who takes a quiz now, and who finished one lately."""

from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import attempts, clocks
from tests.factories import (
    MINUTE,
    answer,
    make_person,
    start_attempt,
    stored,
    take_attempt,
)
from tests.web.pages import Page

LIST = "/supervision/attempts"


def test_a_running_attempt_is_listed_with_its_clock(
    as_bob: FlaskClient, taught: models.Attempt
) -> None:
    page = Page(as_bob.get(LIST))

    (row,) = page.all("tr")[1:]
    assert row.text.startswith("Alice alice@example.org Bob’s test started today at ")
    assert "1 of 3" in row.text
    assert "7:5" in row.text
    assert f"{LIST}/{taught.id}" in page.links
    assert f"{LIST}/{taught.id}#more-time" in page.links


def test_moments_can_be_read_by_a_script(as_bob: FlaskClient, taught: models.Attempt) -> None:
    assert taught.ends_at is not None

    page = Page(as_bob.get(LIST))

    moments = [each["datetime"] for each in page.all("time")]
    assert {taught.started_at.isoformat(), taught.ends_at.isoformat()} <= set(moments)


def test_a_paused_attempt_says_so_and_keeps_its_time(
    app: Flask, as_bob: FlaskClient, alice: models.User, taught: models.Attempt, now: datetime
) -> None:
    with stored(app) as session:
        session.get_one(models.Attempt, taught.id).pause_left_seconds = 600
        clocks.pause(session, alice.id, taught.id, now - MINUTE)

    page = Page(as_bob.get(LIST))

    assert "9:00 paused" in page.all("tr")[1].text


def test_an_untimed_attempt_offers_no_more_time(
    app: Flask, as_bob: FlaskClient, alice: models.User, bobs_bank: None, now: datetime
) -> None:
    with stored(app) as session:
        start_attempt(session, alice, "small-calm", now)

    row = Page(as_bob.get(LIST)).all("tr")[1].text

    assert "untimed" in row
    assert "Add time" not in row


def test_an_attempt_whose_time_is_up_says_so_until_it_is_closed(
    app: Flask, as_bob: FlaskClient, alice: models.User, bobs_bank: None, now: datetime
) -> None:
    with stored(app) as session:
        start_attempt(session, alice, "small-timed", now - 10 * MINUTE)

    assert "time is up" in Page(as_bob.get(LIST)).all("tr")[1].text


def test_finished_attempts_say_what_came_too_late(
    app: Flask, as_bob: FlaskClient, taught: models.Attempt, now: datetime
) -> None:
    with stored(app) as session:
        attempt = attempts.close(session, taught.id, now - MINUTE)
        answer(session, attempt, 2, now)

    page = Page(as_bob.get(f"{LIST}?show=finished"))

    row = page.all("tr")[1].text
    assert "1 of 3 33 % 1 too late" in row
    assert "by the learner" in row


def test_the_tabs_count_what_they_list(
    app: Flask, as_bob: FlaskClient, charlie: models.User, taught: models.Attempt, now: datetime
) -> None:
    with stored(app) as session:
        take_attempt(session, charlie, "small-timed", now - 5 * MINUTE)

    page = Page(as_bob.get(LIST))

    tabs = [each.text for each in page.all("a") if "?show=" in each["href"]][-2:]
    assert tabs == ["Running 1", "Finished in the last 24 hours 1"]


def test_attempts_at_the_banks_of_others_are_not_listed(
    as_bob: FlaskClient, as_admin: FlaskClient, attempt: models.Attempt
) -> None:
    assert "Nobody is taking a quiz" in Page(as_bob.get(LIST)).text
    assert "Mathematics screen" in Page(as_admin.get(LIST)).text


def test_a_long_list_has_pages(
    app: Flask, as_bob: FlaskClient, bobs_bank: None, now: datetime
) -> None:
    with stored(app) as session:
        for number in range(51):
            start_attempt(session, make_person(session, f"learner-{number}"), "small-timed", now)

    first, second = (Page(as_bob.get(f"{LIST}?page={page}")) for page in (1, 2))

    assert [len(page.all("tr")) - 1 for page in (first, second)] == [50, 1]
    assert f"{LIST}?show=running&page=2" in first.links
    assert f"{LIST}?show=running&page=1" in second.links


def test_a_page_that_is_none_is_the_first(as_bob: FlaskClient, taught: models.Attempt) -> None:
    for page in ("0", "-1", "many", ""):
        assert "Alice" in Page(as_bob.get(f"{LIST}?page={page}&show=nothing")).text


def test_only_those_who_teach_have_the_link(
    as_alice: FlaskClient, as_bob: FlaskClient, as_admin: FlaskClient
) -> None:
    found = [LIST in Page(browser.get("/")).links for browser in (as_alice, as_bob, as_admin)]

    assert found == [False, True, True]
