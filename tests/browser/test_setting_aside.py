"""What to revisit next: reasons that lead to answers, and skills that are set aside."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from quizapp.db import models
from quizapp.services import skill_claims
from tests import factories
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site
from tests.browser.test_pages import findings

SKILL = "ml.classical.regularisation"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
WITHOUT_SCRIPT = {**PHONE, "java_script_enabled": False}


@pytest.fixture
def misser(site: Site, learner: models.User) -> models.User:
    """Somebody who missed every answer of a quiz yesterday, and set a skill aside."""
    now = datetime.now(UTC)
    site.stored(
        lambda session: factories.take_attempt(
            session, learner, now=now - timedelta(days=1), quiz="ml-screen", wrong=range(1, 9)
        )
    )
    site.stored(lambda session: skill_claims.say(session, learner.id, SKILL, "known", now))
    return learner


def first_row(page: Page) -> str:
    return page.locator(".rows > li h3").first.inner_text()


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["with script", "phone without"])
def test_a_number_leads_to_its_answers_and_these_to_their_review(
    open_page: OpenPage, misser: models.User, options: dict[str, object]
) -> None:
    page = open_page(misser, **options)
    page.goto("/")

    page.locator(".rows p a").first.click()

    expect(page.locator("#answers")).to_be_in_viewport()
    page.get_by_role("link", name="ML fundamentals screen, question").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ML fundamentals screen")


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT], ids=["with script", "phone without"])
def test_a_skill_is_set_aside_and_brought_back(
    open_page: OpenPage, misser: models.User, options: dict[str, object]
) -> None:
    page = open_page(misser, **options)
    page.goto("/")
    name = first_row(page)

    page.get_by_role("button", name=f"Not now: {name}").click()
    expect(page.get_by_role("button", name=f"Not now: {name}")).to_have_count(0)
    page.get_by_text("2 set aside").click()
    page.get_by_role("button", name=f"Take back: {name}").click()

    assert first_row(page) == name


def test_a_skill_is_set_aside_by_keyboard(open_page: OpenPage, misser: models.User) -> None:
    page = open_page(misser)
    page.goto("/")
    name = first_row(page)

    steps.tab_to(page, page.get_by_role("button", name=f"I know this: {name}"))
    page.keyboard.press("Enter")

    expect(page.get_by_text(f"{name} is set aside until")).to_be_visible()


@pytest.mark.parametrize("path", ["/", f"/skills/{SKILL}"])
def test_pages_with_something_set_aside_are_accessible_and_fit(
    open_page: OpenPage, misser: models.User, path: str
) -> None:
    page = open_page(misser)
    page.goto(path)
    for summary in page.locator("summary", has_text="set aside").all():
        summary.click()

    assert findings(page) == []


def test_a_practice_set_says_how_long_it_is(open_page: OpenPage, misser: models.User) -> None:
    page = open_page(misser, **PHONE)
    page.goto(f"/skills/{SKILL}")
    button = page.get_by_role("button", name="Practise")
    promised = button.get_attribute("aria-label") or ""

    button.click()

    count = promised.partition(" questions")[0].rpartition(" ")[2]
    expect(page.get_by_text(f"Question 1 of {count}", exact=True)).to_be_visible()
