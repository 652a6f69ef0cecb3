"""How often each page and action asks the database: as it has reasons, however much there is.

``person`` is the sign-in with its person, which every request of somebody signed in begins with.
"""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import uploads
from tests.conftest import CountQueries
from tests.databases import on_every_kind
from tests.factories import MINUTE, answer, make_bank, make_items, save, stored, take_attempt
from tests.programs import RIGHT, start_programs
from tests.web.pages import post
from tests.web.question_sets import BOBS_SET

pytestmark = on_every_kind

PAGES = {
    "/": (
        "person, taxonomy, beliefs, practice days, editions of banks, latest answers, "
        "claims, memories, study settings, open attempts, readiness by attempt, latest attempts"
    ),
    "/profile": "person, taxonomy, study settings, accommodation",
    "/plan": (
        "person, study settings, taxonomy, beliefs, editions of banks, practice days, memories"
    ),
    "/quizzes": (
        "person, standing quizzes, study settings, quizzes of banks, time of an item, "
        "accommodation, open attempts"
    ),
    "/quizzes/math-whole": "person, quiz, editions of banks, accommodation, open attempt",
    "/practice": "person, taxonomy, accommodation, practice quiz, open attempt",
    "/attempts/{open}": "person, attempt, answered questions",
    "/attempts/{open}/questions/1": "person, attempt with its answers, layout of it, taxonomy",
    "/attempts/{coded}/questions/1": (
        "person, attempt with its answers, run with allowance, taxonomy"
    ),
    "/attempts/{coded}/runs/1": "person, run with allowance",
    "/attempts/{open}/submission": "person, attempt, strip",
    "/attempts/{finished}": "person, attempt, taxonomy, questions, beliefs, attempt before",
    "/attempts/{written}": "person, attempt, taxonomy, questions, marks, beliefs, attempt before",
    "/history": "person, practice days, attempts, sums, readiness by attempt, quizzes taken",
    "/notebook": "person, taxonomy, notes, past answers, questions of the page",
    "/notebook/{missed}": "person, taxonomy, notes, past answers, the question",
    "/due": "person, taxonomy, editions of banks, memories",
    "/history/export.json": (
        "person, study settings, attempts, verdicts, beliefs, memories, notes, claims, readiness, "
        "sign-ins, files"
    ),
    "/history/export.csv": "person, attempts with questions",
    "/readiness": (
        "person, taxonomy, beliefs, editions of banks, readiness by attempt, confidence"
    ),
    "/readiness/rounds": "person, taxonomy, beliefs, all answers",
    "/skills": "person, taxonomy, beliefs",
    "/skills/model.json": "person, taxonomy, beliefs, memories",
    "/skills/math.probability.bayes": (
        "person, taxonomy, beliefs, editions of banks, latest answers, time of an item, answers, "
        "all answers, items by difficulty, claims"
    ),
}
TEACHERS_PAGES = {
    "/question-sets": "person, files, banks",
    "/question-sets/{upload}": (
        "person, file, taxonomy, pictures, bank of its id, quizzes of its ids"
    ),
    "/supervision/attempts": "person, counts, attempts",
    "/supervision/attempts?show=finished": "person, counts, attempts",
    "/marking": "person, counts, answers",
    "/marking/{written}/1": "person, answer, mark",
}
ACTIONS = {
    "/attempts/{open}/responses/1": "layout of the attempt, the save, its record",
    "/quizzes/ml/attempts": (
        "person, quiz, accommodation, open attempt, items seen, editions of banks, "
        "new attempt, its questions"
    ),
    "/attempts/{finished}/submission": "person, learner with lock, attempt with lock",
}


@pytest.fixture
def much(
    app: Flask, alice: models.User, bob: models.User, now: datetime, objects: dict[str, Any]
) -> dict[str, Any]:
    """Ten more of what lists are made of."""
    with stored(app) as session:
        make_bank(session, make_items(30), owner_id=bob.id)
        for number in range(10):
            make_bank(session, make_items(1), f"bank-{number}", owner_id=bob.id)
            take_attempt(session, alice, "small", now - (60 + number) * MINUTE, right=(1,))
            uploads.receive(session, bob.id, f"{number}.yaml", BOBS_SET.encode(), now)
    return objects


def reasons(table: dict[str, str]) -> dict[str, int]:
    """How many reasons each path has."""
    return {path: len(text.split(", ")) for path, text in table.items()}


def test_every_page_of_a_learner_asks_as_often_as_it_has_reasons(
    as_alice: FlaskClient, much: dict[str, Any], count_queries: CountQueries
) -> None:
    found = {}
    for path in PAGES:
        with count_queries() as statements:
            as_alice.get(path.format(**much))
        found[path] = len(statements)

    assert found == reasons(PAGES)


def test_every_page_of_an_instructor_does_too(
    as_bob: FlaskClient, much: dict[str, Any], count_queries: CountQueries
) -> None:
    found = {}
    for path in TEACHERS_PAGES:
        with count_queries() as statements:
            as_bob.get(path.format(**much))
        found[path] = len(statements)

    assert found == reasons(TEACHERS_PAGES)


def test_actions_that_come_in_crowds_do_too(
    as_alice: FlaskClient, much: dict[str, Any], count_queries: CountQueries
) -> None:
    found = {}
    for path in ACTIONS:
        with count_queries() as statements:
            post(as_alice, path.format(**much), {"text": "x", "choice": "0"})
        found[path] = len(statements)

    assert found == reasons(ACTIONS)


def test_who_saves_is_checked_where_it_is_stored(
    as_alice: FlaskClient, much: dict[str, Any], count_queries: CountQueries
) -> None:
    path = f"/attempts/{much['open']}/responses/1"
    post(as_alice, path, {"flag": "on"})

    with count_queries() as statements:
        post(as_alice, path, {"flag": "off"})

    assert [each.split()[:2] for each in statements] == [
        ["UPDATE", "response"],
        ["INSERT", "INTO"],
    ]


def test_a_question_that_was_shown_before_asks_three_times(
    as_alice: FlaskClient, much: dict[str, Any], count_queries: CountQueries
) -> None:
    path = f"/attempts/{much['open']}/questions/2"
    as_alice.get(path)

    with count_queries() as statements:
        as_alice.get(path)

    assert len(statements) == 3


def test_finishing_asks_no_more_for_many_questions_than_for_few(
    as_alice: FlaskClient, much: dict[str, Any], count_queries: CountQueries
) -> None:
    counts = []
    for quiz in ("bank-1", "small"):
        first = post(as_alice, f"/quizzes/{quiz}/attempts").location
        post(as_alice, first.replace("questions", "responses"), {"choice": "0"})
        with count_queries() as statements:
            post(as_alice, f"{first.rpartition('/questions')[0]}/submission")
        counts.append(len(statements))

    assert counts == [13, 13]


def test_finishing_with_programs_asks_once_more_to_queue_them(
    app: Flask, as_alice: FlaskClient, alice: models.User, count_queries: CountQueries
) -> None:
    counts = []
    for given in ([], [], [1], [1, 2, 3]):  # the first time, what is kept afterwards is read
        with stored(app) as session:
            attempt = start_programs(session, alice, 3, datetime.now(UTC))
            answer(session, attempt, 4, datetime.now(UTC))
            for position in given:
                save(session, attempt, position, RIGHT, datetime.now(UTC))
        with count_queries() as statements:
            post(as_alice, f"/attempts/{attempt.id}/submission")
        counts.append(len(statements))

    assert counts[1:] == [13, 14, 14]


def test_publishing_asks_no_more_for_many_new_questions_than_for_few(
    app: Flask, as_bob: FlaskClient, bob: models.User, now: datetime, count_queries: CountQueries
) -> None:
    item = (
        "  - {{id: n-{0}, type: true-false, skills: [ml.models.trees], stem: S {0}., answer: true}}"
    )
    counts = []
    for number in (2, 40):
        items = "\n".join(item.format(each) for each in range(number))
        with stored(app) as session:
            text = f"id: set-{number}\ntitle: Set\nitems:\n{items}\n".encode()
            upload = uploads.receive(session, bob.id, "set.yaml", text, now)
        with count_queries() as statements:
            post(as_bob, f"/question-sets/{upload.id}/publication")
        counts.append(len(statements))

    assert counts == [20, 20]
