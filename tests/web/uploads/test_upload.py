"""Sending a file: what is taken, and what is refused with a reason."""

from collections.abc import Mapping
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from quizapp.db import models
from tests.databases import on_every_kind
from tests.factories import csrf_token, rows
from tests.web.pages import JSON, Page, post

ITEM = "  - {id: so, type: true-false, skills: [ml.models.trees], stem: It is so., answer: true}\n"
MEGABYTE = 1_000_000


def send(
    client: FlaskClient, name: str, data: bytes, headers: Mapping[str, str] | None = None
) -> TestResponse:
    """The answer to the form with a file."""
    fields = {"csrf_token": csrf_token(client), "file": FileStorage(BytesIO(data), name)}
    boundary, body = encode_multipart(fields)  # in memory, where the client leaves open files
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post("/question-sets", data=body, content_type=kind, headers=headers)


@on_every_kind
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("set.yaml", f"items:\n{ITEM}".encode()),
        ("SET.YML", f"items:\n{ITEM}".encode("utf-8-sig")),
        ("set.csv", b"id,stem,option_1,option_2,answer,skills\r\nx,Why?,A,B,A,ml.models.trees\r\n"),
    ],
)
def test_a_file_is_kept_and_shown(
    app: Flask, as_bob: FlaskClient, bob: models.User, name: str, data: bytes
) -> None:
    answer = send(as_bob, name, data)

    (upload,) = rows(app, models.Upload)
    assert answer.location == f"/question-sets/{upload.id}"
    assert (upload.user_id, upload.filename, upload.published_at) == (bob.id, name, None)
    assert "Publish 1 question" in Page(as_bob.get(answer.location)).text


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("set.yaml", b"", "set.yaml is empty."),
        ("set.yaml", b" \n\n", "set.yaml is empty."),
        ("set.docx", b"items: []", "set.docx is not a kind of file that is read."),
        ("set", b"items: []", "Known endings: .csv, .yaml, .yml."),
        ("set.yaml.exe", b"items: []", "is not a kind of file that is read."),
        ("set.csv", b"MZ\x90\x00\x03\x00", "set.csv is not a text file."),
        ("set.yaml", "items:\n\n# Größe".encode("latin-1"), "line 3 holds the byte 0xf6"),
        ("set.csv", "id,stem\nx,Größe\n".encode("latin-1"), "CSV UTF-8"),
        ("set.yaml", b"#" * (2 * 1024 * 1024 + 1), "larger than 2048 KiB"),
        ("../../etc/passwd.yaml", b"", "passwd.yaml is empty."),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    app: Flask, as_bob: FlaskClient, name: str, data: bytes, says: str
) -> None:
    answer = send(as_bob, name, data)

    assert answer.status_code == 422
    assert says in Page(answer).text
    assert "etc" not in answer.text
    assert rows(app, models.Upload) == []


def test_no_file_is_refused(as_bob: FlaskClient) -> None:
    for answer in (send(as_bob, "", b""), post(as_bob, "/question-sets", {"file": "text"})):
        assert answer.status_code == 422
        assert "Choose a file." in Page(answer).text


def test_a_file_far_too_large_has_a_page_that_says_so(app: Flask, as_bob: FlaskClient) -> None:
    answer = send(as_bob, "huge.yaml", b"#" * 30 * MEGABYTE)

    page = Page(answer)
    assert answer.status_code == 413
    assert page.heading == "The file is too large"
    assert "2 MB" in page.text
    assert rows(app, models.Upload) == []


def test_a_script_that_sends_too_much_is_told_in_json(as_bob: FlaskClient) -> None:
    answer = send(as_bob, "huge.yaml", b"#" * 30 * MEGABYTE, JSON)

    assert answer.status_code == 413
    assert "2 MB" in answer.get_json()["message"]


@on_every_kind
def test_a_name_is_cleaned_shortened_and_never_runs(app: Flask, as_bob: FlaskClient) -> None:
    name = "C:\\tmp\\<img src=x onerror=alert(1)>\u202e" + "x" * 300 + ".yaml"

    answer = send(as_bob, name, f"items:\n{ITEM}".encode())

    assert answer.status_code in (302, 422)
    for page in (answer, as_bob.get("/question-sets")):
        assert "<img" not in page.text
    assert all(len(each.filename) <= 120 for each in rows(app, models.Upload))


def test_a_file_with_faults_is_kept_so_that_they_can_be_shown(
    app: Flask, as_bob: FlaskClient
) -> None:
    answer = send(as_bob, "broken.yaml", b"items: [\n")

    assert answer.status_code == 302
    assert len(rows(app, models.Upload)) == 1
