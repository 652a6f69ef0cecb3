"""Until when a quiz can be taken, set on its page."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import quizzes
from tests.factories import make_bank, make_items, rows, start_attempt, stored
from tests.web.pages import Page, post

PAGE = "/quizzes/small"
LATER = datetime(2099, 11, 4, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def bobs_bank(app: Flask, bob: models.User) -> None:
    """Bob's quiz."""
    with stored(app) as session:
        make_bank(session, make_items(3), owner_id=bob.id)


def closing_time(app: Flask, slug: str = "small") -> datetime | None:
    with stored(app) as session:
        return quizzes.find(session, slug).closes_at


def test_the_instructor_sets_the_closing_time_of_their_quiz(
    app: Flask, as_bob: FlaskClient
) -> None:
    answer = post(as_bob, f"{PAGE}/closing-time", {"closes_at": "2099-11-04T15:00"})

    page = Page(as_bob.get(answer.location))
    assert closing_time(app) == LATER
    assert "Closes 4 Nov 2099 at 15:00 UTC." in page.text
    assert page.one("input", name="closes_at")["value"] == "2099-11-04T15:00"


@pytest.mark.parametrize("fields", [{"closes_at": ""}, {}])
def test_an_empty_field_takes_it_away(
    app: Flask, as_bob: FlaskClient, fields: dict[str, str]
) -> None:
    post(as_bob, f"{PAGE}/closing-time", {"closes_at": "2099-11-04T15:00"})

    answer = post(as_bob, f"{PAGE}/closing-time", fields)

    assert closing_time(app) is None
    assert "The quiz stays open." in Page(as_bob.get(answer.location)).text


@pytest.mark.parametrize(
    ("posted", "says"),
    [
        ("2020-11-04T15:00", "This time has passed. Choose a later one."),
        ("0001-01-01T00:00", "This time has passed. Choose a later one."),
        ("tomorrow", "Enter a day and a time, such as 2026-11-04T15:00."),
        ("2099-02-30T15:00", "Enter a day and a time, such as 2026-11-04T15:00."),
        ("2099-11-04", "Enter a day and a time, such as 2026-11-04T15:00."),
    ],
)
def test_a_wrong_time_is_refused_and_kept_in_the_field(
    app: Flask, as_bob: FlaskClient, posted: str, says: str
) -> None:
    answer = post(as_bob, f"{PAGE}/closing-time", {"closes_at": posted})

    page = Page(answer)
    assert answer.status_code == 422
    assert says in page.text
    assert page.one("input", name="closes_at")["value"] == posted
    assert closing_time(app) is None


def test_an_administrator_may_set_it_for_every_bank(app: Flask, as_admin: FlaskClient) -> None:
    for slug in ("small", "math-screen"):
        post(as_admin, f"/quizzes/{slug}/closing-time", {"closes_at": "2099-11-04T15:00"})

        assert closing_time(app, slug) == LATER


@pytest.mark.parametrize("closes_at", ["2099-11-04T15:00", "nonsense"])
def test_nobody_else_sets_it(
    app: Flask, as_alice: FlaskClient, as_bob: FlaskClient, closes_at: str
) -> None:
    fields = {"closes_at": closes_at}

    assert post(as_alice, f"{PAGE}/closing-time", fields).status_code == 404
    assert post(as_bob, "/quizzes/math-screen/closing-time", fields).status_code == 404
    assert (closing_time(app), closing_time(app, "math-screen")) == (None, None)


def test_only_who_may_set_it_sees_the_form(
    as_alice: FlaskClient, as_bob: FlaskClient, as_admin: FlaskClient
) -> None:
    found = [
        len(Page(browser.get(f"/quizzes/{slug}")).all("input", name="closes_at"))
        for slug in ("small", "math-screen", "mock-interview")
        for browser in (as_alice, as_bob, as_admin)
    ]

    assert found == [0, 1, 1, 0, 0, 1, 0, 0, 0]


def test_an_attempt_that_runs_goes_on_after_the_quiz_has_closed(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        attempt = start_attempt(session, alice, "small", now)
        quizzes.find(session, "small").closes_at = now - timedelta(seconds=1)

    page = Page(as_alice.get(PAGE))

    assert f"/attempts/{attempt.id}" in page.links
    assert [each.ends_at for each in rows(app, models.Attempt)] == [attempt.ends_at]


def test_a_closed_quiz_starts_no_more(app: Flask, as_alice: FlaskClient, now: datetime) -> None:
    with stored(app) as session:
        quizzes.find(session, "small").closes_at = now - timedelta(seconds=1)

    answer = post(as_alice, f"{PAGE}/attempts")

    assert answer.status_code == 409
    assert "has closed and can no longer be started" in Page(answer).text
    assert rows(app, models.Attempt) == []
