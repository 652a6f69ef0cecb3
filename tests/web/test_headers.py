"""What every answer tells the browser: what to load, run, frame, sniff and keep."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from quizapp.db import models
from tests.factories import PASSWORD, running_app
from tests.web.access import PAGES
from tests.web.pages import JSON, Page, post

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ALICE = {"email": "alice@example.org", "password": PASSWORD}
EVENT_HANDLERS = ("onclick", "onload", "onerror", "onsubmit", "onchange", "oninput", "onfocus")


def policy(answer: TestResponse) -> dict[str, str]:
    """The content security policy of all answers by directive; one may have a second."""
    parts = answer.headers.getlist("Content-Security-Policy")[-1].split("; ")
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


NONCE = re.compile(r" 'nonce-[\w-]{22}'")


def assert_guarded(answer: TestResponse) -> None:
    found = policy(answer)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert found["default-src"] == found["object-src"] == found["base-uri"] == "'none'"
    assert found["frame-ancestors"] == "'none'"
    assert found["script-src"] == found["form-action"] == "'self'"
    assert NONCE.sub("", found["style-src"]) == "'self'"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "Server" not in answer.headers or "Werkzeug" in answer.headers["Server"]


def test_every_page_carries_the_guarding_headers(
    client: FlaskClient, as_alice: FlaskClient, as_admin: FlaskClient, objects: dict[str, Any]
) -> None:
    for row in PAGES:
        for browser in (client, as_alice, as_admin):
            assert_guarded(browser.get(row.path.format(**objects), buffered=True))


def test_only_the_page_of_the_editor_may_make_a_sheet_and_each_time_by_another_nonce(
    as_alice: FlaskClient, coded: models.Attempt, attempt: models.Attempt
) -> None:
    editor, other = (f"/attempts/{each.id}/questions/1" for each in (coded, attempt))

    found = [policy(as_alice.get(path))["style-src"] for path in (editor, editor, other)]

    nonces = [each.removeprefix("'self'") for each in found]
    assert NONCE.fullmatch(nonces[0])
    assert len(set(nonces)) == 3
    assert nonces[2] == ""


def test_what_belongs_to_a_person_is_kept_by_no_browser(
    as_alice: FlaskClient, as_bob: FlaskClient, objects: dict[str, Any]
) -> None:
    for row in PAGES:
        for browser in (as_alice, as_bob):
            answer = browser.get(row.path.format(**objects), buffered=True)
            if not row.path.startswith(("/static/", "/images/{image}")):
                assert answer.headers["Cache-Control"] == "no-store", row
                assert "Cookie" in answer.headers["Vary"]


def test_pages_of_strangers_and_assets_are_asked_for_again(client: FlaskClient) -> None:
    for path in ("/", "/static/app.css"):
        assert client.get(path, buffered=True).headers["Cache-Control"] == "no-cache"


def test_an_answer_to_a_post_is_kept_by_no_browser(client: FlaskClient) -> None:
    assert post(client, "/sign-in", ALICE).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("headers", [{}, JSON])
def test_error_pages_carry_them_too(
    app: Flask, client: FlaskClient, headers: dict[str, str]
) -> None:
    app.add_url_rule("/broken", view_func=lambda: str(1 // 0))
    answers = [
        client.get("/unknown", headers=headers),
        client.put("/register", headers=headers),
        client.delete("/", headers=headers),
        client.post("/register", headers=headers),
        client.get("/broken", headers=headers),
    ]

    for answer in answers:
        assert_guarded(answer)
    assert [answer.status_code for answer in answers] == [404, 405, 405, 400, 500]


def test_no_page_holds_a_script_a_style_or_a_handler_of_its_own(
    client: FlaskClient, as_alice: FlaskClient, as_bob: FlaskClient, objects: dict[str, Any]
) -> None:
    for row in PAGES:
        for browser in (client, as_alice, as_bob):
            answer = browser.get(row.path.format(**objects), buffered=True)
            if answer.mimetype != "text/html":
                continue
            page = Page(answer)
            assert page.all("style") == []
            assert all("src" in script and script.text == "" for script in page.all("script"))
            for element in page.elements:
                assert "style" not in element
                assert not [name for name in element.attributes if name.startswith("on")]
                assert not element.attributes.get("href", "").startswith(("javascript:", "data:"))


def test_every_page_names_its_language_title_and_one_heading(
    as_alice: FlaskClient, as_bob: FlaskClient, as_admin: FlaskClient, objects: dict[str, Any]
) -> None:
    for row in PAGES:
        for browser in (as_alice, as_bob, as_admin):
            answer = browser.get(row.path.format(**objects), buffered=True)
            if answer.mimetype == "text/html" and answer.status_code != 302:
                page = Page(answer)
                assert page.one("html")["lang"] == "en"
                assert page.all("title")[0].text.endswith(" · Prep")
                assert page.heading
                ids = [each["id"] for each in page.elements if "id" in each]
                assert len(ids) == len(set(ids)), row


def test_every_asset_that_a_page_names_is_there_and_carries_them_too(
    as_alice: FlaskClient, as_bob: FlaskClient, objects: dict[str, Any]
) -> None:
    answers = [
        browser.get(row.path.format(**objects), buffered=True)
        for row in PAGES
        for browser in (as_alice, as_bob)
    ]
    pages = [Page(answer) for answer in answers if answer.mimetype == "text/html"]

    assets = {
        each.attributes.get("src") or each["href"]
        for page in pages
        for each in (*page.all("script"), *page.all("link"))
        if "/vendor/fonts/" not in each.attributes.get("href", "")  # there once it was built
    }
    for path in assets:
        answer = as_bob.get(path, buffered=True)
        assert answer.status_code == 200, path
        assert_guarded(answer)
    assert {path.partition("?")[0].split("/")[1] for path in assets} == {"static"}


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient) -> None:
    cookie = post(client, "/sign-in", ALICE).headers["Set-Cookie"]

    assert cookie.startswith("quizapp-8000=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert "Domain" not in cookie


@pytest.fixture
def secure_client(database_url: str, tmp_path: Path) -> Any:
    """A browser before the app at an https address."""
    with running_app(database_url, tmp_path, public_url="https://prep.example") as app:
        yield app.test_client()


def test_over_https_the_cookies_and_the_site_are_bound_to_it(secure_client: FlaskClient) -> None:
    form = Page(secure_client.get("/sign-in", base_url="https://prep.example")).form("/sign-in")

    answer = secure_client.post(
        "/sign-in",
        data={**form, **ALICE},
        base_url="https://prep.example",
        headers={"Referer": "https://prep.example/sign-in"},
    )

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-quizapp=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert answer.location == "/"


@pytest.mark.parametrize("referer", [None, "https://evil.example/", "http://prep.example/"])
def test_over_https_a_form_of_another_site_is_refused(
    secure_client: FlaskClient, referer: str | None
) -> None:
    form = Page(secure_client.get("/sign-in", base_url="https://prep.example")).form("/sign-in")

    answer = secure_client.post(
        "/sign-in",
        data={**form, **ALICE},
        base_url="https://prep.example",
        headers={} if referer is None else {"Referer": referer},
    )

    assert answer.status_code == 400
