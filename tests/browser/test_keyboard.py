"""Questions answered without a mouse: Tab, letters, Enter and arrow keys; and lines by dragging."""

from playwright.sync_api import expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import TIMED, Site, position_of, start_attempt, stored_value


def test_quiz_is_taken_by_keyboard_alone(open_page: OpenPage, learner: models.User) -> None:
    page = open_page(learner)
    page.goto(f"/quizzes/{TIMED}")
    steps.press_by_keyboard(page, page.get_by_role("button", name="Start"))

    steps.answer_all(page, steps.answer_by_keyboard, steps.turn_by_keyboard)
    steps.press_by_keyboard(page, page.get_by_role("button", name="Finish quiz"))

    expect(page.get_by_text("7 of 7 points, 6 of 6 right")).to_be_visible()


def test_letters_flag_turn_pages_and_help(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{start_attempt(site, learner)}/questions/2")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_hidden()
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Flag", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.keyboard.press("p")
    steps.expect_question(page, 1)
    page.keyboard.press("n")

    steps.expect_question(page, 2)
    expect(page.get_by_role("button", name="Flag", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_letters_are_typed_not_obeyed_in_a_text(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, "bell-curve")
    page.goto(f"/attempts/{attempt_id}/questions/{position}")

    page.get_by_label("Your answer").focus()
    page.keyboard.type("fan?p")

    expect(page.get_by_label("Your answer")).to_have_value("fan?p")
    steps.expect_question(page, position)
    expect(page.get_by_role("button", name="Flag", exact=True)).to_have_attribute(
        "aria-pressed", "false"
    )


def test_enter_in_a_text_saves_and_goes_on(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, "posterior-value")
    page.goto(f"/attempts/{attempt_id}/questions/{position}")

    page.get_by_label("Your answer").fill("0.8")
    page.get_by_label("Your answer").press("Enter")

    if position < steps.QUESTIONS:
        steps.expect_question(page, position + 1)
    else:
        expect(page.get_by_role("button", name="Finish quiz")).to_be_visible()
    assert stored_value(site, attempt_id, position) == "0.8"


def test_lines_are_dragged_and_moved_with_arrow_keys(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, "steps-of-a-test")
    page.goto(f"/attempts/{attempt_id}/questions/{position}")
    names = page.locator(".order li").evaluate_all("(rows) => rows.map((row) => row.dataset.name)")

    steps.drag(page, page.locator(".grip").first, page.locator(".grip").last)
    expect(page.locator(".order li").last).to_have_attribute("data-name", names[0])
    page.locator(".grip").nth(1).focus()
    page.keyboard.press("ArrowUp")

    expect(page.locator(".order li").first).to_have_attribute("data-name", names[2])
    expect(page.locator("[data-live]")).to_have_text(f"{names[2]}: position 1 of 4")
    steps.expect_saved(page)
    page.reload()
    expect(page.locator(".order li").first).to_have_attribute("data-name", names[2])
