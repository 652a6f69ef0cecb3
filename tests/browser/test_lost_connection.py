"""Answers while the network is down, the server busy, the tab closed or the person signed out."""

from random import Random

from playwright.sync_api import Route, expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, end_sign_ins, position_of, start_attempt, stored_value
from tests.factories import PASSWORD


def test_answer_given_offline_is_saved_once_the_network_is_back(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)

    page.context.set_offline(True)
    page.get_by_label("Your answer").fill("normal")
    steps.expect_kept(page)
    assert stored_value(site, attempt_id, position) is None
    page.context.set_offline(False)

    steps.expect_saved(page)
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

    steps.expect_question(page, 2)


def test_an_answer_given_without_a_network_is_there_after_the_tab_was_closed(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
    context = page.context

    context.set_offline(True)
    page.get_by_label("Your answer").fill("normal")
    steps.expect_kept(page)
    page.close()
    context.set_offline(False)  # what the closing tab sends last may arrive now, or nothing does
    page = context.new_page()
    page.goto(f"/attempts/{attempt_id}/questions/{position}")

    expect(page.get_by_label("Your answer")).to_have_value("normal")
    steps.expect_saved(page)
    assert stored_value(site, attempt_id, position) == "normal"


def test_answer_typed_after_a_save_whose_reply_was_lost_is_put_back(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
    context = page.context

    def lose_the_reply(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    page.route("**/responses/*", lose_the_reply, times=1)
    page.get_by_label("Your answer").fill("norm")
    steps.expect_kept(page)
    context.set_offline(True)
    with page.expect_request("**/responses/*"):
        page.get_by_label("Your answer").fill("normal")
    assert stored_value(site, attempt_id, position) == "norm"
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"/attempts/{attempt_id}/questions/{position}")

    expect(page.get_by_label("Your answer")).to_have_value("normal")
    steps.expect_saved(page)
    assert stored_value(site, attempt_id, position) == "normal"


def test_text_typed_over_a_bad_network_arrives_whole(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    place = steps.open_question(site, page, learner)
    chance = Random(4)
    text = "the normal distribution, which is also called Gaussian"

    def lose_some(route: Route) -> None:
        fate = chance.random()
        if fate > 0.2:
            route.fetch()
        route.continue_() if fate > 0.4 else route.abort("connectionreset")

    page.route("**/responses/*", lose_some)
    page.get_by_label("Your answer").press_sequentially(text, delay=60)
    page.get_by_label("Your answer").blur()

    expect(page.locator("[data-save]")).to_contain_text("Saved at", timeout=30_000)
    assert stored_value(site, *place) == text


def test_answer_is_tried_again_while_the_server_is_busy(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
    refusals = [1, 2]

    def refuse_twice(route: Route) -> None:
        if refusals:
            refusals.pop()
            route.fulfill(status=429)
        else:
            route.continue_()

    page.route("**/responses/*", refuse_twice)
    page.get_by_label("Your answer").fill("normal")

    steps.expect_kept(page)
    steps.expect_saved(page)
    assert stored_value(site, attempt_id, position) == "normal"


def test_answer_being_typed_is_not_lost_when_the_tab_is_closed(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
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
    page.route("**/quiz-*.js", lambda route: waiting.append(route))
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, steps.WORD)
    with page.expect_request("**/quiz-*.js"):
        page.goto(f"/attempts/{attempt_id}/questions/{position}", wait_until="commit")

    page.get_by_label("Your answer").fill("normal")
    with page.expect_response("**/responses/*"):
        waiting[0].continue_()

    steps.expect_saved(page)
    assert stored_value(site, attempt_id, position) == "normal"


def test_person_signed_out_in_another_tab_finds_the_answer_after_signing_in(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, position = steps.open_question(site, page, learner)
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
    steps.expect_saved(page)
    assert stored_value(site, attempt_id, position) == "normal"


def test_person_whose_sign_in_has_ended_is_told_so(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    steps.open_question(site, page, learner)
    end_sign_ins(site, learner)

    page.get_by_label("Your answer").fill("normal")

    expect(page.locator("[data-save]")).to_contain_text("You are signed out.")
