"""Finishing an attempt."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.databases import on_every_kind
from tests.factories import MINUTE, answer, csrf_token, rows, sign_in, stored
from tests.web.pages import Page, post

pytestmark = on_every_kind


def test_finishing_grades_the_attempt_and_shows_the_result(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    with stored(app) as session:
        for position in (1, 2, 3, 4):
            answer(session, attempt, position, attempt.started_at + MINUTE)

    answer_ = post(as_alice, f"/attempts/{attempt.id}/submission")

    assert answer_.location == f"/attempts/{attempt.id}"
    assert "4 of 4 right" in Page(as_alice.get(answer_.location)).text
    assert rows(app, models.Attempt)[0].closed_by == "learner"


def test_a_second_click_changes_nothing(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    with stored(app) as session:
        answer(session, attempt, 1, attempt.started_at + MINUTE)
    answers = [post(as_alice, f"/attempts/{attempt.id}/submission") for _ in range(2)]

    assert {each.location for each in answers} == {f"/attempts/{attempt.id}"}
    assert len(rows(app, models.ReadinessRecord)) == 1


def test_clicks_at_once_make_one_grade(
    app: Flask, alice: models.User, attempt: models.Attempt
) -> None:
    with stored(app) as session:
        answer(session, attempt, 1, attempt.started_at + MINUTE)
    browsers = [app.test_client() for _ in range(4)]
    for browser in browsers:
        sign_in(browser, alice)
    tokens = [{"csrf_token": csrf_token(browser)} for browser in browsers]

    def finish(browser: FlaskClient, fields: dict[str, str]) -> int:
        return browser.post(f"/attempts/{attempt.id}/submission", data=fields).status_code

    with ThreadPoolExecutor(len(browsers)) as pool:
        statuses = list(pool.map(finish, browsers, tokens))

    assert statuses == [302] * 4
    (whole,) = (each for each in rows(app, models.SkillBelief) if each.node == "")
    assert (whole.wins, whole.fails) == (1, 0)
    assert len(rows(app, models.ReadinessRecord)) == 1


def test_nobody_finishes_for_another(
    app: Flask, as_charlie: FlaskClient, attempt: models.Attempt
) -> None:
    assert post(as_charlie, f"/attempts/{attempt.id}/submission").status_code == 404
    assert rows(app, models.Attempt)[0].finished_at is None
