"""What a learner sees when the time is up, or the attempt closed by somebody faster."""

from datetime import timedelta

from playwright.sync_api import expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, attempts_of, end_in, position_of, start_attempt


def test_quiz_submits_itself_when_the_time_is_up(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, steps.WORD)
    end_in(site, attempt_id, timedelta(seconds=6))
    page.goto(f"/attempts/{attempt_id}/questions/{position}")

    page.get_by_label("Your answer").fill("normal")

    expect(page.get_by_text("when the time was up")).to_be_visible()
    expect(page.get_by_text("1 of 7 points, 1 of 6 right")).to_be_visible()
    assert attempts_of(site, learner)[0].closed_by == "deadline"


def test_answer_typed_in_the_last_second_counts(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, steps.WORD)
    end_in(site, attempt_id, timedelta(seconds=6))
    page.goto(f"/attempts/{attempt_id}/questions/{position}")

    expect(page.get_by_role("timer")).to_contain_text("0:01")
    page.get_by_label("Your answer").fill("normal")

    expect(page.get_by_text("1 of 7 points")).to_be_visible()


def test_summary_finishes_by_itself_when_the_time_is_up(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    end_in(site, attempt_id, timedelta(seconds=3))
    page.goto(f"/attempts/{attempt_id}/submission")

    expect(page.get_by_text("when the time was up")).to_be_visible()


def test_time_up_while_offline_ends_at_the_result_with_what_was_saved(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, steps.WORD)
    end_in(site, attempt_id, timedelta(seconds=6))
    page.goto(f"/attempts/{attempt_id}/questions/{position}")
    page.get_by_label("Your answer").fill("normal")
    steps.expect_saved(page)

    page.context.set_offline(True)
    page.get_by_label("Your answer").fill("uniform")
    expect(page.get_by_role("timer")).to_contain_text("0:00")
    page.context.set_offline(False)

    expect(page.get_by_text("when the time was up")).to_be_visible()


def test_attempt_that_the_server_has_closed_leads_to_its_result(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, _ = steps.open_question(site, page, learner)
    end_in(site, attempt_id, timedelta(minutes=-1))

    with page.expect_response("**/responses/*") as saving:
        page.get_by_label("Your answer").fill("normal")
    assert saving.value.status == 409

    expect(page.locator("[data-notice=closed]")).to_contain_text("The time is up")
    expect(page.get_by_label("Your answer")).to_have_value("normal")
    expect(page.get_by_label("Your answer")).not_to_be_editable()
    page.get_by_role("link", name="See the result").click()
    expect(page.get_by_text("0 of 7 points")).to_be_visible()


def test_attempt_that_the_server_has_closed_leads_to_its_result_without_script(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner, java_script_enabled=False)
    attempt_id, _ = steps.open_question(site, page, learner)
    end_in(site, attempt_id, timedelta(minutes=-1))

    page.get_by_label("Your answer").fill("normal")
    steps.turn_by_mouse(page)

    expect(page.get_by_text("The time is up")).to_be_visible()
    expect(page.get_by_text("0 of 7 points")).to_be_visible()
