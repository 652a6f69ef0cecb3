"""Matching: by keyboard alone, on a phone, without a script; two answers; a frozen one."""

from datetime import UTC, datetime
from itertools import count

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.items import Item
from tests import factories
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, finish, stored_value
from tests.browser.test_pages import findings
from tests.browser.test_phone import PHONE, WITHOUT_SCRIPT

FIELDS = {
    "id": "penalties",
    "type": "matching",
    "skills": ["math.probability.bayes"],
    "stem": "Which penalty does each model have?",
    "pairs": [
        {"left": "Lasso", "right": "$\\lambda \\lVert w \\rVert_1$"},
        {"left": "Ridge regression", "right": "The sum of squares"},
        {"left": "Weight decay", "right": "The sum of squares"},
    ],
    "extra": ["None"],
}
KEY = {"Lasso": "λ", "Ridge regression": "The sum of squares", "Weight decay": "The sum of squares"}
_numbers = count(1)


@pytest.fixture
def address(site: Site, learner: models.User) -> str:
    """The page of the one question of an attempt of the learner."""
    name = f"matching-{next(_numbers)}"

    def start(session: Session) -> int:
        factories.make_bank(session, [Item.parse(FIELDS)], name)
        return factories.start_attempt(session, learner, name, datetime.now(UTC)).id

    return f"/attempts/{site.stored(start)}/questions/1"


def letter_of(page: Page, text: str) -> str:
    """The letter of the option that holds ``text``."""
    option = page.locator(".match-options li", has_text=text)
    return option.locator(".letter").inner_text()[0]


def choose_all(page: Page) -> None:
    """The right options are chosen."""
    for left, right in KEY.items():
        value = str("ABC".index(letter_of(page, right)))
        page.get_by_label(left).select_option(value)


@pytest.mark.parametrize("options", [PHONE, WITHOUT_SCRIPT], ids=["phone", "without script"])
def test_options_are_chosen_on_a_phone_with_and_without_script(
    site: Site, open_page: OpenPage, learner: models.User, address: str, options: dict[str, object]
) -> None:
    page = open_page(learner, **options)
    page.goto(address)

    choose_all(page)
    page.get_by_role("button", name="Review and finish").click()
    page.get_by_role("button", name="Finish quiz").click()

    expect(page.get_by_text("1 of 1 points, 1 of 1 right")).to_be_visible()
    assert stored_value(site, steps.attempt_on(page), 1) == [0, 1, 1]


def test_options_are_chosen_by_keyboard_alone(
    site: Site, open_page: OpenPage, learner: models.User, address: str
) -> None:
    page = open_page(learner)
    page.goto(address)

    for left, right in KEY.items():
        steps.tab_to(page, page.get_by_label(left))
        page.keyboard.type(letter_of(page, right).lower())
    steps.expect_saved(page)

    assert stored_value(site, *steps.place_of(page)) == [0, 1, 1]
    page.reload()
    choices = page.locator(".match-rows option:checked").all_inner_texts()
    assert [text[0] for text in choices] == [letter_of(page, right) for right in KEY.values()]


def test_two_answers_are_shown_with_their_letters(
    open_page: OpenPage, learner: models.User, address: str
) -> None:
    page, other = open_page(learner), open_page(learner)
    for each in (page, other):
        each.goto(address)
    other.get_by_label("Lasso").select_option("0")
    steps.expect_saved(other)

    page.get_by_label("Lasso").select_option("1")

    mine = page.locator("[data-mine] li")
    expect(mine).to_contain_text("Lasso: B. ")
    expect(page.locator("[data-stored] li")).to_contain_text("Lasso: A. ")
    page.get_by_role("button", name="Use mine").click()
    steps.expect_saved(page)


def test_a_finished_answer_can_be_read_and_not_changed(
    site: Site, open_page: OpenPage, learner: models.User, address: str
) -> None:
    page = open_page(learner)
    page.goto(address)
    page.get_by_label("Lasso").select_option("1")
    steps.expect_saved(page)
    finish(site, steps.attempt_on(page))

    page.get_by_label("Weight decay").select_option("0")

    page.get_by_role("link", name="See the result").wait_for()
    expect(page.get_by_label("Lasso").locator("option:enabled")).to_have_count(1)
    expect(page.get_by_label("Lasso")).to_have_value("1")


def test_the_page_and_its_review_are_accessible_and_fit(
    site: Site, open_page: OpenPage, learner: models.User, address: str
) -> None:
    page = open_page(learner)
    page.goto(address)
    choose_all(page)
    steps.expect_saved(page)

    assert findings(page) == []
    finish(site, steps.attempt_on(page))
    page.goto(address.rpartition("/questions")[0])
    assert findings(page) == []


def test_an_option_is_dragged_by_its_letter(
    site: Site, open_page: OpenPage, learner: models.User, address: str
) -> None:
    page = open_page(learner)
    page.goto(address)

    page.locator(".match-options .letter").nth(1).drag_to(page.get_by_label("Lasso"))
    steps.expect_saved(page)

    expect(page.get_by_label("Lasso")).to_have_value("1")
    expect(page.locator(".over, .lifted")).to_have_count(0)
