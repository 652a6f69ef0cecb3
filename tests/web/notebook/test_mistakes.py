"""The mistake notebook: its list, one mistake, and the note that is written there."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import attempts
from tests.databases import on_every_kind
from tests.factories import (
    GRACE,
    MINUTE,
    answer,
    make_bank,
    make_items,
    row_at,
    rows,
    start_attempt,
    stored,
    take_attempt,
)
from tests.web.pages import Page, post

pytestmark = on_every_kind

WHOLE = {"id": "many", "title": "Many", "questions": 21}
FIELDS = {"cause": "slip", "note": "Watch the\r\n<b>sign</b>."}


def test_a_newcomer_reads_what_comes_here(as_charlie: FlaskClient) -> None:
    assert "Nothing missed yet" in Page(as_charlie.get("/notebook")).text


def test_a_mistake_leads_to_the_answer_in_its_review(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    page = Page(as_alice.get("/notebook"))

    assert len(page.all("article")) == 2
    assert f"/attempts/{finished.id}#question-4" in page.links
    review = Page(as_alice.get(f"/attempts/{finished.id}"))
    assert len(review.all("article", id="question-4")) == 1


def test_the_navigation_leads_to_it(as_alice: FlaskClient) -> None:
    assert "/notebook" in Page(as_alice.get("/history")).links


def test_the_list_tells_no_key(app: Flask, as_alice: FlaskClient, missed: int) -> None:
    for path in ("/notebook", f"/notebook/{missed}"):
        page = Page(as_alice.get(path))

        assert "Which option of item-1 is right?" in page.text
        assert "that" not in page.one("article").text.split()


def test_what_is_missed_in_an_open_attempt_is_not_told(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt, now: datetime
) -> None:
    with stored(app) as session:
        answer(session, attempt, 1, now, is_right=False)
        asked = row_at(session, attempt, 1).item_revision.item_id

    assert not Page(as_alice.get("/notebook")).all("article")
    assert as_alice.get(f"/notebook/{asked}").status_code == 404
    assert post(as_alice, f"/notebook/{asked}", FIELDS).status_code == 404


def test_a_note_is_saved_and_shown_as_plain_text(
    app: Flask, as_alice: FlaskClient, missed: int
) -> None:
    saved = post(as_alice, f"/notebook/{missed}", FIELDS)

    assert saved.location == f"/notebook#mistake-{missed}"
    (note,) = rows(app, models.MistakeNote)
    assert (note.cause, note.note) == ("slip", "Watch the\n<b>sign</b>.")
    page = Page(as_alice.get("/notebook"))
    assert page.one("div", class_="written comment").text == "Watch the <b>sign</b>."
    assert page.one("input", value="slip")["checked"] == ""


def test_saving_leads_back_to_the_page_of_the_list(as_alice: FlaskClient, missed: int) -> None:
    form = Page(as_alice.get("/notebook?cause=none&page=1")).form(f"/notebook/{missed}")

    saved = post(as_alice, f"/notebook/{missed}", {"next": form["next"], "note": "Why?"})

    assert saved.location == f"/notebook?cause=none&page=1#mistake-{missed}"


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "javascript:x"])
def test_saving_never_leads_elsewhere(as_alice: FlaskClient, missed: int, target: str) -> None:
    saved = post(as_alice, f"/notebook/{missed}", {"next": target, "note": "Why?"})

    assert saved.location == f"/notebook#mistake-{missed}"


def test_an_empty_note_takes_it_away(app: Flask, as_alice: FlaskClient, missed: int) -> None:
    post(as_alice, f"/notebook/{missed}", FIELDS)

    post(as_alice, f"/notebook/{missed}", {"note": "  "})

    assert rows(app, models.MistakeNote) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"note": "x" * 2_001}, "Shorten it by 1."), ({"cause": "luck", "note": "why"}, "listed")],
)
def test_what_cannot_be_kept_is_shown_again_with_the_reason(
    app: Flask, as_alice: FlaskClient, missed: int, fields: dict[str, str], told: str
) -> None:
    shown = post(as_alice, f"/notebook/{missed}", fields)

    assert shown.status_code == 422
    page = Page(shown)
    assert told in page.text
    assert fields["note"] in page.one("textarea").text
    assert rows(app, models.MistakeNote) == []


def test_a_filter_that_finds_nothing_says_so(as_alice: FlaskClient, missed: int) -> None:
    page = Page(as_alice.get("/notebook?cause=slip&skill=ml.models.trees"))

    assert "No such mistake" in page.text
    assert "/notebook" in page.links


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=99999999999", "cause=luck"])
def test_whatever_the_address_says_there_is_a_page(
    as_alice: FlaskClient, missed: int, query: str
) -> None:
    assert as_alice.get(f"/notebook?{query}").status_code == 200


def test_what_the_clock_left_blank_has_a_likely_cause_that_is_not_stored(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        cut_off = start_attempt(session, alice, now=now - 40 * MINUTE)
        answer(session, cut_off, 1, now - 39 * MINUTE, is_right=False)
        attempts.close_overdue(session, cut_off.id, now, GRACE)

    page = Page(as_alice.get("/notebook"))

    assert page.text.count("so perhaps: out of time") == 3
    assert not [each for each in page.all("input", type="radio") if "checked" in each]
    assert rows(app, models.MistakeNote) == []


def test_put_right_is_said(
    app: Flask, as_alice: FlaskClient, alice: models.User, missed: int, now: datetime
) -> None:
    with stored(app) as session:
        take_attempt(session, alice, "once-missed", now - 9 * MINUTE, right=(1,))

    assert "put right" in Page(as_alice.get("/notebook")).text


def test_the_review_leads_to_the_notes_of_what_was_missed_and_seen(
    app: Flask, as_alice: FlaskClient, finished: models.Attempt
) -> None:
    page = Page(as_alice.get(f"/attempts/{finished.id}"))

    links = [each for each in page.links if each.startswith("/notebook/")]
    assert len(links) == 2
    assert all(as_alice.get(each).status_code == 200 for each in links)


def test_a_long_list_has_pages(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    with stored(app) as session:
        make_bank(session, make_items(21), "many", quizzes=[WHOLE])
        take_attempt(session, alice, "many", now - 60 * MINUTE, wrong=range(1, 22))

    first, second = (Page(as_alice.get(f"/notebook?page={page}")) for page in (1, 2))

    assert (len(first.all("article")), len(second.all("article"))) == (20, 1)
    assert "/notebook?page=2" in first.links
    assert "/notebook?page=1" in second.links
