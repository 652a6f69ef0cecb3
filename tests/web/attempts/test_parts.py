"""A question in parts on its pages: every kind as a part, moves without a script, the review."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.domain.items import Item
from tests import canaries
from tests.factories import fields_for, make_bank, row_at, start_attempt, stored
from tests.web.pages import Page, post

SKILLS = ["math.probability.bayes"]
A = {"name": "a", "type": "numeric", "stem": "How many?", "answer": "4"}
B = {**A, "name": "b", "answer": "8", "follow_through": "2 * a", "explanation": "Twice as many."}
LINES = {"name": "c", "type": "ordering", "stem": "Order.", "lines": ["one", "two", "three"]}
NAMED = ("aria-labelledby", "aria-describedby", "for")


def item(slug: str, *parts: dict[str, Any]) -> Item:
    fields = {"id": slug, "type": "multi-part", "skills": SKILLS, "stem": "Count."}
    return Item.parse({**fields, "parts": parts})


def of_every_kind() -> Iterator[Item]:
    """Twice the same part, so that both have the same fields and ids but for their prefix."""
    for kind, number, example in canaries.each_example():
        if kind.can_be_part:
            part = {**example.fields, "type": kind.kind}
            names = ({**part, "name": name} for name in ("x", "y"))
            yield item(f"{kind.kind}-{number}", *names)


@pytest.fixture
def start(app: Flask, alice: models.User, now: datetime) -> Any:
    """``start(*items)``: Alice's open attempt at these."""

    def start(*items: Item) -> models.Attempt:
        with stored(app) as session:
            quizzes = [{"id": "all", "title": "All", "questions": len(items)}]
            make_bank(session, items, "parts", quizzes=quizzes)
            return start_attempt(session, alice, "parts-all", now)

    return start


def test_parts_of_one_kind_share_no_id_and_every_label_has_its_field(
    as_alice: FlaskClient, start: Any
) -> None:
    items = list(of_every_kind())
    attempt = start(*items)
    for position in range(1, len(items) + 1):
        page = Page(as_alice.get(f"/attempts/{attempt.id}/questions/{position}"))
        ids = Counter(each["id"] for each in page.elements if "id" in each)
        assert [name for name, times in ids.items() if times > 1] == []
        for each in page.elements:
            for reference in (each[name] for name in NAMED if name in each):
                assert set(reference.split()) <= set(ids)


def test_right_answers_to_parts_of_every_kind_are_stored_and_shown_again(
    app: Flask, as_alice: FlaskClient, start: Any
) -> None:
    items = list(of_every_kind())
    attempt = start(*items)
    for position in range(1, len(items) + 1):
        with stored(app) as session:
            fields = fields_for(session, attempt, position)
        post(as_alice, f"/attempts/{attempt.id}/responses/{position}", fields)
        page = Page(as_alice.get(f"/attempts/{attempt.id}/questions/{position}"))
        names = {each["name"] for each in page.elements if "name" in each}
        assert set(fields) <= names

    post(as_alice, f"/attempts/{attempt.id}/submission")
    page = Page(as_alice.get(f"/attempts/{attempt.id}"))
    assert f"{len(items)} of {len(items)}" in page.text


def test_a_line_of_a_part_is_moved_without_a_script(
    app: Flask, as_alice: FlaskClient, start: Any
) -> None:
    attempt = start(item("moves", LINES, {**LINES, "name": "d"}))
    page = Page(as_alice.get(f"/attempts/{attempt.id}/questions/1"))
    shown = [each["value"] for each in page.all("input", name="p2-line")]

    fields = {"p1-line": shown, "p2-line": shown, "p2-move": "0:down"}
    post(as_alice, f"/attempts/{attempt.id}/responses/1", fields)

    with stored(app) as session:
        value = row_at(session, attempt, 1).value
    assert value is not None
    assert value[0] is None
    assert sorted(value[1]) == [0, 1, 2]


def test_the_review_tells_of_each_part_what_it_scored_and_what_followed(
    as_alice: FlaskClient, start: Any
) -> None:
    attempt = start(item("follows", A, B))
    fields = {"p1-text": "5", "p2-text": "10"}
    post(as_alice, f"/attempts/{attempt.id}/responses/1", fields)
    post(as_alice, f"/attempts/{attempt.id}/submission")

    text = Page(as_alice.get(f"/attempts/{attempt.id}")).text

    assert "0.5 of 1 point" in text
    assert "Part a Missed 50 % of the question How many?" in text
    assert "Part b Right 50 % of the question How many?" in text
    assert "Right by your value of a: 10 follows." in text
    assert "Twice as many." in text


def test_the_conflict_page_names_the_part(as_alice: FlaskClient, start: Any) -> None:
    attempt = start(item("two-answers", A, B))
    path = f"/attempts/{attempt.id}/responses/1"
    stamps = {"seen": "0", "sequence": "1"}
    post(as_alice, path, {"p1-text": "5", "client": "one", **stamps})

    answer = post(as_alice, path, {"p2-text": "7", "client": "two", **stamps})

    assert "Part a: 5" in answer.text
    assert "Part b: 7" in answer.text


def test_an_expression_is_understood_with_the_variables_of_its_part(
    as_alice: FlaskClient, start: Any
) -> None:
    part: dict[str, Any] = {"name": "a", "type": "expression", "stem": "Double it.", "answer": "2x"}
    x = {**part, "variables": {"x": "real"}}
    t = {**part, "name": "b", "answer": "2t", "variables": {"t": "real"}}
    attempt = start(item("variables", x, t))
    path = f"/attempts/{attempt.id}/questions/1/reading?text=2t"

    read = [as_alice.get(f"{path}&part={prefix}").get_json() for prefix in ("p1-", "p2-")]
    assert ["Read as" in each["words"] for each in read] == [False, True]
    assert [as_alice.get(path + part).status_code for part in ("", "&part=p3-")] == [404, 404]
