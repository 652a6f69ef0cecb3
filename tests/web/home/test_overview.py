"""The overview that greets a learner, and the page that greets a stranger."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.factories import MINUTE, start_attempt, stored, take_attempt
from tests.web.pages import Page, post


def test_a_stranger_reads_what_this_is_and_how_to_begin(client: FlaskClient) -> None:
    page = Page(client.get("/"))

    assert page.heading == "Know what to revisit before the interview"
    assert {"/register", "/sign-in"} <= set(page.links)


def test_a_new_learner_is_told_that_nothing_is_known_yet(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get("/"))

    assert page.heading == "Data scientist"
    assert "No answers yet, so nothing is known." in page.text
    assert "Set your interview’s date" in page.text
    assert page.all("div", class_="resume") == []


def test_an_open_attempt_can_be_resumed(as_alice: FlaskClient, attempt: models.Attempt) -> None:
    page = Page(as_alice.get("/"))

    banner = page.one("div", class_="resume").text
    assert banner.startswith("Mathematics screen is still open Ends at ")
    assert "in 9 minutes" in banner
    assert f"/attempts/{attempt.id}" in page.links


def test_an_attempt_whose_time_is_up_is_no_longer_offered(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        start_attempt(session, alice, now=now - 11 * MINUTE)

    assert Page(as_alice.get("/")).all("div", class_="resume") == []


def test_nobody_sees_the_attempts_of_others(
    as_charlie: FlaskClient, attempt: models.Attempt, finished: models.Attempt
) -> None:
    page = Page(as_charlie.get("/"))

    assert "All of mathematics" not in page.text
    assert not [link for link in page.links if link.startswith("/attempts/")]


def test_after_a_quiz_there_are_readiness_reasons_and_the_quiz_itself(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    page = Page(as_alice.get("/"))

    assert "of a typical interview you would answer right today" in page.text
    assert f"/attempts/{finished.id}" in page.links
    assert page.all("ul", class_="rows")[0].text != ""
    assert "By round" in page.text


def test_the_days_to_the_interview_are_counted(as_alice: FlaskClient, now: datetime) -> None:
    words = {
        -1: "The interview was on yesterday.",
        0: "Interview today.",
        1: "Interview tomorrow.",
        30: "30 days left.",
    }
    fields = {"name": "Alice", "target_role": "data-scientist"}

    for days, sentence in words.items():
        on = (now + timedelta(days=days)).date().isoformat()
        post(as_alice, "/profile", {**fields, "interview_on": on})

        assert sentence in Page(as_alice.get("/")).text


def test_the_target_role_decides_what_counts(as_alice: FlaskClient) -> None:
    fields = {"name": "Alice", "target_role": "machine-learning-engineer"}
    post(as_alice, "/profile", fields)

    assert Page(as_alice.get("/")).heading == "Machine learning engineer"


def test_weeks_of_practice_become_a_line(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        for weeks in (3, 2, 1):
            take_attempt(session, alice, now=now - timedelta(weeks=weeks), right=(1, 2))

    page = Page(as_alice.get("/"))

    assert "Readiness over 3 weeks" in page.text
    assert page.all("ul", class_="mini")[-1].text.count("Mathematics screen") == 3


# --- What to revisit next ------------------------------------------------------------------------


def test_every_number_of_a_reason_leads_to_the_answers_behind_it(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    links = [link for link in Page(as_alice.get("/")).links if "answer=" in link]

    assert links
    for link in links:
        shown = Page(as_alice.get(link.partition("#")[0]))
        listed = [each for each in shown.links if each.startswith(f"/attempts/{finished.id}#")]
        assert len(listed) == link.count("answer=")


@pytest.mark.parametrize("kind", ["not-now", "known"])
def test_what_is_set_aside_leaves_the_list_and_can_be_brought_back(
    as_alice: FlaskClient, kind: str
) -> None:
    first = first_skill(as_alice)

    answer = post(as_alice, f"{first}/claim", {"kind": kind, "next": "/#next"})

    page = Page(as_alice.get("/"))
    assert answer.location == "/#next"
    assert first_skill(as_alice) != first
    assert "1 set aside" in page.text
    as_alice.post(f"{first}/claim/withdrawal", data=page.form(f"{first}/claim/withdrawal"))
    assert first_skill(as_alice) == first
    assert "set aside" not in Page(as_alice.get("/")).one("main").text


def first_skill(client: FlaskClient) -> str:
    """The address of what is recommended first."""
    page = Page(client.get("/"))
    found = page.all("ul", class_="rows")[0]
    return next(each["href"] for each in page.all("a") if found in each.around)
