"""Every route answers every kind of person as the table says, and writes only when it may."""

from itertools import product
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from quizapp.db import db
from quizapp.db.base import Base
from tests.factories import csrf_token
from tests.web.access import ACCESS, ACTIONS, FORMS, PAGES, PEOPLE, Row
from tests.web.pages import JSON, post

Objects = dict[str, Any]
Browsers = dict[str, FlaskClient]


@pytest.fixture
def browsers(
    client: FlaskClient,
    as_alice: FlaskClient,
    as_bob: FlaskClient,
    as_charlie: FlaskClient,
    as_admin: FlaskClient,
) -> Browsers:
    """A browser of each kind of person."""
    return dict(zip(PEOPLE, (client, as_alice, as_bob, as_charlie, as_admin), strict=True))


def stored_in(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """All that the database holds, by table."""
    with app.app_context():
        return {
            table.name: sorted(map(tuple, db.session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }


def outcome(answer: TestResponse) -> str:
    is_asked_to_sign_in = (answer.location or "").partition("?")[0] == "/sign-in"
    return "in" if is_asked_to_sign_in else str(answer.status_code)


def outcomes(browsers: Browsers, row: Row, objects: Objects) -> dict[str, str]:
    """What each kind of person gets, Alice last: most objects are hers to change."""
    path, form = row.path.format(**objects), FORMS.get(str(row))
    return {
        name: outcome(
            browsers[name].get(path, buffered=True)
            if row in PAGES
            else post(browsers[name], path, form)
        )
        for name in sorted(PEOPLE, key=lambda name: name == "alice")
    }


def test_everybody_sees_what_the_table_says(browsers: Browsers, objects: Objects) -> None:
    found = {str(row): outcomes(browsers, row, objects) for row in PAGES}

    assert found == {str(row): row.outcomes for row in PAGES}


@pytest.mark.parametrize("row", ACTIONS, ids=str)
def test_everybody_may_do_what_the_table_says(
    row: Row, browsers: Browsers, objects: Objects
) -> None:
    assert outcomes(browsers, row, objects) == row.outcomes


def test_every_route_and_method_is_in_the_table(app: Flask, objects: Objects) -> None:
    addresses = app.url_map.bind("localhost")
    routes = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    listed = {
        (addresses.match(row.path.format(**objects), method=row.method)[0], row.method)
        for row in ACCESS
    }

    assert listed == routes


def test_nothing_is_changed_without_the_token_of_the_form(
    app: Flask, browsers: Browsers, objects: Objects
) -> None:
    before = stored_in(app)

    for row, browser in product(ACTIONS, browsers.values()):
        path, form = row.path.format(**objects), FORMS.get(str(row), {})
        assert browser.post(path, data=form).status_code == 400, row
        assert browser.post(path, json=form, headers=JSON).status_code == 400, row
        assert browser.post(path, data={**form, "csrf_token": "guessed"}).status_code == 400, row

    assert stored_in(app) == before


def test_the_token_of_another_browser_is_worth_nothing(
    browsers: Browsers, objects: Objects
) -> None:
    with browsers["charlie"].session_transaction() as cookie:
        cookie["csrf_token"] = "1" * 40
    fields = {"csrf_token": csrf_token(browsers["charlie"])}

    answer = browsers["alice"].post(f"/attempts/{objects['open']}/submission", data=fields)

    assert answer.status_code == 400


def test_looking_at_every_page_changes_nothing(
    app: Flask, browsers: Browsers, objects: Objects
) -> None:
    before = stored_in(app)

    for row, browser in product(PAGES, browsers.values()):
        browser.get(row.path.format(**objects), buffered=True)
        browser.head(row.path.format(**objects), buffered=True)

    assert stored_in(app) == before


def test_no_action_is_done_by_another_method(
    app: Flask, browsers: Browsers, objects: Objects
) -> None:
    before = stored_in(app)

    for row, method in product(ACTIONS, ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")):
        for browser in browsers.values():
            browser.open(row.path.format(**objects), method=method, data={"role": "admin"})

    assert stored_in(app) == before
