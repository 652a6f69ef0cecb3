"""Several lines are typed, kept as they stand, and reviewed beside the right ones."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, stored_value

STAIRS: Mapping[str, object] = {
    "type": "output-prediction",
    "stem": "What does this program print?",
    "code": "print()\nfor n in range(2):\n    print(' ' * n + 'x')\n",
    "language": "python",
    "output": "\nx\n x\n",
}


def test_lines_are_typed_by_keyboard_and_saved(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_item(site, page, learner, STAIRS)
    box = page.get_by_label("What it prints")
    steps.tab_to(page, box)
    for key in ("Enter", "x", "Enter", "Space", "x", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("[data-save]")).to_contain_text("Saved at")

    page.keyboard.press("Tab")
    page.keyboard.press("n")

    expect(page.get_by_role("button", name="Finish quiz")).to_be_visible()
    assert stored_value(site, attempt_id, position) == "\nx\n x"
    page.go_back()
    expect(box).to_have_value("\nx\n x")


def test_a_space_before_a_line_outlives_a_lost_connection(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_item(site, page, learner, STAIRS)
    box = page.get_by_label("What it prints")
    box.fill("x")
    expect(page.locator("[data-save]")).to_contain_text("Saved at")
    page.context.set_offline(True)
    box.fill(" x")
    steps.expect_kept(page)
    address, context = page.url, page.context
    page.close()  # before it is connected again, so that it cannot send what it keeps
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)

    expect(page.get_by_label("What it prints")).to_have_value(" x")
    expect(page.locator("[data-save]")).to_contain_text("Saved at")
    assert stored_value(site, attempt_id, position) == " x"


@pytest.mark.parametrize("has_script", [True, False])
def test_lines_are_reviewed_beside_the_right_ones(
    site: Site, open_page: OpenPage, learner: models.User, has_script: bool
) -> None:
    page = open_page(learner, java_script_enabled=has_script)
    steps.open_item(site, page, learner, STAIRS)
    page.get_by_label("What it prints").fill("\nx\nx")
    page.get_by_role("button", name="Review and finish").click()
    expect(page.get_by_role("button", name="Finish quiz")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("What it prints")).to_have_value("\nx\nx")
    page.get_by_role("button", name="Review and finish").click()
    page.get_by_role("button", name="Finish quiz").click()

    expect(page.get_by_text("Line 3 is the first that differs.")).to_be_visible()
    marked = page.locator(".typed mark")
    expect(marked).to_have_text(["Differs: x", "Differs:  x"])
