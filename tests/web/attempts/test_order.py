"""Moving lines by buttons, without a script."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from tests.factories import position_of, rows, start_attempt, stored
from tests.web.pages import Page, post


@pytest.fixture
def address(app: Flask, alice: models.User, now: datetime) -> str:
    """Where the page of an ordering question is."""
    with stored(app) as session:
        attempt = start_attempt(session, alice, "math-whole", now)
        position = position_of(session, attempt, "steps-of-a-test")
    return f"/attempts/{attempt.id}/questions/{position}"


def lines(page: Page) -> list[str]:
    return [each["data-name"] for each in page.all("li") if "data-name" in each]


def press(client: FlaskClient, address: str, move: str) -> Page:
    """The page after one of its move buttons was pressed."""
    page = Page(client.get(address))
    values = [each["value"] for each in page.all("input", name="line")]
    fields = {"line": values, "move": page.one("button", value=move)["value"]}
    answer = post(client, address.replace("questions", "responses"), fields)
    assert answer.location == address
    return Page(client.get(answer.location))


def test_a_line_moves_up_and_down_and_the_page_stays(as_alice: FlaskClient, address: str) -> None:
    a, b, c, d = lines(Page(as_alice.get(address)))

    assert lines(press(as_alice, address, "1:up")) == [b, a, c, d]
    assert lines(press(as_alice, address, "1:down")) == [b, c, a, d]
    assert lines(press(as_alice, address, "3:up")) == [b, c, d, a]


def test_the_first_line_stays_first_and_the_last_one_last(
    as_alice: FlaskClient, address: str
) -> None:
    before = lines(Page(as_alice.get(address)))

    assert lines(press(as_alice, address, "0:up")) == before
    assert lines(press(as_alice, address, "3:down")) == before


def test_the_order_first_shown_is_no_response(
    app: Flask, as_alice: FlaskClient, address: str
) -> None:
    press(as_alice, address, "1:up")
    assert [each.value for each in rows(app, models.Response)].count(None) == 5

    press(as_alice, address, "1:up")
    assert [each.value for each in rows(app, models.Response)].count(None) == 6


def test_lines_never_stand_in_the_right_order_at_first(as_alice: FlaskClient, address: str) -> None:
    right = [
        "state the hypothesis",
        "fix the level",
        "draw the sample",
        "compare with the threshold",
    ]

    shown = lines(Page(as_alice.get(address)))

    assert shown != right
    assert sorted(shown) == sorted(right)
