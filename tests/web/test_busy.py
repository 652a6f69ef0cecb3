"""While another program holds SQLite's write lock, nothing is said to be saved, and soon."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from quizapp.db import models
from tests.factories import csrf_token, locked_by_another_program, rows, sign_in, stored
from tests.web.pages import JSON, Page, post

Work = Callable[[], TestResponse]

ANSWER_SECONDS = 5.0


def at_once(works: list[Work]) -> list[tuple[float, TestResponse]]:
    """What each answered, and after how many seconds."""

    def timed(work: Work) -> tuple[float, TestResponse]:
        began = time.monotonic()
        answer = work()
        return time.monotonic() - began, answer

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(timed, works))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits longer than a moment."""
    monkeypatch.setattr(import_module("quizapp.db.writing"), "PATIENCE_SECONDS", 0.05)


def savers(app: Flask, user: models.User, attempt: models.Attempt) -> list[Work]:
    """Two browsers for each question of the attempt, that flag it."""
    browsers = [app.test_client() for _ in range(8)]
    for browser in browsers:
        sign_in(browser, user)
    fields = [{"csrf_token": csrf_token(browser), "flag": "on"} for browser in browsers]

    def saver(place: int) -> Work:
        path = f"/attempts/{attempt.id}/responses/{place % 4 + 1}"
        return lambda: browsers[place].post(path, data=fields[place], headers=JSON)

    return [saver(place) for place in range(8)]


def flags(app: Flask) -> list[bool]:
    return [each.is_flagged for each in rows(app, models.Response)]


def test_savers_are_told_within_seconds_and_save_again_by_themselves(
    app: Flask, alice: models.User, attempt: models.Attempt
) -> None:
    works = savers(app, alice, attempt)

    with locked_by_another_program(app):
        answers = at_once(works)

    assert [each.status_code for _, each in answers] == [503] * 8
    assert [each.headers["Retry-After"] for _, each in answers] == ["5"] * 8
    assert max(seconds for seconds, _ in answers) < ANSWER_SECONDS
    assert flags(app) == [False] * 4
    assert [each.status_code for _, each in at_once(works)] == [200] * 8
    assert flags(app) == [True] * 4


def test_who_comes_after_the_first_is_told_at_once(
    app: Flask, alice: models.User, attempt: models.Attempt
) -> None:
    works = savers(app, alice, attempt)

    with locked_by_another_program(app):
        at_once(works[:1])
        answers = at_once(works)

    assert [each.status_code for _, each in answers] == [503] * 8
    assert max(seconds for seconds, _ in answers) < 1


def test_pages_are_shown_meanwhile(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt, impatient: None
) -> None:
    with locked_by_another_program(app):
        answer = as_alice.get(f"/attempts/{attempt.id}/questions/1")

    assert answer.status_code == 200


def test_a_form_is_told_what_to_do(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt, impatient: None
) -> None:
    path = f"/attempts/{attempt.id}/responses/1"
    with locked_by_another_program(app):
        answer = post(as_alice, path, {"flag": "on"})

    assert (answer.status_code, Page(answer).heading) == (503, "Busy right now")


def test_a_sign_in_that_ended_is_told_as_such_once_the_database_is_free(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt, impatient: None
) -> None:
    path = f"/attempts/{attempt.id}/responses/1"
    with locked_by_another_program(app):
        busy = post(as_alice, path, {"flag": "on"}, headers=JSON)
    with stored(app) as session:
        session.query(models.SignIn).delete()

    assert busy.status_code == 503
    assert post(as_alice, path, {"flag": "on"}, headers=JSON).status_code == 401
