"""A learner's way from the first page to the next practice: by mouse, by keys, without scripts."""

import pytest
from playwright.sync_api import Page, expect

from quizapp.db import models
from tests.browser import quiz
from tests.browser.conftest import OpenPage
from tests.browser.site import (
    TIMED,
    Site,
    attempt_on,
    attempts_of,
    find_person,
    position_of,
    start_attempt,
    stored_value,
)

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
WITHOUT_SCRIPT = {**PHONE, "java_script_enabled": False}


def test_learner_registers_takes_a_quiz_and_sees_what_to_revisit(page: Page) -> None:
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Create an account").click()
    page.get_by_label("Name").fill("Wanda Winter")
    page.get_by_label("E-mail").fill("wanda@example.org")
    page.get_by_label("Password").fill("a long enough sentence")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_text("No answers yet")).to_be_visible()

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Practise").click()
    warm_up = page.get_by_role("region", name="Warm-up, by Tomas Reyes")
    warm_up.get_by_role("link", name="A question of each kind", exact=True).click()
    page.get_by_role("button", name="Start").click()
    for position in range(1, quiz.QUESTIONS + 1):
        quiz.expect_question(page, position)
        quiz.answer_by_mouse(page)
        quiz.expect_saved(page)
        page.get_by_role("button", name="Next").or_(
            page.get_by_role("button", name="Review and finish")
        ).click()
    expect(page.get_by_role("heading", name="All questions are answered")).to_be_visible()
    page.get_by_role("button", name="Finish quiz").click()

    expect(page.get_by_text("7 of 7 points, 6 of 6 right")).to_be_visible()
    page.get_by_role("link", name="See what to revisit next").first.click()
    expect(page.get_by_role("heading", name="Revisit next")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button", name="Practise").first).to_be_visible()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="History").click()
    expect(page.get_by_role("row", name="A question of each kind")).to_contain_text("100 %")


def test_state_line_and_strip_follow_each_answer(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{start_attempt(site, learner)}/questions/1")
    here = page.get_by_role("navigation", name="Questions").locator("[aria-current]")

    with page.expect_response("**/responses/1") as saving:
        quiz.answer_by_mouse(page)
        expect(page.locator("[data-save]")).to_have_text("Saving…")
    assert saving.value.ok
    quiz.expect_saved(page)
    page.get_by_role("button", name="Flag", exact=True).click()
    quiz.expect_saved(page)

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
    quiz.expect_saved(page)

    page.goto("/")
    page.get_by_role("link", name="Resume").click()
    quiz.expect_question(page, 1 if position > 1 else 2)
    page.get_by_role("button", name=f"Question {position}, answered").click()

    expect(page.get_by_label("Your answer")).to_have_value("Gaussian")


def test_summary_leads_back_to_open_and_flagged_questions(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{start_attempt(site, learner)}/questions/1")
    quiz.answer_by_mouse(page)
    page.get_by_role("button", name="Flag", exact=True).click()

    page.get_by_role("button", name="Finish", exact=True).click()

    expect(page.get_by_role("heading", name="Finish with 5 open questions?")).to_be_visible()
    flagged = page.get_by_role("region", name="Flagged for review")
    flagged.get_by_role("link", name="Question 1").click()
    quiz.expect_question(page, 1)


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

    quiz.expect_question(page, 1)
    expect(page.get_by_text("Missed in A question of each kind")).to_be_visible()


def test_quiz_is_taken_by_keyboard_alone(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto(f"/quizzes/{TIMED}")
    quiz.press_by_keyboard(page, page.get_by_role("button", name="Start"))

    for position in range(1, quiz.QUESTIONS + 1):
        quiz.expect_question(page, position)
        quiz.answer_by_keyboard(page)
        quiz.expect_saved(page)
        quiz.leave_text(page)
        page.keyboard.press("n")
    quiz.press_by_keyboard(page, page.get_by_role("button", name="Finish quiz"))

    expect(page.get_by_text("7 of 7 points, 6 of 6 right")).to_be_visible()


def test_letters_flag_turn_pages_and_help(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{start_attempt(site, learner)}/questions/2")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_hidden()
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Flag", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.keyboard.press("p")
    quiz.expect_question(page, 1)
    page.keyboard.press("n")

    quiz.expect_question(page, 2)
    expect(page.get_by_role("button", name="Flag", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_letters_are_typed_not_obeyed_in_a_text(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, "bell-curve")
    page.goto(f"/attempts/{attempt_id}/questions/{position}")

    page.get_by_label("Your answer").focus()
    page.keyboard.type("fan?p")

    expect(page.get_by_label("Your answer")).to_have_value("fan?p")
    quiz.expect_question(page, position)
    expect(page.get_by_role("button", name="Flag", exact=True)).to_have_attribute(
        "aria-pressed", "false"
    )


def test_enter_in_a_text_saves_and_goes_on(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, "posterior-value")
    page.goto(f"/attempts/{attempt_id}/questions/{position}")

    page.get_by_label("Your answer").fill("0.8")
    page.get_by_label("Your answer").press("Enter")

    if position < quiz.QUESTIONS:
        quiz.expect_question(page, position + 1)
    else:
        expect(page.get_by_role("button", name="Finish quiz")).to_be_visible()
    assert stored_value(site, attempt_id, position) == "0.8"


def test_lines_are_dragged_and_moved_with_arrow_keys(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, "steps-of-a-test")
    page.goto(f"/attempts/{attempt_id}/questions/{position}")
    names = page.locator(".order li").evaluate_all("(rows) => rows.map((row) => row.dataset.name)")

    quiz.drag(page, page.locator(".grip").first, page.locator(".grip").last)
    expect(page.locator(".order li").last).to_have_attribute("data-name", names[0])
    page.locator(".grip").nth(1).focus()
    page.keyboard.press("ArrowUp")

    expect(page.locator(".order li").first).to_have_attribute("data-name", names[2])
    expect(page.locator("[data-live]")).to_have_text(f"{names[2]}: position 1 of 4")
    quiz.expect_saved(page)
    page.reload()
    expect(page.locator(".order li").first).to_have_attribute("data-name", names[2])


@pytest.mark.parametrize("options", [PHONE, WITHOUT_SCRIPT], ids=["phone", "without script"])
def test_quiz_is_taken_on_a_phone_with_and_without_script(
    site: Site, open_page: OpenPage, learner: models.User, options: dict[str, object]
) -> None:
    page = open_page(learner, **options)
    page.goto(f"/quizzes/{TIMED}")
    page.get_by_role("button", name="Start").click()

    for position in range(1, quiz.QUESTIONS + 1):
        quiz.expect_question(page, position)
        quiz.answer_by_mouse(page)
        page.locator("[data-next]").click()
    page.get_by_role("button", name="Finish quiz").click()

    expect(page.get_by_text("7 of 7 points, 6 of 6 right")).to_be_visible()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="History").click()
    expect(page.get_by_role("row", name="A question of each kind")).to_contain_text("100 %")


def test_flag_works_without_script(site: Site, open_page: OpenPage, learner: models.User) -> None:
    page = open_page(learner, **WITHOUT_SCRIPT)
    page.goto(f"/attempts/{start_attempt(site, learner)}/questions/2")

    page.get_by_role("button", name="Flag", exact=True).click()
    quiz.expect_question(page, 2)
    page.get_by_role("button", name="Question 2, flagged").click()

    expect(page.get_by_role("button", name="Flag", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_learner_registers_and_starts_practice_without_script(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(**WITHOUT_SCRIPT)
    page.goto("/register")
    page.get_by_label("Name").fill("Xaver Xu")
    page.get_by_label("E-mail").fill("xaver@example.org")
    page.get_by_label("Password").fill("a long enough sentence")
    page.get_by_role("button", name="Create account").click()

    page.goto("/practice")
    page.get_by_text("Probability", exact=False).locator("visible=true").first.click()
    page.get_by_label("All of Probability").check()
    page.get_by_label("Questions").fill("3")
    page.get_by_role("button", name="Start practice").click()

    expect(page.get_by_text("Question 1 of 3", exact=True)).to_be_visible()
    assert attempt_on(page) == attempts_of(site, find_person(site, "xaver"))[0].id


def test_double_click_starts_and_finishes_once(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto(f"/quizzes/{TIMED}")
    page.get_by_role("button", name="Start").dblclick()
    quiz.expect_question(page, 1)

    page.goto(f"/attempts/{attempt_on(page)}/submission")
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
