"""Saving one answer from two pages: by their forms, and by their scripts."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.databases import on_every_kind
from tests.factories import rows
from tests.web.pages import JSON, Page, post


def address(attempt: models.Attempt) -> str:
    return f"/attempts/{attempt.id}/responses/1"


def opened(client: FlaskClient, attempt: models.Attempt) -> dict[str, str]:
    """What the form of question 1, opened now, would post untouched."""
    page = Page(client.get(f"/attempts/{attempt.id}/questions/1"))
    fields = page.form(address(attempt))
    return {name: fields[name] for name in ("seen", "client", "sequence")}


def value(app: Flask) -> object:
    return rows(app, models.Response)[0].value


@on_every_kind
def test_a_form_goes_on_from_the_answer_that_it_showed(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    for choice in ("0", "1"):
        fields = opened(as_alice, attempt) | {"choice": choice, "go": "next"}
        assert post(as_alice, address(attempt), fields).location.endswith("/questions/2")

    row = rows(app, models.Response)[0]
    assert (row.save_count, row.saved_by, row.saved_sequence) == (2, None, 0)


def test_a_form_opened_before_a_newer_answer_shows_that_one_instead(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    before = opened(as_alice, attempt)
    post(as_alice, address(attempt), opened(as_alice, attempt) | {"choice": "1"})
    newer = value(app)

    answer = post(as_alice, address(attempt), before | {"go": "next"})

    assert answer.location == f"/attempts/{attempt.id}/questions/1"
    assert value(app) == newer
    page = Page(as_alice.get(answer.location))
    assert "The newer answer is shown; change it here if you want." in page.text


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
