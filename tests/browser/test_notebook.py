"""The notebook by keyboard, on a phone, and without scripts."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from quizapp.db import models
from tests import factories
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site

WITHOUT_SCRIPT = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}


@pytest.fixture
def forgetful(site: Site, learner: models.User) -> models.User:
    """A learner who missed a question three days ago."""
    at = datetime.now(UTC) - timedelta(days=3)
    site.stored(
        lambda session: factories.take_attempt(session, learner, "math-screen", at, wrong=(1,))
    )
    return learner


def open_form(page: Page) -> None:
    page.goto("/notebook")
    page.locator("summary", has_text="Cause and note").press("Enter")


def test_a_cause_and_a_note_are_kept_by_keyboard_alone(
    open_page: OpenPage, forgetful: models.User
) -> None:
    page = open_page(forgetful)
    open_form(page)

    steps.tab_to(page, page.get_by_label("Did not know"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Watch the sign.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Your note is saved.")
    article = page.get_by_role("article")
    expect(article.locator(".meta")).to_contain_text("Slip")
    expect(article.locator(".comment")).to_have_text("Watch the sign.")


def test_what_is_due_is_noted_and_started_without_script(
    open_page: OpenPage, forgetful: models.User
) -> None:
    page = open_page(forgetful, **WITHOUT_SCRIPT)
    open_form(page)
    page.get_by_label("Misread the question").check()
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_role("article").locator(".meta")).to_contain_text("Misread the question")

    page.get_by_role("link", name="Due", exact=True).click()
    expect(page.get_by_text("1 question to see again today")).to_be_visible()
    page.get_by_role("button", name="Start").click()

    expect(page.get_by_text("Question 1 of 1", exact=True)).to_be_visible()
