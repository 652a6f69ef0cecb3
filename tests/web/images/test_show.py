"""Pictures of questions as browsers get them, and who is told of them when."""

from datetime import datetime

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.domain.images import ImageReference
from quizapp.images import reencode
from quizapp.markup.pictures import ADDRESS
from quizapp.services import images
from tests.factories import make_bank, make_item, start_attempt, stored
from tests.pictures import picture
from tests.web.pages import Page, post


@pytest.fixture
def references(app: Flask) -> list[ImageReference]:
    """Four stored pictures."""
    drawn = [reencode(picture(size=(40 + number, 30))) for number in range(4)]
    with stored(app) as session:
        images.store(session, drawn)
    return [each.reference for each in drawn]


@pytest.fixture
def attempt(
    app: Flask, alice: models.User, now: datetime, references: list[ImageReference]
) -> models.Attempt:
    """Alice's open attempt at a question with pictures in stem, option, its why, explanation."""
    stem, option, why, explanation = (f"![A disc]({each})" for each in references)
    options = [{"text": option, "why": why}, {"text": "that", "correct": True}]
    item = make_item(stem=f"Which?\n\n{stem}", options=options, explanation=explanation)
    with stored(app) as session:
        make_bank(session, [item], "shapes")
        return start_attempt(session, alice, "shapes", now)


def test_a_picture_is_kept_for_ever_and_can_do_nothing(as_alice: FlaskClient, image: str) -> None:
    answer = as_alice.get(f"/images/{image}")

    assert answer.data == reencode(picture()).data
    assert answer.mimetype == "image/png"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers.getlist("Content-Security-Policy")[0] == "default-src 'none'; sandbox"


def test_a_browser_that_has_it_is_told_so(as_alice: FlaskClient, image: str) -> None:
    answer = as_alice.get(f"/images/{image}", headers={"If-None-Match": f'"{image}"'})

    assert (answer.status_code, answer.data) == (304, b"")


@pytest.mark.parametrize("digest", ["", "a" * 64, "A" * 64, "..", "a.png", "a" * 5_000, "%00"])
def test_there_is_nothing_else(as_alice: FlaskClient, digest: str) -> None:
    assert as_alice.get(f"/images/{digest}").status_code == 404


def test_pages_name_the_address_of_the_route(app: Flask) -> None:
    with app.test_request_context():
        assert url_for("images.show", digest="ab") == f"{ADDRESS}ab"


def shown(page: Page) -> list[str]:
    return [each["src"].removeprefix(ADDRESS) for each in page.all("img")]


def test_an_open_attempt_tells_of_no_picture_of_the_key(
    as_alice: FlaskClient, attempt: models.Attempt, references: list[ImageReference]
) -> None:
    stem, option, why, explanation = (each.digest for each in references)
    paths = (f"/attempts/{attempt.id}/questions/1", f"/attempts/{attempt.id}/submission", "/")

    pages = [as_alice.get(path) for path in paths]

    assert shown(Page(pages[0])) == [stem, option]
    for page in pages:
        assert why not in page.text
        assert explanation not in page.text


def test_the_result_shows_them_all(
    as_alice: FlaskClient, attempt: models.Attempt, references: list[ImageReference]
) -> None:
    post(as_alice, f"/attempts/{attempt.id}/submission")

    page = Page(as_alice.get(f"/attempts/{attempt.id}"))

    assert sorted(shown(page)) == sorted(each.digest for each in references)
    assert {each["alt"] for each in page.all("img")} == {"A disc"}
    assert (page.all("img")[0]["width"], page.all("img")[0]["height"]) == ("40", "30")
