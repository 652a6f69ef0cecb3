"""Writing a program: the editor, running its tests, and the verdicts that come after finishing."""

from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Locator, Page, expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, finish, stored_value
from tests.browser.test_pages import findings
from tests.trial_runs import LONGEST_RUN, RIGHT, STARTER, WRONG, grade_waiting

SKILLS = {"skills": ["coding.algorithms.arrays-and-hashing"]}
ONE_LINE = "def longest_run(items): return None"


def open_code(site: Site, page: Page, learner: models.User, **fields: Any) -> tuple[int, int]:
    """The learner sees a question for code; attempt and position."""
    return steps.open_item(site, page, learner, {**LONGEST_RUN, **SKILLS, **fields})


def editor(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Your code")


def write(page: Page, code: str) -> None:
    """By the keyboard, ``code`` is in the place of what was in the editor, which has the focus."""
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)


def leave_editor(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")


def results(page: Page) -> Locator:
    return page.get_by_role("region", name="Test results")


def grade(site: Site, page: Page) -> None:
    """A grader has run the programs of the attempt whose page this is."""
    attempt_id, now = steps.attempt_on(page), datetime.now(UTC)
    site.stored(lambda session: grade_waiting(session, attempt_id, now))


def test_by_keyboard_alone_a_program_is_written_run_mended_and_handed_in(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = open_code(site, page, learner)
    steps.tab_to(page, editor(page))

    write(page, WRONG)
    page.keyboard.press("Control+Enter")
    expect(results(page)).to_contain_text("expected 0, got None")
    expect(editor(page)).to_be_focused()
    expect(page.locator("[data-live]")).to_have_text("1 of 2 tests passed")
    assert stored_value(site, attempt_id, position) == WRONG

    write(page, RIGHT)
    expect(results(page)).to_contain_text("of your code before its last change")
    leave_editor(page)
    steps.press_by_keyboard(page, page.get_by_role("button", name="Run tests"))
    expect(page.locator("[data-live]")).to_have_text("2 of 2 tests passed")
    expect(results(page)).not_to_contain_text("expected")
    assert stored_value(site, attempt_id, position) == RIGHT

    steps.press_by_keyboard(page, page.get_by_role("button", name="Review and finish"))
    steps.press_by_keyboard(page, page.get_by_role("button", name="Finish quiz"))
    expect(page.get_by_text("This program is being checked")).to_be_visible()
    grade(site, page)
    expect(page.get_by_label("Tests")).to_contain_text("passed, 2 of 2")
    expect(page.locator(".hero .n")).to_have_text("100%")


def test_without_scripts_a_program_is_run_handed_in_and_judged(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner, java_script_enabled=False)
    open_code(site, page, learner)
    box = page.get_by_label("Your code")
    expect(box).to_have_value(STARTER)

    box.fill(WRONG)
    page.get_by_role("button", name="Run tests").click()
    see = page.get_by_role("button", name="Show the results")
    if see.is_visible():
        see.click()
    expect(results(page)).to_contain_text("expected 0, got None")
    expect(box).to_have_value(WRONG)

    page.get_by_role("button", name="Review and finish").click()
    page.get_by_role("button", name="Finish quiz").click()
    expect(page.get_by_text("This program is being checked")).to_be_visible()
    grade(site, page)
    page.reload()
    expect(page.get_by_label("Tests")).to_contain_text("wrong result, 0 of 1")


def test_tab_indents_and_leaves_after_escape(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    open_code(site, page, learner)
    editor(page).click()
    write(page, "if x:")
    page.keyboard.press("Enter")
    page.keyboard.type("fn(")
    page.keyboard.press("Tab")

    expect(page.locator("textarea[data-code]")).to_have_value("if x:\n        fn()")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(editor(page)).not_to_be_focused()
    expect(page).to_have_url(f"{site.url}/attempts/{steps.attempt_on(page)}/questions/1")


def test_reset_brings_the_starter_and_undo_brings_the_program_back(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = open_code(site, page, learner)
    field = page.locator("textarea[data-code]")
    editor(page).click()
    write(page, RIGHT)

    page.get_by_role("button", name="Reset").click()
    expect(field).to_have_value(STARTER)
    page.keyboard.press("Control+z")
    expect(field).to_have_value(RIGHT)
    steps.expect_saved(page)
    assert stored_value(site, attempt_id, position) == RIGHT


def test_another_answer_is_compared_and_shows_in_the_editor(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    here, there = open_page(learner), open_page(learner)
    open_code(site, here, learner)
    there.goto(here.url)
    editor(there).click()
    write(there, ONE_LINE)
    steps.expect_saved(there)
    expect(there.locator("[data-save]")).to_contain_text("Saved at")

    editor(here).click()
    write(here, RIGHT)
    expect(here.get_by_role("heading", name="Two different answers")).to_be_visible()
    here.get_by_role("button", name="Keep the stored answer").click()

    expect(editor(here)).to_have_text(ONE_LINE)


def test_a_finished_attempt_leaves_the_program_to_be_read(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, _ = open_code(site, page, learner)
    editor(page).click()
    write(page, ONE_LINE)
    steps.expect_saved(page)
    finish(site, attempt_id)

    page.keyboard.type("#")
    expect(page.locator("[data-notice=closed]")).to_be_visible()
    held = editor(page).inner_text()
    page.keyboard.type("more")

    assert editor(page).inner_text() == held
    expect(page.get_by_role("button", name="Run tests")).to_be_hidden()


def test_the_editor_and_its_results_have_no_finding(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    open_code(site, page, learner)
    editor(page).click()
    write(page, f"print('a' * 500)\n{WRONG}    # {'long ' * 60}\n")
    page.keyboard.press("Control+Enter")
    expect(results(page)).to_contain_text("got None")

    assert findings(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
