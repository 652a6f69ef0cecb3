"""Two sections with times of their own: by keyboard, without scripts, and when a clock runs out."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from quizapp.db import models
from tests import factories
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, start_attempt, stored_value
from tests.browser.test_pages import findings
from tests.browser.test_phone import PHONE

QUIZ = "rounds"
SECTIONS = [
    {"title": "Warm-up", "questions": 2, "minutes": 5},
    {"title": "Depth", "questions": 2, "minutes": 10},
]


@pytest.fixture(scope="module")
def quiz(site: Site) -> str:
    """A quiz of two questions in 5 minutes, then two in 10."""
    quizzes = [{"id": QUIZ, "title": "Rounds", "sections": SECTIONS}]
    site.stored(
        lambda session: factories.make_bank(session, factories.make_items(4), QUIZ, quizzes=quizzes)
    )
    return QUIZ


@pytest.fixture
def attempt_id(site: Site, learner: models.User, quiz: str) -> int:
    return start_attempt(site, learner, quiz)


def end_section_in(site: Site, attempt_id: int, left: timedelta) -> None:
    """The first section is over ``left`` from now, and the quiz 10 minutes later."""

    def move(session: Session) -> None:
        attempt = session.get_one(models.Attempt, attempt_id)
        attempt.stage_ends_at = datetime.now(UTC) + left
        attempt.ends_at = attempt.stage_ends_at + timedelta(minutes=10)

    site.stored(move)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_quiz_is_taken_by_keyboard_on_a_phone(
    open_page: OpenPage, learner: models.User, quiz: str, script: bool
) -> None:
    page = open_page(learner, **PHONE, java_script_enabled=script)
    page.goto(f"/quizzes/{quiz}")
    expect(page.get_by_text("Warm-up, 5 minutes; Depth, 10 minutes")).to_be_visible()
    steps.press_by_keyboard(page, page.get_by_role("button", name="Start"))

    for position in (1, 2, 3, 4):
        expect(page.get_by_text(f"Question {position} of 4", exact=True)).to_be_visible()
        steps.tab_to(page, page.locator("input[name=choice]").first)
        page.keyboard.press("Space")
        steps.press_by_keyboard(page, page.locator("[data-next]"))
        if position == 2:
            finish = page.get_by_role("button", name="Finish this section")
            steps.press_by_keyboard(page, finish)
    steps.press_by_keyboard(page, page.get_by_role("button", name="Finish quiz"))

    expect(page.get_by_text("of 4 points")).to_be_visible()


def test_when_the_clock_runs_out_the_answer_is_kept_and_the_next_section_begins(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    end_section_in(site, attempt_id, timedelta(seconds=5))
    page.goto(f"/attempts/{attempt_id}/questions/1")
    expect(page.get_by_role("timer")).to_contain_text("0:01")

    page.locator(".choice").first.click()

    expect(page.get_by_text("Question 3 of 4", exact=True)).to_be_visible()
    expect(page.get_by_text("Section 2 of 2: Depth")).to_be_visible()
    expect(page.get_by_text("That question is closed")).to_be_visible()
    assert stored_value(site, attempt_id, 1) is not None


def test_on_the_summary_too(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    end_section_in(site, attempt_id, timedelta(seconds=3))
    page.goto(f"/attempts/{attempt_id}/submission")

    expect(page.get_by_text("Question 3 of 4", exact=True)).to_be_visible()


def test_an_answer_kept_offline_counts_in_the_grace(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    end_section_in(site, attempt_id, timedelta(seconds=6))
    page.goto(f"/attempts/{attempt_id}/questions/1")
    page.context.set_offline(True)
    page.locator(".choice").first.click()
    steps.expect_kept(page)
    expect(page.get_by_role("timer")).to_contain_text("0:00")
    page.context.set_offline(False)

    expect(page.get_by_text("Question 3 of 4", exact=True)).to_be_visible()
    assert stored_value(site, attempt_id, 1) is not None


def test_after_the_grace_it_is_recovered(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{attempt_id}/questions/1")
    page.context.set_offline(True)
    page.locator(".choice").first.click()
    steps.expect_kept(page)
    end_section_in(site, attempt_id, timedelta(minutes=-2))
    context = page.context
    page.close()
    context.set_offline(False)

    page = context.new_page()
    page.goto(f"/attempts/{attempt_id}")

    expect(page.locator("[data-notice=kept]")).to_contain_text("kept for the instructor")
    assert stored_value(site, attempt_id, 1) is None


def test_its_pages_are_accessible_and_fit(
    open_page: OpenPage, learner: models.User, attempt_id: int, quiz: str
) -> None:
    page = open_page(learner)
    for address in ("questions/2", "submission"):
        page.goto(f"/attempts/{attempt_id}/{address}")
        assert findings(page) == []
