"""The time left: what it says and when, how it follows the server, pauses, and the end elsewhere.

The pages' own clock is moved on by hand; the server's is not.
"""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Request, expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import (
    UNTIMED,
    Site,
    add_time,
    allow_pause,
    end_in,
    finish,
    position_of,
    start_attempt,
    stored_value,
)

NEXT_NEWS = 12_000
"""Within so many milliseconds a page asks the server how things stand."""
HOUR = timedelta(hours=1)


@pytest.fixture
def question(site: Site, open_page: OpenPage, learner: models.User) -> Page:
    """A page, its clock in the test's hand, with the question that takes a word."""
    page = open_page(learner)
    page.clock.install()
    steps.open_question(site, page, learner)
    return page


def with_time_left(site: Site, page: Page, left: timedelta, whole: timedelta = HOUR) -> None:
    """The page shows its question anew, with that much time left."""
    end_in(site, steps.attempt_on(page), left, whole)
    page.reload()


# --- Saving while typing goes on ------------------------------------------------------------------


def test_answer_is_saved_at_least_every_ten_seconds_while_typing_goes_on(question: Page) -> None:
    saves: list[Request] = []
    question.on("request", lambda each: saves.append(each) if "/responses/" in each.url else None)

    for _ in range(33):
        question.get_by_label("Your answer").press("x")
        question.clock.run_for(300)

    assert len(saves) >= 1
    question.clock.run_for(2000)
    steps.expect_saved(question)
    expect(question.locator("[data-save]")).to_have_text(re.compile(r"Saved at \d\d:\d\d:\d\d"))


def test_saves_are_not_read_aloud_but_a_failure_and_the_recovery_are(question: Page) -> None:
    said = question.locator("[data-live]")
    question.get_by_label("Your answer").fill("norm")
    question.clock.run_for(1000)
    steps.expect_saved(question)
    expect(said).to_be_empty()

    question.context.set_offline(True)
    question.get_by_label("Your answer").fill("normal")
    question.clock.run_for(1000)
    expect(said).to_contain_text(re.compile("not yet sent|Not saved yet"))
    question.context.set_offline(False)

    expect(said).to_contain_text("Saved at")


# --- Time left ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1800, "Half of the time is over: 30 minutes left"),
        (600, "10 minutes left"),
        (300, "5 minutes left"),
        (60, "1 minute left"),
        (30, "30 seconds left"),
    ],
)
def test_little_time_is_announced(site: Site, question: Page, seconds: int, words: str) -> None:
    with_time_left(site, question, timedelta(seconds=seconds + 3))
    expect(question.locator("[data-live]")).to_be_empty()

    question.clock.run_for(4000)

    expect(question.locator("[data-live]")).to_have_text(words)
    is_low = "true" if seconds <= 300 else "false"
    expect(question.get_by_role("timer")).to_have_attribute("data-low", is_low)


def test_time_is_announced_when_asked_for(site: Site, question: Page) -> None:
    with_time_left(site, question, timedelta(minutes=14, seconds=30))

    steps.press_by_keyboard(question, question.get_by_role("button", name="Announce the time"))
    expect(question.locator("[data-live]")).to_have_text(re.compile(r"14 minutes \d+ seconds left"))
    question.locator("[data-live]").evaluate("(element) => { element.textContent = ''; }")
    question.keyboard.press("t")

    expect(question.locator("[data-live]")).to_have_text(re.compile("14 minutes"))


def test_hidden_time_stays_hidden_until_a_minute_is_left(site: Site, question: Page) -> None:
    question.get_by_role("button", name="Hide the time").click()
    expect(question.locator(".timer time")).to_be_hidden()

    with_time_left(site, question, timedelta(seconds=63))
    expect(question.locator(".timer time")).to_be_hidden()
    question.clock.run_for(4000)

    expect(question.locator(".timer time")).to_be_visible()
    with_time_left(site, question, timedelta(minutes=10))
    question.get_by_role("button", name="Show the time").click()
    expect(question.locator(".timer time")).to_be_visible()


def test_added_time_reaches_the_page_and_says_from_what_to_what(site: Site, question: Page) -> None:
    question.get_by_label("Your answer").fill("norm")
    question.clock.run_for(1000)
    steps.expect_saved(question)
    add_time(site, steps.attempt_on(question), 10)

    question.clock.run_for(NEXT_NEWS)

    notice = question.locator("[data-notice=time]")
    words = r"it now ends at \d\d:\d\d.* instead of \d\d:\d\d.*, 10 minutes more"
    expect(notice).to_contain_text(re.compile(words))
    expect(question.locator("[data-live]")).to_contain_text(re.compile(words))
    expect(question.get_by_role("timer")).to_contain_text("29:")
    expect(question.get_by_label("Your answer")).to_have_value("norm")


def test_time_added_in_the_last_second_is_found_before_time_is_up(
    site: Site, question: Page
) -> None:
    with_time_left(site, question, timedelta(seconds=9))
    add_time(site, steps.attempt_on(question), 5)

    question.clock.run_for(9000)

    expect(question.locator("[data-notice=time]")).to_contain_text("5 minutes more")
    expect(question.get_by_role("timer")).to_contain_text("5:0")
    expect(question.get_by_label("Your answer")).to_be_editable()


def test_page_asks_when_it_wakes_up(site: Site, question: Page) -> None:
    with question.expect_response("**/clock"):
        question.clock.set_fixed_time("2099-01-01T00:00:00")
        question.clock.run_for(1000)

    expect(question.get_by_role("timer")).to_contain_text(":")


# --- The end elsewhere ----------------------------------------------------------------------------


def expect_read_only(page: Page) -> None:
    """The answer can be read and not changed, and the page leads to the result."""
    expect(page.get_by_label("Your answer")).not_to_be_editable()
    expect(page.locator("[data-save]")).to_contain_text("read-only")
    expect(page.get_by_role("link", name="See the result")).to_be_visible()


def test_attempt_finished_on_another_device_turns_read_only(site: Site, question: Page) -> None:
    finish(site, steps.attempt_on(question))

    question.clock.run_for(NEXT_NEWS)

    expect_read_only(question)
    expect(question.get_by_role("timer")).to_be_hidden()


def test_attempt_finished_in_another_tab_turns_read_only_at_once(
    site: Site, question: Page
) -> None:
    other = question.context.new_page()
    other.goto(f"/attempts/{steps.attempt_on(question)}/submission")

    other.get_by_role("button", name="Finish quiz").click()
    expect(question.get_by_label("Your answer")).not_to_be_editable()
    question.clock.run_for(10_000)

    expect_read_only(question)


@pytest.mark.parametrize(
    ("slug", "control"),
    [
        ("two-urns", ".choice input:not(:checked)"),
        ("discrete-families", ".choice input:not(:checked)"),
        ("steps-of-a-test", ".grip"),
    ],
)
def test_options_and_lines_turn_read_only_too(
    site: Site, question: Page, slug: str, control: str
) -> None:
    attempt_id = steps.attempt_on(question)
    position = position_of(site, attempt_id, slug)
    question.goto(f"/attempts/{attempt_id}/questions/{position}")
    steps.answer_by_mouse(question)
    finish(site, attempt_id)

    question.clock.run_for(NEXT_NEWS)

    expect(question.get_by_role("link", name="See the result")).to_be_visible()
    expect(question.locator(control).first).to_be_disabled()
    expect(question.get_by_role("button", name="Flag", exact=True)).to_be_disabled()


def test_chosen_options_of_a_finished_attempt_stay_chosen(site: Site, question: Page) -> None:
    attempt_id = steps.attempt_on(question)
    position = position_of(site, attempt_id, "discrete-families")
    question.goto(f"/attempts/{attempt_id}/questions/{position}")
    steps.answer_by_mouse(question)
    finish(site, attempt_id)
    question.clock.run_for(NEXT_NEWS)
    expect(question.get_by_role("link", name="See the result")).to_be_visible()

    question.locator(".choice", has_text="Poisson").click()

    expect(question.locator(".choice", has_text="Poisson").locator("input")).to_be_checked()


def test_unsent_answer_to_an_attempt_finished_elsewhere_is_kept_for_the_instructor(
    site: Site, question: Page
) -> None:
    finish(site, steps.attempt_on(question))

    question.get_by_label("Your answer").fill("normal")
    question.clock.run_for(1000)

    expect_read_only(question)
    expect(question.locator("[data-notice=closed]")).to_contain_text("kept for the instructor")
    expect(question.get_by_label("Your answer")).to_have_value("normal")


# --- Pause ----------------------------------------------------------------------------------------


def test_pause_saves_the_answer_and_hides_the_question(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
    allow_pause(site, attempt_id)
    page.reload()
    page.get_by_label("Your answer").fill("normal")

    page.get_by_role("button", name="Pause").click()

    expect(page.get_by_role("heading", name="Paused")).to_be_visible()
    expect(page.get_by_text("bell-shaped")).to_have_count(0)
    assert stored_value(site, attempt_id, position) == "normal"
    page.get_by_role("button", name="Go on").click()
    steps.expect_question(page, 1 if position > 1 else 2)


def test_pause_in_another_tab_hides_the_question_here(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, _ = steps.open_question(site, page, learner)
    allow_pause(site, attempt_id)
    other = page.context.new_page()
    other.goto(f"/attempts/{attempt_id}/submission")

    other.get_by_role("button", name="Pause").click()

    expect(page.get_by_role("heading", name="Paused")).to_be_visible()


def test_untimed_attempt_shows_no_clock(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{start_attempt(site, learner, UNTIMED)}/questions/1")

    expect(page.locator("[data-save]")).to_be_visible()
    expect(page.get_by_role("timer")).to_have_count(0)
    expect(page.get_by_role("button", name="Announce the time")).to_have_count(0)
