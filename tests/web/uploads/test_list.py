"""An instructor's files and banks."""

from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import uploads
from tests.factories import stored
from tests.web.pages import Page
from tests.web.question_sets import BOBS_SET


def test_at_first_there_is_the_form_and_how_to_write_a_file(as_bob: FlaskClient) -> None:
    page = Page(as_bob.get("/question-sets"))

    assert page.one("input", name="file")["accept"] == ".yaml,.yml,.csv"
    assert page.one("form", action="/question-sets")["enctype"] == "multipart/form-data"
    assert "None yet." in page.text


def test_files_and_published_banks_are_listed(
    app: Flask, as_bob: FlaskClient, bob: models.User, now: datetime
) -> None:
    with stored(app) as session:
        for name in ("first.yaml", "second.yaml"):
            upload = uploads.receive(session, bob.id, name, BOBS_SET.encode(), now)
        uploads.publish(session, uploads.checked(session, bob.id, upload.id), now)

    page = Page(as_bob.get("/question-sets"))

    assert [row.text.split(" ")[0] for row in page.all("tr")[1:]] == ["second.yaml", "first.yaml"]
    assert [each.text for each in page.all("span", class_="tag ok")] == ["published today"]
    assert page.one("ul", class_="mini").text == "Bob's set bobs-set today"


def test_nobody_sees_the_files_of_others(
    app: Flask, as_admin: FlaskClient, bob: models.User, now: datetime
) -> None:
    with stored(app) as session:
        uploads.receive(session, bob.id, "secret-exam.yaml", BOBS_SET.encode(), now)

    assert "secret-exam" not in as_admin.get("/question-sets").text
