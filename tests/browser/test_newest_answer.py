"""The newest answer is kept, whichever page or request it came from."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, position_of, start_attempt, stored_value

TWO_ANSWERS = "Two different answers"


def open_tab(page: Page, attempt_id: int, position: int) -> Page:
    """Another tab of the same browser shows the question, with its scripts begun."""
    tab = page.context.new_page()
    tab.goto(f"/attempts/{attempt_id}/questions/{position}")
    return tab


def go_on(page: Page) -> None:
    page.locator("[data-next]").click()


def test_slow_save_that_arrives_after_next_changes_nothing(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
    slow: list[Route] = []
    page.route("**/responses/*", lambda route: slow.append(route), times=1)
    with page.expect_request("**/responses/*"):
        page.get_by_label("Your answer").fill("old")
    page.get_by_label("Your answer").fill("new")
    go_on(page)
    expect(page.locator("#text")).to_have_count(0)

    late = slow[0].request
    headers = {name: late.headers[name] for name in ("accept", "content-type")}
    reply = page.context.request.post(late.url, data=late.post_data_buffer, headers=headers)

    assert reply.json()["superseded"]
    assert stored_value(site, attempt_id, position) == "new"


def test_spaces_around_an_answer_do_not_make_it_another_one(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)

    page.get_by_label("Your answer").fill(" normal ")
    go_on(page)
    expect(page.locator("#text")).to_have_count(0)
    tab = open_tab(page, attempt_id, position)

    expect(tab.get_by_label("Your answer")).to_have_value("normal")
    expect(tab.get_by_text("had not reached the server")).to_be_hidden()


def test_tab_left_untouched_does_not_undo_the_answer_of_another(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
    other = open_tab(page, attempt_id, position)
    other.get_by_label("Your answer").fill("normal")
    go_on(other)
    expect(other.locator("#text")).to_have_count(0)

    go_on(page)

    expect(page.locator("#text")).to_have_count(0)
    assert stored_value(site, attempt_id, position) == "normal"


def test_tab_left_untouched_does_not_undo_the_answer_of_another_without_script(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner, java_script_enabled=False)
    attempt_id, position = steps.open_question(site, page, learner)
    other = open_tab(page, attempt_id, position)
    other.get_by_label("Your answer").fill("normal")
    go_on(other)
    expect(other.locator("#text")).to_have_count(0)

    go_on(page)
    page.get_by_role("link", name="Keep the stored answer").click()

    expect(page.get_by_label("Your answer")).to_have_value("normal")
    assert stored_value(site, attempt_id, position) == "normal"


@pytest.fixture
def behind(site: Site, open_page: OpenPage, learner: models.User) -> Page:
    """A page with the answer "older", after another tab has saved "newer" there."""
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
    other = open_tab(page, attempt_id, position)
    other.get_by_label("Your answer").fill("newer")
    steps.expect_saved(other)
    page.get_by_label("Your answer").fill("older")
    expect(page.get_by_role("region", name=TWO_ANSWERS)).to_be_visible()
    return page


def test_tab_that_is_behind_shows_both_answers_and_keeps_the_focus(behind: Page) -> None:
    panel = behind.get_by_role("region", name=TWO_ANSWERS)

    expect(panel.get_by_role("list")).to_have_text(["older", "newer"])
    expect(behind.locator("[data-save]")).to_contain_text("changed in another tab or window")
    expect(behind.locator("[data-live]")).to_contain_text("two different answers")
    expect(behind.get_by_label("Your answer")).to_be_focused()


def test_own_answer_can_be_edited_on_before_it_takes_over(site: Site, behind: Page) -> None:
    panel = behind.get_by_role("region", name=TWO_ANSWERS)

    behind.get_by_label("Your answer").fill("newest")
    expect(panel.get_by_role("list").first).to_have_text("newest")
    panel.get_by_role("button", name="Use mine").click()

    steps.expect_saved(behind)
    expect(panel).to_be_hidden()
    assert stored_value(site, *steps.place_of(behind)) == "newest"


def test_stored_answer_is_kept_and_can_be_changed_afterwards(site: Site, behind: Page) -> None:
    behind.get_by_role("button", name="Keep the stored answer").click()
    expect(behind.get_by_label("Your answer")).to_have_value("newer")

    with behind.expect_response("**/responses/*"):
        behind.get_by_label("Your answer").fill("newest")

    steps.expect_saved(behind)
    assert stored_value(site, *steps.place_of(behind)) == "newest"


def test_question_is_not_left_before_one_of_two_answers_counts(behind: Page) -> None:
    go_on(behind)

    expect(behind.get_by_role("region", name=TWO_ANSWERS)).to_be_focused()
    expect(behind.get_by_label("Your answer")).to_have_value("older")


def test_tab_whose_answer_was_replaced_takes_it_over_again(site: Site, behind: Page) -> None:
    attempt_id, position = steps.place_of(behind)
    behind.get_by_role("button", name="Use mine").click()
    steps.expect_saved(behind)
    other = behind.context.pages[1]

    other.get_by_label("Your answer").fill("newest")
    other.get_by_role("button", name="Use mine").click()

    steps.expect_saved(other)
    assert stored_value(site, attempt_id, position) == "newest"


def test_chosen_options_of_two_tabs_are_shown_by_letter_and_text(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, "two-urns")
    page.goto(f"/attempts/{attempt_id}/questions/{position}")
    other = open_tab(page, attempt_id, position)
    other.locator(".choice").nth(1).click()
    steps.expect_saved(other)
    page.locator(".choice").nth(0).click()

    lists = page.get_by_role("region", name=TWO_ANSWERS).get_by_role("list")

    expect(lists.nth(0)).to_have_text(re.compile("^A. "))
    expect(lists.nth(1)).to_have_text(re.compile("^B. "))
