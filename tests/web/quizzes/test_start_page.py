"""What a quiz holds and how long it takes, before it starts."""

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.domain.timing import Accommodation
from quizapp.services import accommodations, quizzes
from tests.factories import MINUTE, make_bank, make_items, rows, start_attempt, stored
from tests.web.pages import Page, post


def test_the_page_states_questions_time_and_end(as_alice: FlaskClient, now: datetime) -> None:
    page = Page(as_alice.get("/quizzes/math-screen"))

    assert page.heading == "Mathematics screen"
    assert "Questions 4 Time 10 minutes" in page.text
    assert "If you start now, it ends at" in page.text
    assert page.form("/quizzes/math-screen/attempts")["csrf_token"]


def test_a_quiz_without_a_limit_says_so(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get("/quizzes/todays-set"))

    assert re.search(r"Questions \d+ Time untimed, about \d+ minutes", page.text)
    assert "There is no clock." in page.text


def test_a_quiz_over_a_small_bank_says_what_it_would_draw(
    app: Flask, as_alice: FlaskClient, bob: models.User
) -> None:
    quiz = {"id": "long", "title": "Long", "questions": 20}
    with stored(app) as session:
        make_bank(session, make_items(5, seconds=90), owner_id=bob.id, quizzes=[quiz])

    page = Page(as_alice.get("/quizzes/small-long"))

    assert "Questions 5 Time untimed, about 8 minutes" in page.text


def test_looking_at_the_page_starts_no_clock(app: Flask, as_alice: FlaskClient) -> None:
    as_alice.get("/quizzes/math-screen")

    assert rows(app, models.Attempt) == []


def test_a_running_attempt_is_resumed_instead(
    as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    page = Page(as_alice.get("/quizzes/math-screen"))

    assert f"/attempts/{attempt.id}" in page.links
    assert page.all("form", action="/quizzes/math-screen/attempts") == []


def test_an_attempt_whose_time_is_up_makes_room_for_another(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        start_attempt(session, alice, now=now - 10 * MINUTE)

    assert Page(as_alice.get("/quizzes/math-screen")).form("/quizzes/math-screen/attempts")


@pytest.mark.parametrize("slug", ["unknown", "MATH-SCREEN", "math-screen'--", "%25", "é" * 300])
def test_an_unknown_quiz_is_not_there(as_alice: FlaskClient, slug: str) -> None:
    assert as_alice.get(f"/quizzes/{slug}").status_code == 404


def test_practice_has_a_page_of_its_own(as_alice: FlaskClient) -> None:
    assert as_alice.get("/quizzes/practice").location == "/practice"


# --- The time of this person ----------------------------------------------------------------------


@pytest.fixture
def granted(app: Flask, alice: models.User, admin: models.User, now: datetime) -> None:
    """Alice has half as much time again, 10 minutes of pauses, and no timer in practice."""
    wanted = Accommodation(1.5, 10 * MINUTE, is_untimed_in_practice=True)
    with stored(app) as session:
        accommodations.grant(session, admin.id, alice.id, wanted, now)


def close(app: Flask, at: datetime, slug: str = "math-screen") -> None:
    """The quiz closes then."""
    with stored(app) as session:
        quizzes.find(session, slug).closes_at = at


def test_the_page_says_how_the_time_of_a_person_comes_about(
    as_alice: FlaskClient, granted: None, now: datetime
) -> None:
    page = Page(as_alice.get("/quizzes/math-screen"))

    assert "Time 15 min = 10 × 1.5" in page.text
    assert "You have been granted 1.5 times the usual 10 minutes." in page.text
    assert "You may pause for 10 minutes in all." in page.text
    ends_at = datetime.fromisoformat(page.all("time")[0]["datetime"])
    assert abs(ends_at - (now + 15 * MINUTE)) < MINUTE


def test_the_accommodation_of_one_person_is_nobody_elses(
    as_charlie: FlaskClient, granted: None
) -> None:
    page = Page(as_charlie.get("/quizzes/math-screen"))

    assert "Time 10 minutes" in page.text
    assert "pause" not in page.text


def test_a_quiz_without_a_limit_stays_without_one(as_alice: FlaskClient, granted: None) -> None:
    page = Page(as_alice.get("/quizzes/todays-set"))

    assert "There is no clock." in page.text
    assert "pause" not in page.text


def test_the_page_warns_when_the_quiz_closes_before_the_time_is_over(
    app: Flask, as_alice: FlaskClient, granted: None, now: datetime
) -> None:
    closes_at = now + 7 * MINUTE + timedelta(seconds=30)
    close(app, closes_at)

    page = Page(as_alice.get("/quizzes/math-screen"))

    warning = page.one("div", class_="notice warn")
    assert warning.text.startswith("The quiz closes at ")
    assert warning.text.endswith("of your 15 minutes 7 are left if you start now.")
    assert {each["datetime"] for each in page.all("time")} == {closes_at.isoformat()}
    assert page.form("/quizzes/math-screen/attempts")


@pytest.mark.parametrize(("seconds", "says"), [(30, "less than one is"), (90, "1 is")])
def test_the_warning_counts_whole_minutes(
    app: Flask, as_alice: FlaskClient, now: datetime, seconds: int, says: str
) -> None:
    close(app, now + timedelta(seconds=seconds))

    assert (
        f"minutes {says} left if you start now" in Page(as_alice.get("/quizzes/math-screen")).text
    )


def test_a_closing_time_that_cuts_nothing_is_told_without_a_warning(
    app: Flask, as_alice: FlaskClient, now: datetime
) -> None:
    close(app, now + 11 * MINUTE)

    page = Page(as_alice.get("/quizzes/math-screen"))

    assert "Your time fits before that if you start now." in page.text
    assert page.all("div", class_="notice warn") == []


def test_an_untimed_quiz_that_closes_ends_with_it(
    app: Flask, as_alice: FlaskClient, now: datetime
) -> None:
    calm = {"id": "calm", "title": "Calm", "questions": 1}
    with stored(app) as session:
        make_bank(session, make_items(1), quizzes=[calm])
    close(app, now + timedelta(hours=1), "small-calm")

    page = Page(as_alice.get("/quizzes/small-calm"))

    assert "There is no time limit, but the quiz closes" in page.text
    assert "There is no clock." not in page.text


def test_a_closed_quiz_has_no_start(app: Flask, as_alice: FlaskClient, now: datetime) -> None:
    close(app, now - timedelta(seconds=1))

    page = Page(as_alice.get("/quizzes/math-screen"))

    assert "Closed. This quiz closed" in page.text
    assert page.all("form", action="/quizzes/math-screen/attempts") == []


def test_what_the_page_says_is_what_the_attempt_gets(
    app: Flask, as_alice: FlaskClient, granted: None
) -> None:
    shown = Page(as_alice.get("/quizzes/math-screen")).all("time")[0]["datetime"]

    post(as_alice, "/quizzes/math-screen/attempts")

    (attempt,) = rows(app, models.Attempt)
    assert attempt.ends_at is not None
    assert abs(attempt.ends_at - datetime.fromisoformat(shown)) < timedelta(seconds=30)
    assert attempt.pause_left_seconds == 600
