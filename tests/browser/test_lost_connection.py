"""What happens to answers when the network, the time or the server's patience ends."""

from datetime import timedelta

from playwright.sync_api import Page, Route, expect
from sqlalchemy import delete

from quizapp.db import models
from tests.browser import quiz
from tests.browser.conftest import OpenPage
from tests.browser.site import (
    Site,
    attempts_of,
    end_in,
    position_of,
    start_attempt,
    stored_value,
)
from tests.factories import PASSWORD

WORD = "bell-curve"


def open_question(site: Site, page: Page, learner: models.User) -> tuple[int, int]:
    """The learner sees the question that takes a word; attempt and position."""
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, WORD)
    page.goto(f"/attempts/{attempt_id}/questions/{position}")
    return attempt_id, position


def test_answer_given_offline_is_saved_once_the_network_is_back(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = open_question(site, page, learner)

    page.context.set_offline(True)
    page.get_by_label("Your answer").fill("normal")
    expect(page.locator("[data-save]")).to_have_text("Not saved yet, trying again")
    assert stored_value(site, attempt_id, position) is None
    page.context.set_offline(False)

    quiz.expect_saved(page)
    assert stored_value(site, attempt_id, position) == "normal"


def test_next_is_refused_offline_and_works_again_afterwards(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{start_attempt(site, learner)}/questions/1")

    page.context.set_offline(True)
    page.get_by_role("button", name="Next").click()
    expect(page.locator("[data-save]")).to_contain_text("You are offline.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Next").click()

    quiz.expect_question(page, 2)


def test_answer_that_never_reached_the_server_is_put_back(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = open_question(site, page, learner)
    context = page.context

    context.set_offline(True)
    page.get_by_label("Your answer").fill("normal")
    expect(page.locator("[data-save]")).to_have_attribute("data-state", "error")
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"/attempts/{attempt_id}/questions/{position}")

    expect(page.get_by_label("Your answer")).to_have_value("normal")
    expect(page.get_by_text("had not reached the server")).to_be_visible()
    quiz.expect_saved(page)
    assert stored_value(site, attempt_id, position) == "normal"


def test_answer_is_tried_again_while_the_server_is_busy(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = open_question(site, page, learner)
    refusals = [1, 2]

    def refuse_twice(route: Route) -> None:
        if refusals:
            refusals.pop()
            route.fulfill(status=429)
        else:
            route.continue_()

    page.route("**/responses/*", refuse_twice)
    page.get_by_label("Your answer").fill("normal")

    expect(page.locator("[data-save]")).to_have_attribute("data-state", "error")
    quiz.expect_saved(page)
    assert stored_value(site, attempt_id, position) == "normal"


def test_answer_being_typed_is_not_lost_when_the_tab_is_closed(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = open_question(site, page, learner)
    context = page.context

    page.get_by_label("Your answer").fill("normal")
    page.close(run_before_unload=False)
    page = context.new_page()
    page.goto(f"/attempts/{attempt_id}/questions/{position}")

    expect(page.get_by_label("Your answer")).to_have_value("normal")


def test_answer_given_before_the_scripts_begin_is_saved(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    waiting: list[Route] = []
    page.route("**/js/quiz.js", lambda route: waiting.append(route))
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, WORD)
    page.goto(f"/attempts/{attempt_id}/questions/{position}", wait_until="commit")

    page.get_by_label("Your answer").fill("normal")
    with page.expect_response("**/responses/*"):
        waiting[0].continue_()

    quiz.expect_saved(page)
    assert stored_value(site, attempt_id, position) == "normal"


def test_person_signed_out_in_another_tab_finds_the_answer_after_signing_in(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = open_question(site, page, learner)
    other = page.context.new_page()
    other.goto("/profile")
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()

    page.get_by_label("Your answer").fill("normal")
    page.get_by_role("link", name="Load the page again").click()
    page.get_by_label("E-mail").fill(learner.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()

    expect(page.get_by_label("Your answer")).to_have_value("normal")
    quiz.expect_saved(page)
    assert stored_value(site, attempt_id, position) == "normal"


def test_person_whose_sign_in_has_ended_is_told_so(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    open_question(site, page, learner)
    ended = delete(models.SignIn).where(models.SignIn.user_id == learner.id)
    site.stored(lambda session: session.execute(ended) and None)

    page.get_by_label("Your answer").fill("normal")

    expect(page.locator("[data-save]")).to_contain_text("You are signed out.")


def test_quiz_submits_itself_when_the_time_is_up(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, WORD)
    end_in(site, attempt_id, timedelta(seconds=4))
    page.goto(f"/attempts/{attempt_id}/questions/{position}")

    page.get_by_label("Your answer").fill("normal")

    expect(page.get_by_text("when the time was up")).to_be_visible(timeout=8_000)
    expect(page.get_by_text("1 of 7 points, 1 of 6 right")).to_be_visible()
    assert attempts_of(site, learner)[0].closed_by == "deadline"


def test_answer_typed_in_the_last_second_counts(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, WORD)
    end_in(site, attempt_id, timedelta(seconds=3))
    page.goto(f"/attempts/{attempt_id}/questions/{position}")

    expect(page.get_by_role("timer")).to_contain_text("0:01")
    page.get_by_label("Your answer").fill("normal")

    expect(page.get_by_text("1 of 7 points")).to_be_visible(timeout=8_000)


def test_summary_finishes_by_itself_when_the_time_is_up(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    end_in(site, attempt_id, timedelta(seconds=2))
    page.goto(f"/attempts/{attempt_id}/submission")

    expect(page.get_by_text("when the time was up")).to_be_visible(timeout=8_000)


def test_time_up_while_offline_ends_at_the_result_with_what_was_saved(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, WORD)
    end_in(site, attempt_id, timedelta(seconds=4))
    page.goto(f"/attempts/{attempt_id}/questions/{position}")
    page.get_by_label("Your answer").fill("normal")
    quiz.expect_saved(page)

    page.context.set_offline(True)
    page.get_by_label("Your answer").fill("uniform")
    expect(page.get_by_role("timer")).to_contain_text("0:00", timeout=8_000)
    page.context.set_offline(False)

    expect(page.get_by_text("when the time was up")).to_be_visible(timeout=8_000)


def test_attempt_that_the_server_has_closed_leads_to_its_result(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, _ = open_question(site, page, learner)
    end_in(site, attempt_id, timedelta(minutes=-1))

    with page.expect_response("**/responses/*") as saving:
        page.get_by_label("Your answer").fill("normal")
    assert saving.value.status == 409

    expect(page.locator("[data-save]")).to_contain_text("The time is up")
    expect(page.get_by_text("0 of 7 points")).to_be_visible(timeout=8_000)


def test_attempt_finished_in_another_tab_leads_to_its_result_without_script(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner, java_script_enabled=False)
    attempt_id, _ = open_question(site, page, learner)
    end_in(site, attempt_id, timedelta(minutes=-1))

    page.get_by_label("Your answer").fill("normal")
    page.get_by_role("button", name="Next").or_(
        page.get_by_role("button", name="Review and finish")
    ).click()

    expect(page.get_by_text("The time is up")).to_be_visible()
    expect(page.get_by_text("0 of 7 points")).to_be_visible()
