"""An expression shown as it is read: by keyboard, on a phone, without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, stored_value
from tests.browser.test_pages import RULES
from tests.browser.test_phone import PHONE, WITHOUT_SCRIPT

DERIVATIVE = {
    "type": "expression",
    "stem": "Differentiate $\\exp(x^2)$.",
    "answer": "2x exp(x^2)",
    "variables": {"x": "real"},
    "mistakes": [{"answer": "exp(x^2)", "why": "The inner derivative is missing."}],
}


@pytest.fixture(params=[{}, PHONE], ids=["desktop", "phone"])
def page(
    request: pytest.FixtureRequest, site: Site, open_page: OpenPage, learner: models.User
) -> Page:
    """The question on a screen of each size."""
    page = open_page(learner, **request.param)
    steps.open_item(site, page, learner, DERIVATIVE)
    return page


def test_typing_shows_what_is_understood(page: Page) -> None:
    page.keyboard.press("Tab")
    steps.tab_to(page, page.get_by_label("Your answer"))
    page.keyboard.type("2x e^(x^2)")

    lines = page.locator("[data-understood]")
    expect(lines.locator("math msup")).to_have_count(2)
    expect(lines).to_contain_text("Read as")
    expect(page.locator("[data-live]")).to_have_text("Read as 2 * x * e^(x^2)")
    page.keyboard.type("/(")
    expect(lines).to_contain_text("Not understood yet. Column 13: Expected a number")
    expect(page.locator("[data-live]")).to_contain_text("Column 13")
    report = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert not report.violations_count, report.generate_report()


def test_the_page_fits_whatever_is_typed(page: Page) -> None:
    page.get_by_label("Your answer").fill("(1+x)^2+" * 20 + "x")

    expect(page.locator("[data-understood] math")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_stored_answer_is_read_when_the_page_opens(page: Page) -> None:
    page.get_by_label("Your answer").fill("2x")
    steps.expect_saved(page)

    page.reload()

    expect(page.locator("[data-understood] math")).to_be_visible()
    page.get_by_label("Your answer").fill("")
    expect(page.locator("[data-understood]")).to_be_hidden()


def test_an_old_reading_never_replaces_a_newer_one(page: Page) -> None:
    def hold_first(route: Route) -> None:
        if "text=x" in route.request.url:
            page.wait_for_timeout(600)
        route.continue_()

    page.route("**/reading?*", hold_first)
    box = page.get_by_label("Your answer")
    box.fill("x")
    page.wait_for_timeout(400)
    box.fill("3")

    expect(page.locator("[data-understood] mn")).to_have_text("3")
    page.wait_for_timeout(500)
    expect(page.locator("[data-understood] mn")).to_have_text("3")


def test_without_script_it_is_read_once_saved(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner, **WITHOUT_SCRIPT)
    attempt_id, position = steps.open_item(site, page, learner, DERIVATIVE)
    page.get_by_label("Your answer").fill("exp(x²)")
    page.get_by_role("button", name="Review and finish").click()
    assert stored_value(site, attempt_id, position) == "exp(x²)"

    page.goto(f"/attempts/{attempt_id}/questions/{position}")
    expect(page.locator("[data-understood] math")).to_be_visible()
    page.get_by_role("button", name="Review and finish").click()
    page.get_by_role("button", name="Finish quiz").click()

    expect(page.get_by_text("The inner derivative is missing.")).to_be_visible()
    expect(page.locator(".answers math")).to_have_count(2)
