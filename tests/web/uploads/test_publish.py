"""Publishing: the whole file, or nothing of it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import uploads
from tests.databases import on_every_kind
from tests.factories import rows, stored
from tests.web.pages import Page, post

pytestmark = on_every_kind
FIRST = "  - {id: so, type: true-false, skills: [ml.models.trees], stem: It is so., answer: true}\n"
SECOND = "  - {id: not, type: true-false, skills: [ml.models.trees], stem: Not., answer: false}\n"
SET = f"id: bobs-set\ntitle: Bob's set\nitems:\n{FIRST}{SECOND}"

Publish = Callable[[str], Page]


@pytest.fixture
def publish(app: Flask, as_bob: FlaskClient, bob: models.User, now: datetime) -> Publish:
    """``publish(text)``: the page after Bob sent that file and pressed Publish."""

    def publish(text: str) -> Page:
        with stored(app) as session:
            upload = uploads.receive(session, bob.id, "bobs.yaml", text.encode(), now)
        path = f"/question-sets/{upload.id}/publication"
        return Page(post(as_bob, path, follow_redirects=True))

    return publish


def slugs(app: Flask) -> set[str]:
    return {each.slug for each in rows(app, models.Item) if each.retired_at is None}


def test_a_published_set_is_a_bank_with_a_quiz_that_learners_find(
    app: Flask, publish: Publish, as_alice: FlaskClient
) -> None:
    page = publish(SET)

    assert "“Bob's set” is published: 2 new." in page.text
    assert {"so", "not"} <= slugs(app)
    assert "/quizzes/bobs-set" in Page(as_alice.get("/quizzes")).links


def test_one_fault_publishes_nothing(app: Flask, publish: Publish, as_alice: FlaskClient) -> None:
    before = slugs(app)

    page = publish(SET.replace("answer: false", "answer: perhaps"))

    assert "This file has errors, so nothing was published." in page.text
    assert slugs(app) == before
    assert as_alice.get("/quizzes/bobs-set").status_code == 404


def test_the_same_file_twice_changes_nothing(app: Flask, publish: Publish) -> None:
    publish(SET)
    before = len(rows(app, models.ItemRevision))

    page = publish(SET)

    assert "was already published exactly like this. Nothing has changed." in page.text
    assert len(rows(app, models.ItemRevision)) == before
    assert len(rows(app, models.Quiz)) == len({each.slug for each in rows(app, models.Quiz)})


def test_a_changed_file_revises_adds_and_withdraws(app: Flask, publish: Publish) -> None:
    publish(SET)

    page = publish(SET.replace("It is so.", "It is so!").replace("id: not", "id: new"))

    assert "1 new, 1 revised, 1 withdrawn." in page.text
    assert "new" in slugs(app)
    assert "not" not in slugs(app)


def test_pressing_publish_twice_publishes_once(
    app: Flask, as_bob: FlaskClient, publish: Publish
) -> None:
    publish(SET)
    (upload,) = rows(app, models.Upload)

    again = post(as_bob, f"/question-sets/{upload.id}/publication", follow_redirects=True)

    assert "Nothing has changed." in Page(again).text


def test_the_id_of_anothers_bank_is_refused(app: Flask, publish: Publish) -> None:
    before = slugs(app)

    page = publish(SET.replace("id: bobs-set", "id: math"))

    assert "The id math is taken by another bank." in page.text
    assert slugs(app) == before


def test_a_set_that_takes_the_address_of_another_quiz_is_refused(
    app: Flask, publish: Publish, as_alice: FlaskClient
) -> None:
    for slug in ("practice", "todays-set", "mock-interview"):
        page = publish(SET.replace("id: bobs-set", f"id: {slug}"))

        assert "There is another quiz at" in page.text
    assert Page(as_alice.get("/quizzes/todays-set")).heading == "Today’s set"


def test_long_titles_are_refused_before_the_database_does(publish: Publish) -> None:
    page = publish(SET.replace("Bob's set", "B" * 201))

    assert "This file has errors, so nothing was published." in page.text
    assert "This may have at most 200 characters." in page.text


def test_withdrawn_questions_stay_in_attempts_that_hold_them(
    app: Flask, publish: Publish, as_alice: FlaskClient
) -> None:
    publish(SET)
    first = post(as_alice, "/quizzes/bobs-set/attempts").location

    publish(SET.replace("It is so.", "Changed.").replace(SECOND, ""))

    pages = [as_alice.get(f"{first.removesuffix('1')}{place}").text for place in (1, 2)]
    assert any("It is so." in page for page in pages)
    assert not any("Changed." in page for page in pages)
