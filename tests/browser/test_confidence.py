"""Saying how sure one is: by keyboard, without scripts, offline, and in two windows."""

import pytest
from playwright.sync_api import Locator, Page, expect

from quizapp.db import models
from tests import factories
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, finish, start_attempt
from tests.browser.test_pages import findings
from tests.browser.test_phone import PHONE

QUIZ = "sure"


@pytest.fixture(scope="module")
def quiz(site: Site) -> str:
    """A quiz of two questions that scores how sure one is."""
    rules = {"confidence": "scored", "points": "equal"}
    quizzes = [{"id": QUIZ, "title": "How sure?", "questions": 2, "scoring": rules}]
    site.stored(
        lambda session: factories.make_bank(session, factories.make_items(2), QUIZ, quizzes=quizzes)
    )
    return QUIZ


@pytest.fixture
def attempt_id(site: Site, learner: models.User, quiz: str) -> int:
    return start_attempt(site, learner, quiz)


def question(attempt_id: int, position: int = 1) -> str:
    return f"/attempts/{attempt_id}/questions/{position}"


def stored_confidence(site: Site, attempt_id: int, position: int = 1) -> int | None:
    """What the server holds there."""
    place = (attempt_id, position)
    return site.stored(lambda session: session.get_one(models.Response, place).confidence)


def level(page: Page, name: str) -> Locator:
    """The control that says so."""
    values = {"Sure": 3, "Fairly sure": 2, "Guessing": 1}
    return page.locator(f"input[name=confidence][value='{values[name]}']")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_quiz_is_taken_by_keyboard_on_a_phone(
    open_page: OpenPage, learner: models.User, quiz: str, script: bool
) -> None:
    page = open_page(learner, **PHONE, java_script_enabled=script)
    page.goto(f"/quizzes/{quiz}")
    expect(page.get_by_role("heading", name="How it is scored")).to_be_visible()
    steps.press_by_keyboard(page, page.get_by_role("button", name="Start"))

    for _ in range(2):
        steps.tab_to(page, page.locator("input[name=choice]").first)
        page.keyboard.press("Space")
        steps.tab_to(page, level(page, "Sure"))
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect(level(page, "Fairly sure")).to_be_checked()
        steps.press_by_keyboard(page, page.locator("[data-next]"))
    steps.press_by_keyboard(page, page.get_by_role("button", name="Finish quiz"))

    expect(page.get_by_role("row", name="Fairly sure")).to_contain_text("of 2")


def test_the_confidence_alone_is_saved_and_answers_nothing(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    page.goto(question(attempt_id))

    level(page, "Guessing").check()
    expect(page.locator("[data-save]")).to_contain_text("Saved at")

    assert stored_confidence(site, attempt_id) == 1
    expect(page.get_by_role("button", name="Question 1", exact=True)).to_be_visible()
    expect(page.locator("[data-count=answered]")).to_have_text("0")


def test_a_confidence_said_offline_is_put_back(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    page.goto(question(attempt_id))
    page.context.set_offline(True)
    page.locator(".choice").first.click()
    level(page, "Fairly sure").check()
    steps.expect_kept(page)
    context = page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()

    page.goto(question(attempt_id))

    expect(level(page, "Fairly sure")).to_be_checked()
    expect(page.locator("[data-save]")).to_contain_text("Saved at")
    assert stored_confidence(site, attempt_id) == 2


def test_one_kept_for_another_question_is_sent(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    page.goto(question(attempt_id))
    page.context.set_offline(True)
    level(page, "Guessing").check()
    steps.expect_kept(page)
    context = page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()

    with page.expect_response("**/responses/1"):
        page.goto(question(attempt_id, 2))

    assert stored_confidence(site, attempt_id) == 1


def test_two_windows_are_asked_which_counts(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    mine, theirs = open_page(learner), open_page(learner)
    for page in (mine, theirs):
        page.goto(question(attempt_id))
    level(theirs, "Guessing").check()
    expect(theirs.locator("[data-save]")).to_contain_text("Saved at")

    level(mine, "Fairly sure").check()

    expect(mine.locator("[data-mine]")).to_contain_text("How sure: fairly sure")
    expect(mine.locator("[data-stored]")).to_contain_text("How sure: guessing")
    mine.get_by_role("button", name="Use mine").click()
    expect(mine.locator("[data-save]")).to_contain_text("Saved at")
    assert stored_confidence(site, attempt_id) == 2


def take_all(page: Page, attempt_id: int) -> None:
    """Both questions hold an answer and a confidence."""
    for position, name in ((1, "Sure"), (2, "Guessing")):
        page.goto(question(attempt_id, position))
        page.locator(".choice").first.click()
        level(page, name).check()
        expect(page.locator("[data-save]")).to_contain_text("Saved at")


def test_its_pages_are_accessible_and_fit(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int, quiz: str
) -> None:
    page = open_page(learner)
    take_all(page, attempt_id)
    assert findings(page) == []
    finish(site, attempt_id)
    for address in (f"/attempts/{attempt_id}", f"/quizzes/{quiz}"):
        page.goto(address)
        assert findings(page) == []
