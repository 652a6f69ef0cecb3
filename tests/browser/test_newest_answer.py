"""The newest answer is kept, whichever page or request it came from."""

import pytest
from playwright.sync_api import Page, Route, expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, stored_value

CHANGED_ELSEWHERE = "This answer was changed in another tab or window"


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


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_tab_left_untouched_does_not_undo_the_answer_of_another(
    site: Site, open_page: OpenPage, learner: models.User, java_script_enabled: bool
) -> None:
    page = open_page(learner, java_script_enabled=java_script_enabled)
    attempt_id, position = steps.open_question(site, page, learner)
    other = open_tab(page, attempt_id, position)
    other.get_by_label("Your answer").fill("normal")
    go_on(other)
    expect(other.locator("#text")).to_have_count(0)

    go_on(page)

    expect(page.get_by_text(CHANGED_ELSEWHERE)).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value("normal")
    assert stored_value(site, attempt_id, position) == "normal"


def test_tab_that_is_behind_says_so_and_leads_to_the_newer_answer(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
    other = open_tab(page, attempt_id, position)
    other.get_by_label("Your answer").fill("newer")
    steps.expect_saved(other)

    page.get_by_label("Your answer").fill("older")
    expect(page.locator("[data-save]")).to_contain_text(CHANGED_ELSEWHERE)
    expect(page.get_by_label("Your answer")).to_have_value("older")
    page.get_by_role("link", name="Show the newer answer").click()

    expect(page.get_by_label("Your answer")).to_have_value("newer")
    with page.expect_response("**/responses/*"):
        page.get_by_label("Your answer").fill("newest")
    steps.expect_saved(page)
    assert stored_value(site, attempt_id, position) == "newest"
