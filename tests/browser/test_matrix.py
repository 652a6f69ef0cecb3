"""A matrix: entered by keyboard, saved cell by cell, and entered without scripts."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from quizapp.db import models
from tests import factories
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, finish, start_attempt, stored_value
from tests.browser.test_pages import findings

QUIZ = "matrices"
FIELDS: dict[str, Any] = {
    "type": "matrix",
    "skills": ["math.linear-algebra.matrices"],
    "stem": "Of 10 spam and 20 other mails a filter marks 8 and 1. Enter the confusion matrix.",
    "answer": [[8, 2], [1, 19]],
    "row_labels": ["is spam", "is not"],
    "column_labels": ["marked", "let through"],
    "scoring": "partial",
}
VECTOR: dict[str, Any] = {
    "type": "matrix",
    "skills": ["math.linear-algebra.matrices"],
    "stem": r"What is $\nabla f$ of $f(x, y, z) = x + y / 2 - 3 z$?",
    "answer": [1, "1/2", -3],
}
WIDE: dict[str, Any] = {
    "type": "matrix",
    "skills": ["math.linear-algebra.matrices"],
    "stem": "Enter the table.",
    "answer": [[f"{row}{column}00.25" for column in range(6)] for row in range(1, 3)],
    "column_labels": list("uvwxyz"),
}


@pytest.fixture(scope="module")
def quiz(site: Site) -> str:
    """A quiz of a matrix, a vector and a wide matrix."""
    shapes = {"table": FIELDS, "vector": VECTOR, "wide": WIDE}
    items = [factories.make_item(slug, **fields) for slug, fields in shapes.items()]
    site.stored(lambda session: factories.make_bank(session, items, QUIZ))
    return QUIZ


@pytest.fixture
def attempt_id(site: Site, learner: models.User, quiz: str) -> int:
    return start_attempt(site, learner, quiz)


def open_matrix(page: Page, site: Site, attempt_id: int, slug: str = "table") -> int:
    """The page shows that question; its position."""
    position = site.stored(
        lambda session: factories.position_of(
            session, session.get_one(models.Attempt, attempt_id), slug
        )
    )
    page.goto(f"/attempts/{attempt_id}/questions/{position}")
    return position


def test_a_matrix_is_entered_by_keyboard_alone_and_all_is_saved(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    position = open_matrix(page, site, attempt_id)

    steps.tab_to(page, page.get_by_label("Row 1, column 1"))
    for text in ("8", "2", "1", "19"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    expect(page.locator("[data-save]")).to_contain_text("Saved at")

    assert stored_value(site, attempt_id, position) == ["8", "2", "1", "19"]
    page.reload()
    expect(page.get_by_label("Row 2, column 2")).to_have_value("19")


def test_each_cell_is_saved_by_itself(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    position = open_matrix(page, site, attempt_id, "vector")

    with page.expect_response(f"**/responses/{position}"):
        page.get_by_label("Entry 3").fill("-3")

    assert stored_value(site, attempt_id, position) == [None, None, "-3"]


def test_arrow_keys_lead_from_box_to_box(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    open_matrix(page, site, attempt_id)

    page.get_by_label("Row 1, column 1").focus()
    for key in ("8", "ArrowRight", "2", "ArrowDown", "1", "9", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page.get_by_label("Row 2, column 2")).to_be_focused()
    for key in ("ArrowLeft", "1", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)

    expect(page.get_by_label("Row 1, column 1")).to_be_focused()
    cells = [cell.input_value() for cell in page.locator("[data-part]").all()]
    assert cells == ["8", "2", "1", "19"]


def test_a_matrix_is_entered_without_scripts(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner, java_script_enabled=False)
    position = open_matrix(page, site, attempt_id)

    page.get_by_label("Row 1, column 1").fill("8")
    page.get_by_label("Row 2, column 2").fill("18")
    page.get_by_role("button", name="Finish", exact=True).click()

    assert stored_value(site, attempt_id, position) == ["8", None, None, "18"]


def fill_in(page: Page) -> None:
    """Every cell holds something: of the first row nonsense, else numbers."""
    for cell in page.locator("[data-part]").all():
        name = cell.get_attribute("data-part") or ""
        cell.fill("about 2" if name == "Row 1, column 2" else "1/2")
    expect(page.locator("[data-save]")).to_contain_text("Saved at")


def test_matrices_and_their_review_are_accessible_and_fit(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    for slug in ("table", "vector", "wide"):
        open_matrix(page, site, attempt_id, slug)
        assert findings(page) == []
        fill_in(page)

    finish(site, attempt_id)
    page.goto(f"/attempts/{attempt_id}")
    assert findings(page) == []
