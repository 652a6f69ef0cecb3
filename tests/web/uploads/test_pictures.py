"""Pictures sent with a file of questions, or after it."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from quizapp.db import models
from tests.databases import on_every_kind
from tests.factories import csrf_token, rows
from tests.pictures import film, picture
from tests.web.pages import Page

SET = b"""\
id: shapes
title: Shapes
items:
  - id: disc
    type: true-false
    skills: [ml.models.trees]
    stem: "This is a disc: ![A black disc](disc.png)"
    answer: true
"""
Files = Sequence[tuple[str, bytes]]


def send(client: FlaskClient, path: str, pictures: Files, file: bytes = b"") -> TestResponse:
    """The answer to a form with those pictures, and perhaps a file of questions."""
    fields: MultiDict[str, str | FileStorage] = MultiDict({"csrf_token": csrf_token(client)})
    if file:
        fields.add("file", FileStorage(BytesIO(file), "shapes.yaml"))
    for name, data in pictures:
        fields.add("pictures", FileStorage(BytesIO(data), name))
    boundary, body = encode_multipart(fields)
    return client.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}")


@on_every_kind
def test_a_file_with_its_pictures_is_shown_and_published(app: Flask, as_bob: FlaskClient) -> None:
    answer = send(as_bob, "/question-sets", [("disc.png", picture())], SET)

    page = Page(as_bob.get(answer.location))
    (image,) = rows(app, models.Image)
    assert "no error" in page.one("div", id="verdict").text
    assert [each["src"] for each in page.all("img")] == [f"/images/{image.digest}"] * 2
    assert [each["alt"] for each in page.all("img")] == ["", "A black disc"]
    assert "disc.png 64 × 40" in page.text


def test_a_missing_picture_is_an_error_until_it_is_added(as_bob: FlaskClient) -> None:
    address = send(as_bob, "/question-sets", [], SET).location
    assert "There is no picture" in Page(as_bob.get(address)).text

    answer = send(as_bob, f"{address}/images", [("disc.png", picture())])

    assert answer.location == address
    assert "There is no picture" not in Page(as_bob.get(address)).text


def test_another_one_of_the_same_name_takes_its_place(app: Flask, as_bob: FlaskClient) -> None:
    address = send(as_bob, "/question-sets", [("disc.png", picture())], SET).location

    send(as_bob, f"{address}/images", [("disc.png", picture(size=(90, 90)))])

    (row,) = rows(app, models.UploadImage)
    widths = {image.digest: image.width for image in rows(app, models.Image)}
    assert widths[row.image_digest] == 90


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("disc.png", b"text")], "disc.png: This is no PNG, JPEG, WebP or GIF file"),
        ([("disc.svg", b"<svg/>")], "disc.svg: SVG is not taken"),
        ([("disc.gif", film("GIF"))], "disc.gif: The picture moves."),
        ([("my disc.png", picture())], "my disc.png: A picture's name has letters"),
        ([("disc.png", bytes(2**21 + 1))], "disc.png: The picture has more than 2 MB."),
        ([(f"{place}.png", picture()) for place in range(11)], "Send up to 10 at once"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_the_field(
    app: Flask, as_bob: FlaskClient, files: Files, sentence: str
) -> None:
    for answer in (
        send(as_bob, "/question-sets", files, SET),
        send(as_bob, f"{send(as_bob, '/question-sets', [], SET).location}/images", files),
    ):
        page = Page(answer)
        assert answer.status_code == 422
        assert sentence in page.one("p", id="pictures-error").text
    assert rows(app, models.Image) == []


def test_nobody_adds_a_picture_to_the_file_of_another(
    app: Flask, as_bob: FlaskClient, as_admin: FlaskClient
) -> None:
    address = send(as_bob, "/question-sets", [], SET).location

    answer = send(as_admin, f"{address}/images", [("disc.png", picture())])

    assert answer.status_code == 404
    assert rows(app, models.Image) == []


def test_a_form_with_pictures_may_be_larger_than_a_file(as_bob: FlaskClient) -> None:
    large = picture("PNG") + bytes(2 * 2**20 - 3_000)

    answer = send(as_bob, "/question-sets", [("disc.png", large), ("b.png", large)], SET)

    assert answer.status_code == 302
