"""Starting a quiz."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.databases import on_every_kind
from tests.factories import MINUTE, csrf_token, rows, sign_in, start_attempt, stored
from tests.web.pages import Page, post

pytestmark = on_every_kind
START = "/quizzes/math-screen/attempts"


def test_starting_leads_to_the_first_question(app: Flask, as_alice: FlaskClient) -> None:
    answer = post(as_alice, START)

    (attempt,) = rows(app, models.Attempt)
    assert answer.location == f"/attempts/{attempt.id}/questions/1"
    assert Page(as_alice.get(answer.location)).heading == "Question 1"
    assert attempt.ends_at == attempt.started_at + 10 * MINUTE


def test_the_clock_of_the_browser_and_its_wishes_do_not_count(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    wishes = {"ends_at": "2099-01-01", "minutes": "600", "seed": "1", "user_id": "2", "points": "9"}

    post(as_alice, START, wishes)

    (attempt,) = rows(app, models.Attempt)
    assert attempt.ends_at == attempt.started_at + 10 * MINUTE
    assert (attempt.user_id, attempt.points) == (alice.id, None)
    assert abs(attempt.started_at - now) < MINUTE


def test_a_second_start_leads_to_the_running_attempt(app: Flask, as_alice: FlaskClient) -> None:
    answers = [post(as_alice, START) for _ in range(2)]

    assert answers[0].location == answers[1].location
    assert len(rows(app, models.Attempt)) == 1


def test_two_clicks_at_once_make_one_attempt(app: Flask, alice: models.User) -> None:
    browsers = [app.test_client() for _ in range(4)]
    for browser in browsers:
        sign_in(browser, alice)
    token = {browser: {"csrf_token": csrf_token(browser)} for browser in browsers}

    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = list(pool.map(lambda each: each.post(START, data=token[each]), browsers))

    (attempt,) = rows(app, models.Attempt)
    assert {each.location for each in answers} == {f"/attempts/{attempt.id}/questions/1"}


def test_starting_after_the_time_of_an_attempt_closes_it_and_makes_another(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        start_attempt(session, alice, now=now - 11 * MINUTE)

    post(as_alice, START)

    former, attempt = rows(app, models.Attempt)
    assert (former.closed_by, former.finished_at) == ("deadline", former.ends_at)
    assert attempt.finished_at is None


def test_every_learner_has_an_attempt_of_their_own(
    app: Flask, as_alice: FlaskClient, as_charlie: FlaskClient
) -> None:
    locations = {post(browser, START).location for browser in (as_alice, as_charlie)}

    assert len(locations) == len(rows(app, models.Attempt)) == 2


def test_practice_is_not_started_without_a_choice(app: Flask, as_alice: FlaskClient) -> None:
    answer = post(as_alice, "/quizzes/practice/attempts")

    assert answer.status_code == 400
    assert "Choose what to practise first." in Page(answer).text
    assert rows(app, models.Attempt) == []


def test_todays_set_and_the_mock_interview_can_be_started(as_alice: FlaskClient) -> None:
    for slug in ("todays-set", "mock-interview"):
        answer = post(as_alice, f"/quizzes/{slug}/attempts")

        assert Page(as_alice.get(answer.location)).heading == "Question 1"
