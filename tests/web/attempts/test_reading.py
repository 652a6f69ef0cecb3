"""How a typed expression is understood, asked while it is typed."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.domain.items import Item
from tests.conftest import CountQueries
from tests.factories import make_bank, start_attempt, stored
from tests.web.pages import post

FIELDS = {
    "id": "product-rule",
    "type": "expression",
    "skills": ["math.probability.bayes"],
    "stem": "Differentiate.",
    "answer": "exp(x) + 73159",
    "variables": {"x": "real"},
}


@pytest.fixture
def address(app: Flask, alice: models.User, now: datetime) -> str:
    """Of the readings of Alice's open question."""
    with stored(app) as session:
        make_bank(session, [Item.parse(FIELDS)], "derivatives")
        attempt = start_attempt(session, alice, "derivatives", now)
    return f"/attempts/{attempt.id}/questions/1/reading"


def asked(client: FlaskClient, address: str, text: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(address, query_string={"text": text}).get_json()
    return found


def test_what_is_understood_is_shown_as_mathematics(as_alice: FlaskClient, address: str) -> None:
    found = asked(as_alice, address, "2x/3")

    assert found["words"] == "Read as 2 * x / 3"
    assert "<mfrac>" in found["html"]


def test_what_is_not_understood_is_said_and_escaped(as_alice: FlaskClient, address: str) -> None:
    found = asked(as_alice, address, "2<b>")

    assert found["words"].startswith("Column 2: `<` is not known here.")
    assert "&lt;" in found["html"]
    assert "<b>" not in found["html"]


def test_nothing_is_said_of_nothing(as_alice: FlaskClient, address: str) -> None:
    assert asked(as_alice, address, " ")["words"] == ""


def test_a_right_and_a_wrong_answer_are_read_alike(as_alice: FlaskClient, address: str) -> None:
    right, wrong = (asked(as_alice, address, f"e^x + 7315{digit}") for digit in "98")

    assert right["html"].replace("73159", "73158") == wrong["html"]


def test_a_text_that_cannot_be_answered_is_nowhere(as_alice: FlaskClient, address: str) -> None:
    assert as_alice.get(address, query_string={"text": "x" * 301}).status_code == 404


def test_only_the_own_attempt_is_read(
    as_charlie: FlaskClient, as_alice: FlaskClient, address: str
) -> None:
    assert as_charlie.get(address).status_code == 404
    assert as_alice.get(address.replace("/1/", "/2/")).status_code == 404


def test_a_finished_attempt_is_not_read(as_alice: FlaskClient, address: str) -> None:
    post(as_alice, address.replace("questions/1/reading", "submission"))

    assert as_alice.get(address).status_code == 409


def test_a_reading_asks_twice_and_writes_nothing(
    as_alice: FlaskClient, address: str, count_queries: CountQueries
) -> None:
    as_alice.get(address.removesuffix("/reading"))

    with count_queries() as statements:
        asked(as_alice, address, "2x")

    assert [each.split()[0] for each in statements] == ["SELECT", "SELECT"]
