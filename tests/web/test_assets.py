"""Built files have names that change with them: kept for ever, sent small."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from quizapp.web import assets
from tests.web.pages import Page

SCRIPT = b"export const answer = 42;" * 40
HASHED = "/static/vendor/assets/quiz-ABCDEFGH.js"
TEMPLATE = "{{ static('js/quiz.js') }} {{ static('js/other.js') }}"


@pytest.fixture
def static_folder(tmp_path: Path) -> Path:
    """A script that was built, one that was not, and what says so."""
    built = tmp_path / "vendor" / "assets"
    built.mkdir(parents=True)
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "other.js").write_bytes(SCRIPT)
    (built / "quiz-ABCDEFGH.js").write_bytes(SCRIPT)
    (built / "quiz-ABCDEFGH.js.gz").write_bytes(gzip.compress(SCRIPT))
    (built / "quiz-ABCDEFGH.js.br").write_bytes(b"shorter yet")
    names = {"js/quiz.js": HASHED.removeprefix("/static/")}
    (tmp_path / "vendor" / "manifest.json").write_text(json.dumps(names))
    return tmp_path


@pytest.fixture
def small_app(static_folder: Path) -> Flask:
    """An app with that folder and nothing else."""
    app = Flask("small", static_folder=static_folder, static_url_path="/static")
    assets.init_app(app)
    return app


@pytest.fixture
def browser(small_app: Flask) -> Iterator[FlaskClient]:
    with small_app.test_client() as browser:
        yield browser


def test_a_template_names_what_was_built_and_else_the_source(small_app: Flask) -> None:
    with small_app.test_request_context():
        assert render_template_string(TEMPLATE) == f"{HASHED} /static/js/other.js"


def test_without_a_build_every_name_is_the_source(tmp_path: Path) -> None:
    app = Flask("small", static_folder=tmp_path, static_url_path="/static")
    assets.init_app(app)

    with app.test_request_context():
        assert render_template_string(TEMPLATE) == "/static/js/quiz.js /static/js/other.js"


def test_what_was_built_is_kept_for_a_year_without_asking(browser: FlaskClient) -> None:
    answer = browser.get(HASHED, buffered=True)

    assert answer.data == SCRIPT
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_source_is_asked_for_again(browser: FlaskClient) -> None:
    answer = browser.get("/static/js/other.js", buffered=True)

    assert answer.headers["Cache-Control"] == "no-cache"
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert browser.get("/static/js/other.js", headers=tag, buffered=True).status_code == 304


@pytest.mark.parametrize(
    ("accepted", "sent"), [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("", None)]
)
def test_the_smallest_copy_that_the_browser_takes_is_sent(
    browser: FlaskClient, accepted: str, sent: str | None
) -> None:
    answer = browser.get(HASHED, headers={"Accept-Encoding": accepted}, buffered=True)

    assert answer.headers.get("Content-Encoding") == sent
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.content_length == len(answer.data)
    assert answer.mimetype == "text/javascript"


def test_a_name_that_was_never_built_is_not_there(browser: FlaskClient) -> None:
    assert browser.get("/static/vendor/assets/quiz-OLDOLDOL.js").status_code == 404
    assert browser.get("/static/vendor/assets/../../../secret").status_code == 404


def test_a_page_loads_one_style_sheet_and_one_script(
    as_alice: FlaskClient, client: FlaskClient
) -> None:
    for page in (Page(client.get("/sign-in")), Page(as_alice.get("/quizzes"))):
        sheets = [each for each in page.all("link") if each["rel"] == "stylesheet"]
        assert len(sheets) == len(page.all("script")) == 1


def test_every_script_of_a_page_brings_the_theme_s(app: Flask) -> None:
    """It takes the place of the theme's own tag; the code editor stands beside another one."""
    templates = Path(app.root_path, app.template_folder or "").rglob("*.html")
    named = {name for path in templates for name in re.findall(r"'js/[^']+'", path.read_text())}

    for name in named - {"'js/theme.js'", "'js/editor.js'"}:
        script = Path(app.static_folder or "", name.strip("'")).read_text()
        assert 'import "./theme.js";' in script, name
    assert len(named) > 1
