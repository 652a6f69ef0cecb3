"""Answers that could not be sent are kept on the device, and sent or asked about later."""

from datetime import timedelta

import pytest
from playwright.sync_api import Error, Page, expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import MakePerson, OpenPage
from tests.browser.site import UNTIMED, Site, end_in, sign_in, start_attempt, stored_value

TWO_ANSWERS = "Two different answers"
COUNT_OF_KEPT = """() => new Promise((resolve) => {
  const opening = indexedDB.open("answers", 1);
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = () => resolve(0);
  opening.onsuccess = () => {
    const asking = opening.result.transaction("unsent").objectStore("unsent").count();
    asking.onsuccess = () => { opening.result.close(); resolve(asking.result); };
  };
})"""
MAKE_OLD = """() => new Promise((resolve) => {
  const opening = indexedDB.open("answers", 1);
  opening.onsuccess = () => {
    const store = opening.result.transaction("unsent", "readwrite").objectStore("unsent");
    store.getAll().onsuccess = ({ target }) => {
      const old = { ...target.result[0], at: Date.now() - 8 * 24 * 60 * 60 * 1000 };
      store.put(old).onsuccess = () => { opening.result.close(); resolve(); };
    };
  };
})"""


def type_offline(page: Page, text: str) -> None:
    """The text was typed without a network, and is kept on this device."""
    page.context.set_offline(True)
    page.get_by_label("Your answer").press_sequentially(text)
    steps.expect_kept(page)


def crash(page: Page) -> None:
    """The browser's process for the page has died, and with it the page."""
    with pytest.raises(Error):
        page.goto("chrome://crash")
    page.close()


def reopened(page: Page, address: str) -> Page:
    """A page at ``address`` after ``page`` has crashed and the network is back."""
    context = page.context
    crash(page)
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    return page


def expect_kept_count(page: Page, count: int) -> None:
    """So many answers are kept on the device."""
    expect(page.locator("body")).to_be_visible()
    for _ in range(30):
        if page.evaluate(COUNT_OF_KEPT) == count:
            return
        page.wait_for_timeout(100)
    assert page.evaluate(COUNT_OF_KEPT) == count


def question_of(attempt_id: int, position: int) -> str:
    return f"/attempts/{attempt_id}/questions/{position}"


def other_position(position: int) -> int:
    return position % steps.QUESTIONS + 1


def test_no_character_is_lost_when_the_tab_dies_offline(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
    type_offline(page, "normal, as ever")

    page = reopened(page, question_of(attempt_id, position))

    expect(page.get_by_label("Your answer")).to_have_value("normal, as ever")
    steps.expect_saved(page)
    expect_kept_count(page, 0)
    assert stored_value(site, attempt_id, position) == "normal, as ever"


def test_answer_kept_for_one_question_is_sent_from_another(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
    type_offline(page, "normal")

    page = reopened(page, question_of(attempt_id, other_position(position)))

    expect(page.get_by_role("button", name=f"Question {position}, answered")).to_be_visible()
    expect(page.locator("[data-notice=kept]")).to_contain_text("has been sent")
    expect_kept_count(page, 0)
    assert stored_value(site, attempt_id, position) == "normal"


def test_summary_counts_an_answer_that_was_kept(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
    type_offline(page, "normal")

    page = reopened(page, f"/attempts/{attempt_id}/submission")

    expect(page.get_by_role("heading", name="Finish with 5 open questions?")).to_be_visible()
    assert stored_value(site, attempt_id, position) == "normal"


def test_quiz_is_not_finished_unasked_while_an_answer_is_only_kept(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, _ = steps.open_question(site, page, learner)
    type_offline(page, "normal")
    page.context.route("**/responses/*", lambda route: route.abort())
    page = reopened(page, f"/attempts/{attempt_id}/submission")
    expect(page.locator("[data-notice=kept]")).to_contain_text("not yet sent")

    page.get_by_role("button", name="Finish quiz").click()
    expect(page.locator("[data-notice=over]")).to_contain_text("does not count")
    page.get_by_role("button", name="Finish quiz").click()

    expect(page.get_by_text("0 of 7 points")).to_be_visible()


def test_answer_kept_beyond_the_end_is_handed_in_late_and_said_so(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, _ = steps.open_question(site, page, learner)
    type_offline(page, "normal")
    end_in(site, attempt_id, timedelta(minutes=-5))

    page = reopened(page, question_of(start_attempt(site, learner, UNTIMED), 1))

    expect(page.locator("[data-notice=kept]")).to_contain_text("kept for the instructor")
    expect_kept_count(page, 0)


def test_kept_answer_leaves_the_device_only_for_its_person(
    site: Site, open_page: OpenPage, learner: models.User, make_person: MakePerson
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
    type_offline(page, "normal")
    other = make_person()
    sign_in(site, page.context, other)
    page = reopened(page, question_of(start_attempt(site, other), 1))

    with page.expect_response("**/responses/*"):
        page.get_by_role("button", name="Flag", exact=True).click()

    expect_kept_count(page, 1)
    assert stored_value(site, attempt_id, position) is None


def test_kept_answer_replaces_a_newer_one_only_when_the_person_says_so(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    place = steps.open_question(site, page, learner)
    type_offline(page, "mine")
    steps.answer_elsewhere(open_page(learner), question_of(*place))
    page = reopened(page, question_of(*place))
    panel = page.get_by_role("region", name=TWO_ANSWERS)
    expect(panel.get_by_role("list")).to_have_text(["mine", "theirs"])
    assert stored_value(site, *place) == "theirs"

    panel.get_by_role("button", name="Use mine").click()

    steps.expect_saved(page)
    expect(page.get_by_label("Your answer")).to_have_value("mine")
    expect_kept_count(page, 0)
    assert stored_value(site, *place) == "mine"


def test_kept_answer_goes_when_the_stored_one_is_preferred(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    place = steps.open_question(site, page, learner)
    type_offline(page, "mine")
    steps.answer_elsewhere(open_page(learner), question_of(*place))
    page = reopened(page, question_of(*place))

    page.get_by_role("button", name="Keep the stored answer").click()

    expect(page.get_by_label("Your answer")).to_have_value("theirs")
    expect_kept_count(page, 0)


def test_another_page_leads_to_a_question_with_two_answers(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
    type_offline(page, "mine")
    steps.answer_elsewhere(open_page(learner), question_of(attempt_id, position))
    page = reopened(page, question_of(attempt_id, other_position(position)))

    page.get_by_role("link", name="Compare them").click()

    panel = page.get_by_role("region", name=TWO_ANSWERS)
    expect(panel.get_by_role("list")).to_have_text(["mine", "theirs"])


def test_texts_of_two_tabs_are_both_kept(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    place = steps.open_question(site, page, learner)
    other = page.context.new_page()
    other.goto(question_of(*place))

    type_offline(page, "one")
    type_offline(other, "two")

    expect_kept_count(page, 2)


def test_kept_answer_is_forgotten_after_a_week(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
    type_offline(page, "normal")
    page.evaluate(MAKE_OLD)

    page = reopened(page, question_of(attempt_id, other_position(position)))

    expect_kept_count(page, 0)
    assert stored_value(site, attempt_id, position) is None


def test_nothing_is_said_to_be_kept_where_there_is_no_storage(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    steps.open_question(site, page, learner)
    page.context.set_offline(True)

    page.get_by_label("Your answer").fill("normal")
    expect(page.locator("[data-save]")).to_have_text("Not saved yet, trying again")
    page.context.set_offline(False)

    steps.expect_saved(page)
