"""The line under a number box says how the number will be read, as the server reads it."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, stored_value

READINGS = Path(__file__).parents[1] / "fixtures" / "numbers" / "readings.json"
HALF = {"type": "numeric", "stem": "What is half of 1?", "answer": "0.5"}
TIME = {**HALF, "answer": "0.25", "unit": "s", "units": {"ms": "0.001", "min": "60"}}
TYPE_EACH = """(texts) => texts.map((text) => {
  const box = document.querySelector("#text");
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return document.querySelector("#text-reading").textContent;
})"""


@pytest.fixture
def page(site: Site, open_page: OpenPage, learner: models.User) -> Page:
    """The question with units."""
    page = open_page(learner)
    steps.open_item(site, page, learner, TIME)
    return page


def test_numbers_are_read_as_the_server_reads_them(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    steps.open_item(site, page, learner, HALF)
    steps.expect_saved(page)
    cases = [each for each in json.loads(READINGS.read_text("utf-8")) if each[0].strip()]

    lines = page.evaluate(TYPE_EACH, [text for text, _ in cases])

    unread = "Not read as a number yet"
    assert lines == [f"Read as {shown}" if shown else unread for _, shown in cases]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("250 ms", "Read as 250 ms"),
        ("1/4", "Read as 0.25 s"),
        ("3 h", "The unit h is not known here"),
        ("soon", "Not read as a number yet"),
    ],
)
def test_units_are_read_too(page: Page, text: str, line: str) -> None:
    page.get_by_label("Your answer").fill(text)

    expect(page.locator("#text-reading")).to_have_text(line)
    expect(page.locator("[data-live]")).to_have_text(line)


def test_the_hint_stands_there_while_nothing_is_typed(page: Page) -> None:
    hint = page.get_by_text("behind it a unit: s, ms, min")
    expect(hint).to_be_visible()

    page.get_by_label("Your answer").fill("1")
    expect(hint).to_be_hidden()
    page.get_by_label("Your answer").fill("")

    expect(hint).to_be_visible()
    expect(page.locator("#text-reading")).to_be_hidden()


def test_a_stored_number_is_read_when_the_page_opens(page: Page) -> None:
    page.get_by_label("Your answer").fill("0,5")
    expect(page.locator("[data-save]")).to_contain_text("Saved at")

    page.reload()

    expect(page.locator("#text-reading")).to_have_text("Read as 0.5 s")


def test_without_script_the_hint_stays(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner, java_script_enabled=False)
    attempt_id, position = steps.open_item(site, page, learner, TIME)
    page.get_by_label("Your answer").fill("250 ms")
    page.get_by_role("button", name="Review and finish").click()

    assert stored_value(site, attempt_id, position) == "250 ms"
    page.go_back()
    expect(page.get_by_text("behind it a unit: s, ms, min")).to_be_visible()
