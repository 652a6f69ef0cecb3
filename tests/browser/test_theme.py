"""Light and dark: the system's until the person chooses, then theirs."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

LIGHT, DARK = "rgb(246, 248, 249)", "rgb(15, 21, 25)"
SWITCH = "Switch between light and dark"


@pytest.mark.parametrize(("scheme", "colour"), [("light", LIGHT), ("dark", DARK)])
def test_theme_follows_the_system(open_page: OpenPage, scheme: str, colour: str) -> None:
    page = open_page(color_scheme=scheme)

    page.goto("/sign-in")

    assert background(page) == colour


@pytest.mark.parametrize(("scheme", "other"), [("light", DARK), ("dark", LIGHT)])
def test_first_switch_leads_to_the_other_theme_and_stays(
    open_page: OpenPage, scheme: str, other: str
) -> None:
    page = open_page(color_scheme=scheme)
    page.goto("/sign-in")

    page.get_by_role("button", name=SWITCH).click()

    assert background(page) == other
    page.goto("/register")
    assert background(page) == other


def test_theme_is_switched_there_and_back_without_script(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/register")

    page.get_by_role("button", name=SWITCH).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/sign-in")
    assert background(page) == DARK
    page.get_by_role("button", name=SWITCH).click()

    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def background(page: Page) -> str:
    """The colour behind the page."""
    colour: str = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return colour
