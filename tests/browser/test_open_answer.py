"""An open answer is written, kept, marked by its learner and by an instructor."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, find_person, stored_value
from tests.browser.test_pages import findings
from tests.essays import ESSAY

LONG: Mapping[str, object] = {
    **ESSAY,
    "word_limit": 6,
    "lines": 4,
    "template": "Goals\n  - \nMetric\n",
}
TEXT = "Goals:\n  - fast and right\n\nMetric: clicks"
SCRIPTS = pytest.mark.parametrize(
    "options", [{}, {"java_script_enabled": False}], ids=["with script", "without script"]
)


def finish(page: Page) -> None:
    """The attempt, of one question, is finished, and its result is shown."""
    page.get_by_role("button", name="Review and finish").click()
    page.get_by_role("button", name="Finish quiz").click()
    expect(page.get_by_text("await")).not_to_have_count(0)


def test_a_text_is_written_by_keyboard_and_tab_leaves_it(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_item(site, page, learner, LONG)
    box = page.get_by_label("Your answer")
    steps.tab_to(page, box)
    page.keyboard.type("Goals:")
    for key in ("Enter", "Space", "Space", "-", "Enter"):
        page.keyboard.press(key)
    page.keyboard.type("x")
    expect(page.locator("[data-save]")).to_contain_text("Saved at")
    expect(page.get_by_text("3 words", exact=True)).to_be_visible()

    page.keyboard.press("Tab")

    expect(box).not_to_be_focused()
    assert stored_value(site, attempt_id, position) == "Goals:\n  -\nx"
    page.reload()
    expect(box).to_have_value("Goals:\n  -\nx")


def test_the_box_grows_and_says_how_many_words_are_too_many(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    steps.open_item(site, page, learner, LONG)
    box = page.get_by_label("Your answer")

    box.fill("one two\n" * 30)

    expect(page.get_by_text("60 words, 54 more than wanted")).to_be_visible()
    assert box.evaluate("(box) => box.scrollHeight <= box.clientHeight")


def test_the_outline_is_put_in_and_saved(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_item(site, page, learner, LONG)
    page.get_by_text("An outline to start from").click()

    page.get_by_role("button", name="Put it into my answer").click()

    expect(page.get_by_label("Your answer")).to_be_focused()
    expect(page.locator("[data-save]")).to_contain_text("Saved at")
    assert stored_value(site, attempt_id, position) == "Goals\n  - \nMetric"


@SCRIPTS
def test_the_learner_marks_their_own_answer_and_the_instructor_overrides(
    site: Site, open_page: OpenPage, learner: models.User, options: dict[str, object]
) -> None:
    page = open_page(learner, **options)
    steps.open_item(site, page, learner, ESSAY)
    page.get_by_label("Your answer").fill(TEXT)
    finish(page)
    expect(page.get_by_text("1 answer (up to 3 points) awaits marking").first).to_be_visible()
    page.get_by_label("Names the metric").fill("1.5")
    page.get_by_label("From its power").check()
    page.get_by_role("button", name="Save my mark").click()
    expect(page.get_by_text("2.5 of 3 points", exact=False).first).to_be_visible()

    marking = open_page(find_person(site, "tomas"), **options)
    marking.goto("/marking")
    marking.get_by_role("row", name=learner.name).get_by_role("link").click()
    expect(marking.get_by_text("- fast and right")).to_be_visible()
    marking.get_by_label("Names the metric").fill("1")
    marking.get_by_label("By feeling").check()
    marking.get_by_label("Comment to the learner").fill("Which guardrail?")
    marking.get_by_role("button", name="Save the mark").click()
    expect(marking.get_by_role("heading", name="The learner’s own mark")).to_be_visible()

    page.reload()
    expect(page.get_by_text("Which guardrail?")).to_be_visible()
    expect(page.get_by_role("row", name="Names the metric")).to_contain_text("1.5")
    expect(page.get_by_text("1.5 of 3 points").first).to_be_visible()


def test_marking_goes_by_keyboard_alone(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    steps.open_item(site, page, learner, ESSAY)
    page.get_by_label("Your answer").fill(TEXT)
    finish(page)
    steps.tab_to(page, page.get_by_label("Names the metric"))
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("From its power")).to_be_checked()

    page.keyboard.press("Enter")

    expect(page.get_by_text("3 of 3 points").first).to_be_visible()


def test_every_page_of_an_open_answer_is_accessible_and_fits(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    steps.open_item(site, page, learner, LONG)
    page.get_by_label("Your answer").fill(TEXT)
    assert findings(page) == []
    finish(page)
    assert findings(page) == []

    marking = open_page(find_person(site, "tomas"))
    marking.goto("/marking")
    assert findings(marking) == []
    marking.get_by_role("row", name=learner.name).get_by_role("link").click()
    marking.get_by_label("Names the metric").fill("1")
    marking.get_by_label("By feeling").check()
    assert findings(marking) == []
    marking.get_by_role("button", name="Save the mark").click()
    marking.get_by_text("The learner has not marked this answer.").wait_for()
    assert findings(marking) == []
    page.reload()
    page.get_by_text("This mark counts.").wait_for()
    assert findings(page) == []
