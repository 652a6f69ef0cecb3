"""A quiz on a phone, with scripts and without any."""

import pytest
from playwright.sync_api import expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import TIMED, Site, attempts_of, find_person, start_attempt

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
WITHOUT_SCRIPT = {**PHONE, "java_script_enabled": False}


@pytest.mark.parametrize("options", [PHONE, WITHOUT_SCRIPT], ids=["phone", "without script"])
def test_quiz_is_taken_on_a_phone_with_and_without_script(
    open_page: OpenPage, learner: models.User, options: dict[str, object]
) -> None:
    page = open_page(learner, **options)
    page.goto(f"/quizzes/{TIMED}")
    page.get_by_role("button", name="Start").click()

    steps.answer_all(page, steps.answer_by_mouse)
    page.get_by_role("button", name="Finish quiz").click()

    expect(page.get_by_text("7 of 7 points, 6 of 6 right")).to_be_visible()
    steps.open_history(page)
    expect(page.get_by_role("row", name="A question of each kind")).to_contain_text("100 %")


def test_flag_works_without_script(site: Site, open_page: OpenPage, learner: models.User) -> None:
    page = open_page(learner, **WITHOUT_SCRIPT)
    page.goto(f"/attempts/{start_attempt(site, learner)}/questions/2")

    page.get_by_role("button", name="Flag", exact=True).click()
    steps.expect_question(page, 2)
    page.get_by_role("button", name="Question 2, flagged").click()

    expect(page.get_by_role("button", name="Flag", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_stranger_registers_and_starts_practice_without_script(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(**WITHOUT_SCRIPT)
    page.goto("/register")
    steps.register(page, "xaver")

    page.goto("/practice")
    page.locator("summary", has_text="Probability").click()
    page.get_by_label("All of Probability").check()
    page.get_by_label("Questions").fill("3")
    page.get_by_role("button", name="Start practice").click()

    expect(page.get_by_text("Question 1 of 3", exact=True)).to_be_visible()
    assert steps.attempt_on(page) == attempts_of(site, find_person(site, "xaver"))[0].id
