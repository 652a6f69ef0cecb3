"""Past attempts, with filters."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import quizzes
from tests.databases import on_every_kind
from tests.factories import MINUTE, stored, take_attempt
from tests.web.pages import Page


@pytest.fixture
def past(app: Flask, alice: models.User, now: datetime) -> int:
    """Alice's attempts: two at the screen, 1 and 30 weeks ago, one at ML; the screen's id."""
    with stored(app) as session:
        take_attempt(session, alice, now=now - timedelta(weeks=30), right=(1,))
        take_attempt(session, alice, now=now - timedelta(weeks=1), right=(1, 2), wrong=(3, 4))
        take_attempt(session, alice, "ml", now - timedelta(days=2), right=(1, 2, 3))
        return quizzes.find(session, "math-screen").id


def titles(page: Page) -> list[str]:
    return [
        link.text
        for link in page.all("a")
        if link["href"].startswith("/attempts/") and any(each.tag == "td" for each in link.around)
    ]


def test_without_a_past_the_page_says_what_will_be_here(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get("/history"))

    assert "No finished quiz here" in page.text
    assert "The line begins with the second week of practice." in page.text


@on_every_kind
def test_the_latest_come_first_and_old_ones_only_on_demand(
    as_alice: FlaskClient, past: int
) -> None:
    lists = {
        span: titles(Page(as_alice.get(f"/history?span={span}"))) for span in ("8w", "1y", "all")
    }

    assert lists["8w"] == ["ML fundamentals", "Mathematics screen"]
    assert lists["1y"] == lists["all"] == [*lists["8w"], "Mathematics screen"]


@on_every_kind
def test_one_quiz_can_be_chosen(as_alice: FlaskClient, past: int) -> None:
    page = Page(as_alice.get(f"/history?quiz={past}&span=all"))

    assert titles(page) == ["Mathematics screen"] * 2
    assert page.one("option", value=str(past))["selected"] == ""
    assert page.one("option", value="all")["selected"] == ""


@on_every_kind
def test_a_query_that_nobody_would_send_shows_a_page(as_alice: FlaskClient, past: int) -> None:
    queries = ("span=x", "quiz=", "quiz=x", "page=x", "page=-3", "page=0", "page=" + "9" * 30)

    assert [as_alice.get(f"/history?{query}").status_code for query in queries] == [200] * 7


def test_an_open_attempt_is_not_past(as_alice: FlaskClient, attempt: models.Attempt) -> None:
    assert "Mathematics screen" not in Page(as_alice.get("/history")).text


def test_nobody_sees_the_past_of_others(as_charlie: FlaskClient, past: int) -> None:
    assert titles(Page(as_charlie.get(f"/history?span=all&quiz={past}"))) == []


def test_long_lists_have_pages(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        for number in range(51):
            take_attempt(session, alice, "system-design", now - (60 + number) * MINUTE)

    first, second = (Page(as_alice.get(f"/history?page={page}")) for page in (1, 2))

    assert (len(titles(first)), len(titles(second))) == (50, 1)
    assert first.one("a", rel="next")["href"] == "/history?span=8w&page=2"
    assert second.one("a", rel="prev")["href"] == "/history?span=8w&page=1"
    assert second.all("a", rel="next") == []
