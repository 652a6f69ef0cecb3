"""Saving one answer from two pages: by their forms, and by their scripts."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.databases import on_every_kind
from tests.factories import make_bank, make_items, rows, start_attempt, stored
from tests.web.pages import JSON, Page, post


@pytest.fixture
def attempt(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's open attempt whose only question has the options "this", "that" and "neither"."""
    with stored(app) as session:
        make_bank(session, make_items(1, seconds=600))
        return start_attempt(session, alice, "small", now)


def address(attempt: models.Attempt) -> str:
    return f"/attempts/{attempt.id}/responses/1"


def opened(client: FlaskClient, attempt: models.Attempt) -> dict[str, str]:
    """What the form of the question, opened now, would post untouched."""
    page = Page(client.get(f"/attempts/{attempt.id}/questions/1"))
    fields = page.form(address(attempt))
    return {name: fields[name] for name in ("seen", "client", "sequence")}


def option(client: FlaskClient, attempt: models.Attempt, place: int) -> str:
    """How the page names its option at ``place``: ``A. this``."""
    page = Page(client.get(f"/attempts/{attempt.id}/questions/1"))
    letter, text = page.all("label", class_="choice")[place].text.split(" ", 1)
    return f"{letter}. {text}"


def value(app: Flask) -> object:
    return rows(app, models.Response)[0].value


@on_every_kind
def test_a_form_goes_on_from_the_answer_that_it_showed(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    for choice in ("0", "1"):
        fields = opened(as_alice, attempt) | {"choice": choice, "go": "next"}
        assert post(as_alice, address(attempt), fields).status_code == 302

    row = rows(app, models.Response)[0]
    assert (row.save_count, row.saved_by, row.saved_sequence) == (2, None, 0)


def test_a_form_opened_before_a_newer_answer_shows_both_and_stores_nothing(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    before = opened(as_alice, attempt)
    post(as_alice, address(attempt), opened(as_alice, attempt) | {"choice": "1"})
    newer = value(app)

    answer = post(as_alice, address(attempt), before | {"choice": "0", "go": "next"})

    assert (answer.status_code, value(app)) == (409, newer)
    page = Page(answer)
    assert page.heading == "Two answers to question 1"
    for section, place in (("yours", 0), ("stored", 1)):
        text = page.one("section", aria_labelledby=section).text
        assert option(as_alice, attempt, place) in text


def test_a_form_sent_twice_leads_on(as_alice: FlaskClient, attempt: models.Attempt) -> None:
    fields = opened(as_alice, attempt) | {"choice": "1", "go": "next"}

    answers = [post(as_alice, address(attempt), fields) for _ in range(2)]

    assert [each.location for each in answers] == [f"/attempts/{attempt.id}/questions/2"] * 2


@on_every_kind
def test_a_script_is_told_that_another_page_was_there(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    before = opened(as_alice, attempt) | {"client": "tab-1", "sequence": "1"}
    other = {"client": "tab-2", "sequence": "1", "choice": "1", "seen": "0"}
    saved = post(as_alice, address(attempt), other, headers=JSON).get_json()
    newer = value(app)

    reply = post(as_alice, address(attempt), before | {"choice": "0"}, headers=JSON)

    assert reply.status_code == 409
    assert reply.get_json() == {
        "message": "This answer was changed in another tab or window.",
        "conflict": True,
        "saved_at": saved["saved_at"],
        "save_count": 1,
        "stored": [option(as_alice, attempt, 1)],
        "yours": [option(as_alice, attempt, 0)],
    }
    assert value(app) == newer


def test_a_script_is_told_that_a_later_save_of_its_own_overtook_this_one(
    as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    page = {"seen": "0", "client": "tab-1"}
    newer = {**page, "sequence": "2", "choice": "1"}
    post(as_alice, address(attempt), {**newer, "go": "next"})

    reply = post(as_alice, address(attempt), {**page, "sequence": "1"}, headers=JSON).get_json()

    assert (reply["superseded"], reply["save_count"], reply["answered"]) == (True, 1, True)
    again = post(as_alice, address(attempt), newer, headers=JSON).get_json()
    assert (again["superseded"], again["save_count"]) == (False, 1)


@on_every_kind
@pytest.mark.parametrize(
    ("stamp", "kept"),
    [
        ({"client": "x" * 36, "sequence": "9" * 30}, ("x" * 36, 2**31 - 1)),
        ({"client": "x" * 37, "sequence": "-1"}, (None, 0)),
        ({"client": "tab 1", "sequence": "1e3"}, (None, 0)),
        ({"client": "\x00", "sequence": "7" * 9000}, (None, 2**31 - 1)),
        ({"client": "täb", "seen": "many"}, (None, 0)),
    ],
)
def test_a_stamp_that_no_page_would_post_does_not_keep_the_answer_out(
    app: Flask,
    as_alice: FlaskClient,
    attempt: models.Attempt,
    stamp: dict[str, str],
    kept: tuple[str | None, int],
) -> None:
    assert post(as_alice, address(attempt), {"choice": "1", **stamp}).status_code == 302

    row = rows(app, models.Response)[0]
    assert (row.saved_by, row.saved_sequence) == kept
    assert row.value is not None


@on_every_kind
def test_a_count_of_saves_beyond_all_counts_is_one_not_seen(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    fields = {"choice": "1", "seen": "9" * 30}

    assert post(as_alice, address(attempt), fields, headers=JSON).status_code == 409
