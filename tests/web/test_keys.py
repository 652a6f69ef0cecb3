"""While an attempt is open, nothing that the server sends tells what is right.

A question of every type carries a canary in each field that belongs to its key or its review.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.domain.items import Item
from quizapp.domain.places import Place, is_among, leaves
from quizapp.domain.question_types import question_types
from tests.canaries import each_example, those_of, with_canaries
from tests.databases import on_every_kind
from tests.factories import fields_for, make_bank, start_attempt, stored
from tests.trial_runs import use_runner
from tests.web.pages import JSON, Page, post

COMMON = {
    "skills": ["math.probability.bayes"],
    "explanation": "canary-explanation",
    "references": ["canary-reference"],
}
DRAWN = {
    "id": "canary-drawn",
    "type": "short-text",
    "stem": "Which word?",
    "parameters": {"word": {"choices": ["canary-73159-drawn"]}},
    "accepted": ["{{ word }}"],
    **COMMON,
}
FOLLOWED = {
    "id": "canary-followed",
    "type": "multi-part",
    "stem": "Count.",
    "parts": [
        {"name": "a", "type": "numeric", "stem": "How many?", "answer": "73159"},
        {
            "name": "b",
            "type": "numeric",
            "stem": "And with one more?",
            "answer": "73160",
            "follow_through": "a + 73159 - 73158",
        },
    ],
    **COMMON,
}
# The id is a canary too: authors like to name a question after its answer.
ITEMS: list[dict[str, Any]] = [
    {
        **with_canaries(question_type, example.fields),
        "id": f"canary-{question_type.kind}-{number}",
        "type": question_type.kind,
        **those_of(question_type, COMMON),
    }
    for question_type, number, example in each_example()
] + [DRAWN, FOLLOWED]
CANARY = re.compile("canary|73159", re.IGNORECASE)


def is_never_shown(item: Mapping[str, Any], place: Place) -> bool:
    """Whether nobody who answers sees what stands there, not even at the end."""
    if place[0] in COMMON:
        return False
    owner, own_place = question_types()[item["type"]].owner(place, item)
    return is_among(owner.never_shown, own_place)


SHOWN_LATER = {
    value
    for item in ITEMS
    for path, value in leaves(item)
    if path != ("id",)
    and isinstance(value, str)
    and CANARY.search(value)
    and not is_never_shown(item, path)
}


@pytest.fixture
def attempt(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's open attempt at a question of every type."""
    use_runner(app)
    with stored(app) as session:
        whole = {"title": "All", "questions": len(ITEMS), "fixed_order": True}
        quizzes = [{**whole, "id": "all"}, {**whole, "id": "each", "feedback": "each"}]
        items = [Item.parse(fields) for fields in ITEMS]
        make_bank(session, items, "keys", quizzes=quizzes)
        return start_attempt(session, alice, "keys-all", now)


def learners_pages(attempt: models.Attempt) -> list[str]:
    """Every address that a learner can open."""
    questions = [f"/attempts/{attempt.id}/questions/{place}" for place in range(1, len(ITEMS) + 1)]
    return [
        *questions,
        f"/attempts/{attempt.id}",
        f"/attempts/{attempt.id}/submission",
        "/",
        "/quizzes",
        "/quizzes/keys-all",
        "/practice",
        "/skills",
        "/skills/math.probability.bayes",
        "/history",
        "/history/export.json",
        "/history/export.csv",
        "/profile",
    ]


def all_that_is_sent(client: FlaskClient, attempt: models.Attempt) -> str:
    """Headers and bodies of every page, as a browser gets them."""
    answers = [client.get(path) for path in learners_pages(attempt)]
    return "\n".join(f"{answer.headers}\n{answer.text}" for answer in answers)


def without_canaries(fields: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """``fields`` as somebody posts them who has not typed a canary: pages show what was typed."""
    return {
        name: ["x" if CANARY.search(value) else value for value in values]
        for name, values in fields.items()
    }


def test_every_type_has_its_canaries() -> None:
    assert {item["type"] for item in ITEMS} == set(question_types())


@on_every_kind
def test_no_page_of_an_open_attempt_holds_anything_of_a_key(
    as_alice: FlaskClient, as_charlie: FlaskClient, attempt: models.Attempt
) -> None:
    for browser in (as_alice, as_charlie):
        assert CANARY.findall(all_that_is_sent(browser, attempt)) == []


@pytest.mark.parametrize("is_right", [True, False])
def test_no_reply_to_an_answer_holds_anything_of_a_key(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt, is_right: bool
) -> None:
    for position in range(1, len(ITEMS) + 1):
        path = f"/attempts/{attempt.id}/responses/{position}"
        with stored(app) as session:
            fields = fields_for(session, attempt, position, is_right=is_right)
        for headers in ({}, JSON):
            answer = post(as_alice, path, without_canaries(fields), headers=headers)
            assert CANARY.findall(f"{answer.headers}{answer.text}") == []

    assert CANARY.findall(all_that_is_sent(as_alice, attempt)) == []


def test_checking_one_question_after_the_other_tells_of_no_other_one(
    app: Flask, as_alice: FlaskClient, alice: models.User, attempt: models.Attempt, now: datetime
) -> None:
    with stored(app) as session:
        checked = start_attempt(session, alice, "keys-each", now)
    pages = set(learners_pages(checked))
    for position in range(1, len(ITEMS) + 1):
        path = f"/attempts/{checked.id}/questions/{position}"
        assert CANARY.findall(as_alice.get(path).text) == []
        if not question_types()[ITEMS[position - 1]["type"]].is_scored:
            continue
        location = post(as_alice, path.replace("questions", "responses"), {"go": "check"}).location
        assert CANARY.search(as_alice.get(location).text)
        pages.remove(path)

    assert [path for path in sorted(pages) if CANARY.search(as_alice.get(path).text)] == []


def test_right_and_wrong_answers_move_nothing_before_the_end(
    app: Flask, as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    pages = ("/skills", "/skills/math.probability.bayes", "/history")
    before = [Page(as_alice.get(path)).text for path in pages]

    for position in range(1, len(ITEMS) + 1):
        with stored(app) as session:
            fields = fields_for(session, attempt, position)
        post(as_alice, f"/attempts/{attempt.id}/responses/{position}", fields)

    assert [Page(as_alice.get(path)).text for path in pages] == before


def test_the_result_shows_all_of_it(as_alice: FlaskClient, attempt: models.Attempt) -> None:
    post(as_alice, f"/attempts/{attempt.id}/submission")

    page = Page(as_alice.get(f"/attempts/{attempt.id}"))

    text, unspaced = page.text, "".join(page.text.split())  # each word of a program has its colour
    assert [each for each in SHOWN_LATER if "".join(each.split()) not in unspaced] == []
    assert "canary-73159-never" not in text


def test_some_fields_are_never_shown() -> None:
    assert any("canary-73159-never" in repr(item) for item in ITEMS)


def test_nobody_else_sees_the_result(
    as_alice: FlaskClient, as_charlie: FlaskClient, attempt: models.Attempt
) -> None:
    post(as_alice, f"/attempts/{attempt.id}/submission")

    assert CANARY.findall(all_that_is_sent(as_charlie, attempt)) == []


def choices(page: Page) -> list[tuple[str, str]]:
    """Values and texts of the options in the order of the page."""
    return [(each["value"], each.around[-1].text) for each in page.all("input", name="choice")]


def test_options_are_named_by_their_place_on_the_screen(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime
) -> None:
    orders = set()
    for seed in range(12):
        with stored(app) as session:
            attempt = start_attempt(session, alice, "math-screen", now, seed)
        pages = [
            Page(as_alice.get(f"/attempts/{attempt.id}/questions/{place}")) for place in range(1, 5)
        ]
        for page in pages:
            values = [value for value, _ in choices(page)]
            assert values == [str(place) for place in range(len(values))]
        orders.add(tuple(text[2:] for page in pages for _, text in choices(page)))
        post(as_alice, f"/attempts/{attempt.id}/submission")

    assert len(orders) > 4


def test_the_order_stays_the_same_within_an_attempt(
    as_alice: FlaskClient, attempt: models.Attempt
) -> None:
    for place in range(1, len(ITEMS) + 1):
        path = f"/attempts/{attempt.id}/questions/{place}"
        first = choices(Page(as_alice.get(path)))
        post(as_alice, path.replace("questions", "responses"), {"choice": "0", "text": "x"})

        assert choices(Page(as_alice.get(path))) == first
