"""A learner's way from the first page to the next practice."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from quizapp.db import models
from tests import factories
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import TIMED, Site, attempts_of, position_of, start_attempt


def miss_all(site: Site, learner: models.User) -> int:
    """The id of a finished attempt of ten minutes ago, in which every answer was wrong."""
    ago, wrong = datetime.now(UTC) - timedelta(minutes=10), range(1, steps.QUESTIONS + 1)
    return site.stored(
        lambda session: factories.take_attempt(session, learner, TIMED, ago, wrong=wrong).id
    )


def test_stranger_registers_and_is_told_what_to_do_first(page: Page) -> None:
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Create an account").click()
    steps.register(page, "wanda")

    expect(page.get_by_text("No answers yet")).to_be_visible()
    expect(page.get_by_role("button", name="Start today’s set")).to_be_visible()


def test_learner_takes_a_quiz_and_finds_it_in_the_history(
    open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto("/quizzes")
    warm_up = page.get_by_role("region", name="Warm-up, by Tomas Reyes")
    warm_up.get_by_role("link", name="A question of each kind", exact=True).click()
    page.get_by_role("button", name="Start").click()

    steps.answer_all(page, steps.answer_by_mouse)
    expect(page.get_by_role("heading", name="All questions are answered")).to_be_visible()
    page.get_by_role("button", name="Finish quiz").click()

    expect(page.get_by_text("7 of 7 points, 6 of 6 right")).to_be_visible()
    steps.open_history(page)
    expect(page.get_by_role("row", name="A question of each kind")).to_contain_text("100 %")


def test_result_leads_to_what_to_revisit_next(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{miss_all(site, learner)}")

    page.get_by_role("link", name="See what to revisit next").click()

    revisit = page.get_by_role("region", name="Revisit next")
    expect(revisit.get_by_text("Missed").first).to_be_visible()
    expect(revisit.get_by_role("button", name="Practise").first).to_be_visible()


def test_state_line_and_strip_follow_each_answer(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{start_attempt(site, learner)}/questions/1")
    here = page.get_by_role("navigation", name="Questions").locator("[aria-current]")

    with page.expect_response("**/responses/1") as saving:
        steps.answer_by_mouse(page)
        expect(page.locator("[data-save]")).to_have_text("Saving…")
    assert saving.value.ok
    steps.expect_saved(page)
    page.get_by_role("button", name="Flag", exact=True).click()
    steps.expect_saved(page)

    expect(here).to_have_attribute("aria-label", "Question 1, answered, flagged")
    page.reload()
    expect(here).to_have_attribute("aria-label", "Question 1, answered, flagged")
    expect(page.get_by_role("button", name="Flag", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_learner_leaves_and_resumes_where_answers_were_kept(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, "bell-curve")
    page.goto(f"/attempts/{attempt_id}/questions/{position}")
    page.get_by_label("Your answer").fill("Gaussian")
    steps.expect_saved(page)

    page.goto("/")
    page.get_by_role("link", name="Resume").click()
    steps.expect_question(page, 1 if position > 1 else 2)
    page.get_by_role("button", name=f"Question {position}, answered").click()

    expect(page.get_by_label("Your answer")).to_have_value("Gaussian")


def test_summary_leads_back_to_open_and_flagged_questions(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{start_attempt(site, learner)}/questions/1")
    steps.answer_by_mouse(page)
    page.get_by_role("button", name="Flag", exact=True).click()

    page.get_by_role("button", name="Finish", exact=True).click()

    expect(page.get_by_role("heading", name="Finish with 5 open questions?")).to_be_visible()
    flagged = page.get_by_role("region", name="Flagged for review")
    flagged.get_by_role("link", name="Question 1").click()
    steps.expect_question(page, 1)


def test_recommendation_is_practised_in_one_click(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto("/")

    row = page.get_by_role("region", name="Revisit next").get_by_role("listitem").first
    skill = row.get_by_role("heading").inner_text()
    row.get_by_role("button", name="Practise").click()

    expect(page.get_by_text("Question 1 of")).to_be_visible()
    assert attempts_of(site, learner)[0].title == f"Practice: {skill}"


def test_missed_questions_are_practised_from_the_result(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{start_attempt(site, learner)}/submission")
    page.get_by_role("button", name="Finish quiz").click()

    page.get_by_role("button", name="Practise the 6 missed").click()

    steps.expect_question(page, 1)
    expect(page.get_by_text("Missed in A question of each kind")).to_be_visible()


def test_double_click_starts_and_finishes_once(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto(f"/quizzes/{TIMED}")
    page.get_by_role("button", name="Start").dblclick()
    steps.expect_question(page, 1)

    page.goto(f"/attempts/{steps.attempt_on(page)}/submission")
    page.get_by_role("button", name="Finish quiz").dblclick()

    expect(page.get_by_text("0 of 7 points")).to_be_visible()
    assert len(attempts_of(site, learner)) == 1


def test_back_button_after_finishing_leads_to_the_result(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{start_attempt(site, learner)}/questions/1")
    page.get_by_role("button", name="Finish", exact=True).click()
    page.get_by_role("button", name="Finish quiz").click()
    expect(page.get_by_text("0 of 7 points")).to_be_visible()

    page.go_back()

    expect(page.get_by_text("0 of 7 points")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("0 of 7 points")).to_be_visible()
