"""Two answers to one question: both are shown, and the learner says which one counts."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from quizapp.db import models
from quizapp.domain.interactions import Response
from quizapp.services import layouts
from tests.databases import on_every_kind
from tests.factories import MINUTE, item_at, position_of, posted, rows, start_attempt, stored
from tests.web.pages import JSON, Page, post

STEPS = ["state the hypothesis", "fix the level", "draw the sample", "compare with the threshold"]
Fields = dict[str, list[str]]


class Asked:
    """One question of an attempt: where it is answered, and what a browser posts."""

    def __init__(self, app: Flask, attempt: models.Attempt, slug: str) -> None:
        with stored(app) as session:
            self.position = position_of(session, attempt, slug)
            item = item_at(session, attempt, self.position)
        self.shown = layouts.shown(item, attempt.seed, self.position)
        self.address = f"/attempts/{attempt.id}/responses/{self.position}"
        self.page = f"/attempts/{attempt.id}/questions/{self.position}"
        self.heading = f"Two answers to question {self.position}"

    def fields(self, value: Response | None, **stamp: str) -> Fields:
        """``seen`` is what the page began from: by default nothing."""
        stamped = {"seen": "0", "sequence": "1", **stamp}
        return {**posted(self.shown, value), **{name: [text] for name, text in stamped.items()}}

    def stored(self, app: Flask) -> object:
        return rows(app, models.Response)[self.position - 1].value


@pytest.fixture
def whole(app: Flask, alice: models.User, now: datetime) -> models.Attempt:
    """Alice's open attempt with a question of every kind."""
    with stored(app) as session:
        return start_attempt(session, alice, "math-whole", now - MINUTE)


CASES: list[tuple[str, Response, Response | None, list[str], list[str]]] = [
    ("two-urns", [0], [1], ["Bayes"], ["Chebyshev"]),
    ("discrete-families", [0, 2], [1], ["Poisson", "normal"], ["binomial"]),
    ("null-is-proved", [0], [1], ["True"], ["False"]),
    ("posterior-value", "0.8", "4/5", ["0.8"], ["4/5"]),
    ("bell-curve", "normal", None, ["normal"], []),
    (
        "steps-of-a-test",
        [1, 0, 2, 3],
        [0, 2, 1, 3],
        [STEPS[1], STEPS[0], *STEPS[2:]],
        [STEPS[0], STEPS[2], STEPS[1], STEPS[3]],
    ),
]


def plain(lines: list[str]) -> set[str]:
    """Lines without the letters of options."""
    return {line.partition(". ")[2] or line for line in lines}


@on_every_kind
@pytest.mark.parametrize(("slug", "first", "second", "stored_lines", "own_lines"), CASES)
def test_a_script_gets_both_answers_in_lines_that_can_be_read(
    app: Flask,
    as_alice: FlaskClient,
    whole: models.Attempt,
    slug: str,
    first: Response,
    second: Response | None,
    stored_lines: list[str],
    own_lines: list[str],
) -> None:
    asked = Asked(app, whole, slug)
    post(as_alice, asked.address, asked.fields(first, client="tab-1"))

    reply = post(as_alice, asked.address, asked.fields(second, client="tab-2"), headers=JSON)

    told = reply.get_json()
    assert (reply.status_code, told["conflict"], told["save_count"]) == (409, True, 1)
    assert (plain(told["stored"]), plain(told["yours"])) == (set(stored_lines), set(own_lines))
    assert asked.stored(app) == first


def test_an_ordering_is_told_in_its_order_and_a_choice_with_its_letter(
    app: Flask, as_alice: FlaskClient, whole: models.Attempt
) -> None:
    lines, choice = (Asked(app, whole, slug) for slug in ("steps-of-a-test", "two-urns"))
    for asked, value in ((lines, [1, 0, 2, 3]), (choice, [2])):
        post(as_alice, asked.address, asked.fields(value))

    told = [
        post(as_alice, asked.address, asked.fields(None), headers=JSON).get_json()["stored"]
        for asked in (lines, choice)
    ]

    letter = "ABC"[choice.shown.shown_order.index(2)]  # type: ignore[attr-defined]
    assert told == [[STEPS[1], STEPS[0], *STEPS[2:]], [f"{letter}. Cauchy"]]


@on_every_kind
@pytest.mark.parametrize(("slug", "first", "second"), [case[:3] for case in CASES])
def test_a_script_that_has_seen_the_other_answer_may_replace_it(
    app: Flask,
    as_alice: FlaskClient,
    whole: models.Attempt,
    slug: str,
    first: Response,
    second: Response | None,
) -> None:
    asked = Asked(app, whole, slug)
    post(as_alice, asked.address, asked.fields(first, client="tab-1"))
    mine = asked.fields(second, client="tab-2")
    told = post(as_alice, asked.address, mine, headers=JSON).get_json()

    again = {**mine, "seen": [str(told["save_count"])], "sequence": ["2"]}
    reply = post(as_alice, asked.address, again, headers=JSON)

    assert (reply.status_code, reply.get_json()["save_count"]) == (200, 2)
    assert asked.stored(app) == second


def use_mine(client: FlaskClient, asked: Asked, shown: TestResponse) -> TestResponse:
    """The button of the page is pressed."""
    page = Page(shown)
    form = page.one("form", action=asked.address)
    inputs = [each for each in page.elements if each.tag == "input" and form in each.around]
    return client.post(
        asked.address, data=MultiDict((each["name"], each["value"]) for each in inputs)
    )


@pytest.mark.parametrize(("slug", "first", "second"), [case[:3] for case in CASES])
def test_a_browser_without_a_script_may_replace_it_by_a_button(
    app: Flask,
    as_alice: FlaskClient,
    whole: models.Attempt,
    slug: str,
    first: Response,
    second: Response | None,
) -> None:
    asked = Asked(app, whole, slug)
    post(as_alice, asked.address, asked.fields(first))
    shown = post(as_alice, asked.address, asked.fields(second))

    answer = use_mine(as_alice, asked, shown)

    assert (shown.status_code, Page(shown).heading) == (409, asked.heading)
    assert answer.location == asked.page
    assert asked.stored(app) == second


def test_what_a_move_button_made_of_the_lines_is_what_the_button_stores(
    app: Flask, as_alice: FlaskClient, whole: models.Attempt
) -> None:
    asked = Asked(app, whole, "steps-of-a-test")
    post(as_alice, asked.address, asked.fields([1, 0, 2, 3]))
    shown = post(as_alice, asked.address, {**asked.fields([0, 1, 2, 3]), "move": "1:down"})

    use_mine(as_alice, asked, shown)

    own = Page(shown).all("section", aria_labelledby="yours")[0].text
    assert own.index(STEPS[2]) < own.index(STEPS[1])
    assert asked.stored(app) == [0, 2, 1, 3]


def test_the_page_leads_back_to_the_stored_answer(
    app: Flask, as_alice: FlaskClient, whole: models.Attempt
) -> None:
    asked = Asked(app, whole, "bell-curve")
    post(as_alice, asked.address, asked.fields("normal"))

    page = Page(post(as_alice, asked.address, asked.fields("<b>other</b>")))

    assert asked.page in page.links
    assert "<b>other</b>" in page.one("section", aria_labelledby="yours").text
    assert asked.stored(app) == "normal"


def test_a_third_answer_meanwhile_is_shown_in_its_turn(
    app: Flask, as_alice: FlaskClient, whole: models.Attempt
) -> None:
    asked = Asked(app, whole, "bell-curve")
    post(as_alice, asked.address, asked.fields("first"))
    shown = post(as_alice, asked.address, asked.fields("mine"))
    post(as_alice, asked.address, asked.fields("third", seen="1"))

    again = use_mine(as_alice, asked, shown)

    assert again.status_code == 409
    assert "third" in Page(again).one("section", aria_labelledby="stored").text
    assert use_mine(as_alice, asked, again).status_code == 302
    assert asked.stored(app) == "mine"
