"""The plan and the readiness behind it: by keyboard, and on a phone without scripts."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, find_person

WITHOUT_SCRIPT = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}


def say_when(page: Page, days: int) -> None:
    """The date of the interview is in its field, which browsers show in parts."""
    on = datetime.now(UTC).date() + timedelta(days=days)
    page.get_by_label("Interview on").fill(on.isoformat())


def test_time_is_set_and_todays_set_started_by_keyboard(
    open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto("/plan")
    steps.tab_to(page, page.get_by_label("Minutes a day"))
    page.keyboard.press("ArrowDown")
    steps.tab_to(page, page.get_by_label("Sunday"))
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The plan has been made anew.")
    expect(page.get_by_label("Sunday")).to_be_checked()

    steps.tab_to(page, page.get_by_role("button", name="Start today’s set"))
    page.keyboard.press("Enter")

    expect(page.get_by_text("Question 1 of")).to_be_visible()


def test_a_day_of_the_plan_is_opened_by_keyboard(open_page: OpenPage, learner: models.User) -> None:
    page = open_page(learner)
    page.goto("/plan")
    today = page.get_by_role("cell").and_(page.locator("[aria-current=date]"))

    steps.tab_to(page, today.locator("summary"))
    page.keyboard.press("Enter")

    expect(today.get_by_role("listitem").first).to_contain_text("new")


def test_time_is_set_and_todays_set_started_without_script(
    open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner, **WITHOUT_SCRIPT)
    page.goto("/")
    page.get_by_role("link", name="Set your interview’s date").click()
    say_when(page, 12)
    page.get_by_label("Sunday").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("12 days left")).to_be_visible()

    page.get_by_role("button", name="Start today’s set").click()

    expect(page.get_by_text("Question 1 of")).to_be_visible()


def test_a_week_of_rest_is_refused_and_nothing_typed_is_lost(
    open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner, **WITHOUT_SCRIPT)
    page.goto("/plan")
    say_when(page, 12)
    typed = page.get_by_label("Interview on").input_value()
    for box in page.get_by_role("group", name="Days of rest").get_by_role("checkbox").all():
        box.check()

    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("alert")).to_contain_text("Leave a day to practise.")
    expect(page.get_by_label("Interview on")).to_have_value(typed)


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["keyboard", "phone without script"])
def test_readiness_at_another_level_leads_to_practice(
    site: Site, open_page: OpenPage, options: dict[str, object]
) -> None:
    page = open_page(find_person(site, "mara"), **options)
    page.goto("/readiness")
    page.get_by_label("Level", exact=True).select_option("senior")
    page.get_by_role("button", name="Show").press("Enter")
    expect(page.get_by_text("of a typical senior-level interview")).to_be_visible()

    page.get_by_role("region", name="raise it").get_by_role("link", name="Practise ").first.press(
        "Enter"
    )

    expect(page.get_by_role("button", name="Start practice")).to_be_visible()


@pytest.mark.parametrize("width", [390, 320])
def test_each_entry_of_the_navigation_is_readable_on_a_phone(
    open_page: OpenPage, learner: models.User, width: int
) -> None:
    page = open_page(learner, viewport={"width": width, "height": 700})
    page.goto("/")
    entries = page.get_by_role("navigation", name="Main").get_by_role("link")

    boxes = [box for each in entries.all() if (box := each.bounding_box())]

    assert len(boxes) == 5
    assert len({box["y"] for box in boxes}) == 1
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
