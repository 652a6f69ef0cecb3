"""A real browser against a real server: one of each for all tests of this folder.

The server holds the real item banks, the made-up people of the demo with their weeks of history,
which tests only look at, and a small bank with a question of every kind. A test that changes
something makes a person of its own.
"""

import logging
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect
from playwright.sync_api import sync_playwright as start_playwright
from werkzeug.serving import make_server

from quizapp.config import ROOT
from quizapp.db import models
from quizapp.services import demo, question_files, uploads
from tests import factories
from tests.browser.site import EVERY_KIND, Site, sign_in
from tests.environment.chromium import find_chromium
from tests.trial_runs import use_runner

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
MANIFEST = ROOT / "quizapp" / "web" / "static" / "vendor" / "manifest.json"
VIEWPORT = {"width": 1280, "height": 860}
PATIENCE_MS = 10_000
DEMO_SEED = 20
NETWORK_TROUBLE = "Failed to load resource"

collect_ignore = [] if os.environ.get("QUIZAPP_SCREENSHOTS") else ["test_screenshots.py"]
expect.set_options(timeout=PATIENCE_MS)

OpenPage = Callable[..., Page]
MakePerson = Callable[..., models.User]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder carry the marker ``browser``.

    Werkzeug leaves a static file open when the browser turns out to have it already.
    """
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"))


@pytest.fixture(scope="session")
def browser(site: Site) -> Iterator[Browser]:
    """The machine's own Chromium; it starts after the server and ends before it."""
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium found: install it, or set CHROMIUM to its path")
    with start_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The served app."""
    assert MANIFEST.exists(), "nothing is built: run make assets"
    folder = tmp_path_factory.mktemp("site")
    with factories.running_app(f"sqlite:///{folder / 'site.sqlite'}", folder) as app:
        factories.migrate(app)
        use_runner(app)
        _fill(app)
        logging.getLogger("werkzeug").setLevel(logging.WARNING)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield Site(app, f"http://127.0.0.1:{server.port}")
        server.shutdown()
        thread.join()
        server.server_close()


def _fill(app: Flask) -> None:
    """The banks, the people, and a file that Tomas has uploaded and published."""
    now = datetime.now(UTC)
    with factories.stored(app) as session:
        question_files.load(session, ROOT / "questions", now)
        demo.fill(session, factories.cheap_passwords, now, Random(DEMO_SEED))
    tomas = factories.find_person(app, "tomas")
    with factories.stored(app) as session:
        upload = uploads.receive(session, tomas.id, EVERY_KIND.name, EVERY_KIND.read_bytes(), now)
        uploads.publish(session, uploads.checked(session, tomas.id, upload.id), now)


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[OpenPage]:
    """``open_page(user, **options)``: a page of a new context, signed in unless ``user`` is None.

    ``options`` are the browser context's; by default a light page of 1280 pixels. The test fails
    when a page reports an error: of a script, of the content security policy, of an asset.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(user: models.User | None = None, **options: Any) -> Page:
        context = browser.new_context(
            base_url=site.url, reduced_motion="reduce", **{"viewport": VIEWPORT, **options}
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        if user is not None:
            sign_in(site, context, user)
        page = context.new_page()
        watch(page, troubles)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def watch(page: Page, troubles: list[str]) -> None:
    """What goes wrong on ``page`` is added to ``troubles``.

    Chromium reports every answer from 400 up as an error too; a page may answer so, an asset may
    not.
    """

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NETWORK_TROUBLE):
            troubles.append(message.text)

    def note_response(response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and "/static/" in response.url):
            troubles.append(f"{response.status} {response.url}")

    page.on("console", note_message)
    page.on("pageerror", lambda error: troubles.append(str(error.stack)))
    page.on("response", note_response)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page of somebody who is not signed in."""
    return open_page()


_numbers = count(1)


@pytest.fixture
def make_person(site: Site) -> MakePerson:
    """``make_person(role)``: an account without history."""

    def make(role: str = "learner") -> models.User:
        name = f"{role}-{next(_numbers)}"
        return site.stored(lambda session: factories.make_person(session, name, role))

    return make


@pytest.fixture
def learner(make_person: MakePerson) -> models.User:
    """A learner of this test's own."""
    return make_person()


@pytest.fixture
def instructor(make_person: MakePerson) -> models.User:
    """An instructor of this test's own."""
    return make_person("instructor")
