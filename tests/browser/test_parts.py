"""Questions in several parts: by keyboard, on a phone, without scripts; kept, frozen, reviewed."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, finish, stored_value
from tests.browser.test_pages import findings
from tests.browser.test_phone import PHONE, WITHOUT_SCRIPT

A = {"name": "a", "type": "numeric", "stem": "How many attacks of 1000 are missed?", "answer": 100}
B = {
    "name": "b",
    "type": "numeric",
    "stem": "What share of all requests is that, when one in 50 is an attack?",
    "answer": 0.002,
    "follow_through": "a / 1000 / 50",
    "explanation": "One in ten of one in 50.",
    "points": 2,
}
C = {
    "name": "c",
    "type": "multiple-choice",
    "stem": "Which measure is it?",
    "options": [{"text": "Recall", "correct": True}, {"text": "Precision"}],
    "fixed_order": True,
}
D = {"name": "d", "type": "ordering", "stem": "Order these.", "lines": ["one", "two", "three"]}
THREE = (A, B, C)
EVERY_KIND = (
    {**A, "unit": "attacks"},
    B,
    C,
    D,
    {**C, "name": "e", "type": "multiple-response", "stem": "Which say something of alarms?"},
    {"name": "f", "type": "short-text", "stem": "Its harmonic mean?", "accepted": ["F1"]},
    {
        "name": "g",
        "type": "cloze",
        "stem": "Complete.",
        "text": "It is [[gap:one]] or [[gap:two]].",
        "gaps": {"one": {"options": ["high", "low"], "answer": "high"}, "two": {"answer": 1}},
    },
    {
        "name": "h",
        "type": "matching",
        "stem": "What belongs together?",
        "pairs": [{"left": "one", "right": "1"}, {"left": "two", "right": "2"}],
    },
    {"name": "i", "type": "output-prediction", "stem": "?", "code": "print(1)", "output": "1"},
    {
        "name": "j",
        "type": "parsons",
        "stem": "Build a countdown.",
        "lines": ["n = 3", "while n:", "    n -= 1"],
        "distractors": ["n += 1"],
    },
)
MATRIX = {"name": "m", "type": "matrix", "stem": "Which shares?", "answer": ["0.5", "0.5"]}
STEM = "One request in 50 is an attack. Of 1000 attacks a detector finds 900."


def open_parts(
    site: Site, page: Page, learner: models.User, *parts: dict[str, Any]
) -> tuple[int, int]:
    fields = {"type": "multi-part", "stem": STEM, "parts": parts}
    return steps.open_item(site, page, learner, fields)


def part(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=f"Part {name}", exact=True)


def choose(page: Page, name: str, text: str) -> None:
    part(page, name).locator(".choice", has_text=text).click()


def order(page: Page, name: str) -> list[str]:
    found: list[str] = (
        part(page, name)
        .locator("[data-order] > li")
        .evaluate_all("(rows) => rows.map((row) => row.dataset.name)")
    )
    return found


def test_parts_are_answered_by_keyboard_alone(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    place = open_parts(site, page, learner, *THREE, D)

    steps.tab_to(page, part(page, "a").get_by_label("Your answer"))
    page.keyboard.type("10")
    expect(part(page, "a").get_by_text("Read as 10")).to_be_visible()
    steps.tab_to(page, part(page, "b").get_by_label("Your answer"))
    page.keyboard.type("0.0002")
    expect(part(page, "b").get_by_text("Read as 0.0002")).to_be_visible()
    steps.tab_to(page, part(page, "c").get_by_role("radio").first)
    page.keyboard.press("Space")
    for name in ("one", "two"):
        steps.tab_to(page, part(page, "d").get_by_role("button", name=f"arrow keys: {name}"))
        for _ in range(3):
            page.keyboard.press("ArrowDown")
    steps.tab_to(page, part(page, "d").get_by_role("button", name="arrow keys: three"))
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    steps.expect_saved(page)

    assert stored_value(site, *place) == ["10", "0.0002", [0], [0, 1, 2]]
    page.reload()
    assert order(page, "d") == ["one", "two", "three"]
    expect(part(page, "b").get_by_label("Your answer")).to_have_value("0.0002")


def test_each_expression_is_read_below_its_own_box(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    asked = {"type": "expression", "stem": "Double it."}
    x = {**asked, "name": "x", "answer": "2x", "variables": {"x": "real"}}
    t = {**asked, "name": "t", "answer": "2t", "variables": {"t": "real"}}
    open_parts(site, page, learner, x, t)

    part(page, "x").get_by_label("Your answer").fill("2x")
    part(page, "t").get_by_label("Your answer").fill("2x")

    expect(part(page, "x").locator("[data-understood] math")).to_have_count(1)
    expect(part(page, "t").get_by_text("Not understood yet.")).to_be_visible()


def test_letters_choose_where_there_is_one_choice(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    place = open_parts(site, page, learner, *THREE)

    page.keyboard.press("b")
    steps.expect_saved(page)

    assert stored_value(site, *place) == [None, None, [1]]


def test_letters_choose_nothing_where_there_are_two_choices(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    open_parts(site, page, learner, C, {**C, "name": "d"})

    page.keyboard.press("b")

    expect(page.locator("input:checked")).to_have_count(0)


@pytest.mark.parametrize("options", [PHONE, WITHOUT_SCRIPT], ids=["phone", "without script"])
def test_parts_are_answered_on_a_phone_with_and_without_script(
    site: Site, open_page: OpenPage, learner: models.User, options: dict[str, object]
) -> None:
    page = open_page(learner, **options)
    place = open_parts(site, page, learner, *THREE, D, {**D, "name": "e"})

    part(page, "a").get_by_label("Your answer").fill("100")
    choose(page, "c", "Recall")
    lines = order(page, "e")
    part(page, "e").get_by_role("button", name=f"Move up: {lines[1]}").click()
    expect(part(page, "e").locator("[data-order] > li").first).to_have_attribute(
        "data-name", lines[1]
    )
    page.get_by_role("button", name="Finish", exact=True).click()
    expect(page.get_by_role("button", name="Finish quiz")).to_be_visible()

    right = {"one": 0, "two": 1, "three": 2}
    moved = [right[lines[at]] for at in (1, 0, 2)]
    assert stored_value(site, *place) == ["100", None, [0], None, moved]


def fill_in(page: Page) -> None:
    """Every kind of control of EVERY_KIND has been used."""
    part(page, "a").get_by_label("Your answer").fill("10")
    part(page, "b").get_by_label("Your answer").fill("0.0002")
    choose(page, "c", "Precision")
    part(page, "d").get_by_role("button", name="Move down").first.click()
    choose(page, "e", "Recall")
    part(page, "f").get_by_label("Your answer").fill("F2")
    part(page, "g").get_by_label("Gap 1").select_option("high")
    part(page, "g").get_by_label("Gap 2").fill("many")
    part(page, "h").get_by_label("two").select_option(label="A. 1")
    part(page, "i").get_by_label("What it prints").fill("1\n2")
    part(page, "j").get_by_role("button", name="Take: n = 3").click()
    part(page, "j").get_by_role("button", name="Take: while n:").click()


def test_what_had_not_reached_the_server_is_put_back_into_its_parts(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    place = open_parts(site, page, learner, *EVERY_KIND)
    page.route("**/responses/*", lambda route: route.abort())
    fill_in(page)
    before = order(page, "d")
    steps.expect_kept(page)
    page.unroute("**/responses/*")

    page.reload()

    steps.expect_saved(page)
    assert order(page, "d") == before
    expect(part(page, "g").get_by_label("Gap 2")).to_have_value("many")
    expect(part(page, "h").locator("option:checked").nth(1)).to_have_text("A. 1")
    value = stored_value(site, *place)
    assert isinstance(value, list)
    assert [*value[:3], *value[4:6], *value[8:]] == [
        *("10", "0.0002", [1], [0], "F2", "1\n2"),
        [[0, 0], [1, 0]],
    ]


def test_two_answers_are_laid_side_by_side_part_by_part(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page, other = open_page(learner), open_page(learner)
    place = open_parts(site, page, learner, *THREE)
    other.goto(page.url)
    part(other, "a").get_by_label("Your answer").fill("5")
    choose(other, "c", "Precision")
    steps.expect_saved(other)

    part(page, "b").get_by_label("Your answer").fill("7")
    choose(page, "c", "Recall")

    expect(page.locator("[data-mine] li")).to_have_text(["Part b: 7", "Part c: A. Recall"])
    expect(page.locator("[data-stored] li")).to_have_text(["Part a: 5", "Part c: B. Precision"])
    page.get_by_role("button", name="Use mine").click()
    steps.expect_saved(page)
    assert stored_value(site, *place) == [None, "7", [0]]


def test_parts_of_a_finished_attempt_cannot_be_changed(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, _ = open_parts(site, page, learner, *EVERY_KIND)
    choose(page, "c", "Recall")
    steps.expect_saved(page)
    finish(site, attempt_id)

    part(page, "a").get_by_label("Your answer").fill("1")
    page.get_by_role("link", name="See the result").wait_for()

    for name in "abf":
        expect(part(page, name).get_by_label("Your answer")).not_to_be_editable()
    expect(page.get_by_role("radio", disabled=True)).to_have_count(1)
    expect(page.get_by_role("checkbox", disabled=True)).to_have_count(2)
    expect(part(page, "h").locator("option:not(:disabled)")).to_have_count(2)
    expect(part(page, "d").get_by_role("button", name="Move", disabled=False)).to_have_count(0)


def test_parts_of_every_kind_are_accessible_and_fit(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, _ = open_parts(site, page, learner, *EVERY_KIND)
    fill_in(page)
    steps.expect_saved(page)
    assert findings(page) == []

    finish(site, attempt_id)
    page.goto(f"/attempts/{attempt_id}")
    assert "Right by your value of a: 0.0002 follows." in page.locator("article").inner_text()
    assert findings(page) == []
