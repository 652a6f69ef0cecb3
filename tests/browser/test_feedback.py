"""Feedback after each question: by keyboard on a phone, without scripts, in two windows."""

import pytest
from playwright.sync_api import expect

from quizapp.db import models
from tests import factories
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, start_attempt
from tests.browser.test_pages import findings
from tests.browser.test_phone import PHONE

QUIZ = "each"


@pytest.fixture(scope="module")
def quiz(site: Site) -> str:
    """A quiz of two questions with feedback after each."""
    quizzes = [{"id": QUIZ, "title": "Each", "questions": 2, "minutes": 10, "feedback": "each"}]
    items = factories.make_items(2, explanation="The second one, because the bank says so.")
    site.stored(lambda session: factories.make_bank(session, items, QUIZ, quizzes=quizzes))
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
    steps.press_by_keyboard(page, page.get_by_role("button", name="Start"))

    for position in (1, 2):
        expect(page.get_by_text(f"Question {position} of 2", exact=True)).to_be_visible()
        steps.tab_to(page, page.locator("input[name=choice]").first)
        page.keyboard.press("Space")
        steps.press_by_keyboard(page, page.get_by_role("button", name="Check answer"))
        expect(page.get_by_text("This answer is final.")).to_be_visible()
        steps.press_by_keyboard(page, page.locator("[data-next]"))
    steps.press_by_keyboard(page, page.get_by_role("button", name="Finish quiz"))

    expect(page.get_by_text("of 2 points")).to_be_visible()


def test_another_window_is_told_that_the_answer_is_final(
    open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    mine, theirs = open_page(learner), open_page(learner)
    for page in (mine, theirs):
        page.goto(f"/attempts/{attempt_id}/questions/1")
    mine.get_by_role("button", name="Check answer").click()
    expect(mine.get_by_role("heading", name="Not answered")).to_be_visible()

    theirs.locator(".choice").first.click()

    expect(theirs.locator("[data-notice=closed]")).to_contain_text("this answer is final")
    theirs.get_by_role("link", name="Go on").click()
    expect(theirs.get_by_role("heading", name="Not answered")).to_be_visible()


def test_enter_in_the_page_checks_nothing(
    open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{attempt_id}/questions/1")
    page.locator("input[name=choice]").first.focus()

    page.keyboard.press("Enter")

    steps.expect_saved(page)
    expect(page.get_by_role("button", name="Check answer")).to_be_visible()


def test_its_pages_are_accessible_and_fit(
    open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{attempt_id}/questions/1")
    assert findings(page) == []

    page.locator(".choice").first.click()
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_text("This answer is final.")).to_be_visible()

    assert findings(page) == []
