"""A quiz of one question after the other: by keyboard on a phone, without scripts, offline."""

import pytest
from playwright.sync_api import expect

from quizapp.db import models
from tests import factories
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, start_attempt, stored_value
from tests.browser.test_pages import findings
from tests.browser.test_phone import PHONE

QUIZ = "one-way"


@pytest.fixture(scope="module")
def quiz(site: Site) -> str:
    """A quiz of three questions, one after the other."""
    quizzes = [{"id": QUIZ, "title": "One way", "questions": 3, "minutes": 10, "one_way": True}]
    site.stored(
        lambda session: factories.make_bank(session, factories.make_items(3), QUIZ, quizzes=quizzes)
    )
    return QUIZ


@pytest.fixture
def attempt_id(site: Site, learner: models.User, quiz: str) -> int:
    return start_attempt(site, learner, quiz)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_quiz_is_taken_by_keyboard_on_a_phone(
    open_page: OpenPage, learner: models.User, quiz: str, script: bool
) -> None:
    page = open_page(learner, **PHONE, java_script_enabled=script)
    page.goto(f"/quizzes/{quiz}")
    expect(page.get_by_text("Once you move on you cannot go back")).to_be_visible()
    steps.press_by_keyboard(page, page.get_by_role("button", name="Start"))

    for position in (1, 2, 3):
        expect(page.get_by_text(f"Question {position} of 3", exact=True)).to_be_visible()
        steps.tab_to(page, page.locator("input[name=choice]").first)
        page.keyboard.press("Space")
        steps.press_by_keyboard(page, page.locator("[data-next]"))
    steps.press_by_keyboard(page, page.get_by_role("button", name="Finish quiz"))

    expect(page.get_by_text("of 3 points")).to_be_visible()


def test_there_is_no_way_back(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{attempt_id}")
    page.locator(".choice").first.click()
    page.locator("[data-next]").click()
    expect(page.get_by_text("Question 2 of 3", exact=True)).to_be_visible()

    page.go_back()

    expect(page.get_by_text("Question 2 of 3", exact=True)).to_be_visible()
    assert stored_value(site, attempt_id, 1) is not None


def test_another_window_follows_with_what_it_holds_refused(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    mine, theirs = open_page(learner), open_page(learner)
    for page in (mine, theirs):
        page.goto(f"/attempts/{attempt_id}/questions/1")
    mine.locator("[data-next]").click()
    expect(mine.get_by_text("Question 2 of 3", exact=True)).to_be_visible()

    theirs.locator(".choice").first.click()

    expect(theirs.locator("[data-notice=closed]")).to_contain_text("This question is closed")
    theirs.get_by_role("link", name="Go on").click()
    expect(theirs.get_by_text("Question 2 of 3", exact=True)).to_be_visible()
    assert stored_value(site, attempt_id, 1) is None


def test_offline_the_page_stays_and_says_why(
    open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{attempt_id}/questions/1")
    page.context.set_offline(True)
    page.locator(".choice").first.click()
    page.locator("[data-next]").click()

    expect(page.locator("[data-save]")).to_contain_text("Moving on needs the server.")
    page.context.set_offline(False)
    steps.expect_saved(page)
    page.locator("[data-next]").click()
    expect(page.get_by_text("Question 2 of 3", exact=True)).to_be_visible()


def test_its_pages_are_accessible_and_fit(
    open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{attempt_id}/questions/1")
    page.locator("[data-next]").click()
    expect(page.get_by_text("Question 2 of 3", exact=True)).to_be_visible()
    assert findings(page) == []

    page.goto(f"/attempts/{attempt_id}/submission")

    assert findings(page) == []
