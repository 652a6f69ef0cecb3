"""An instructor's way from a broken file to a published quiz that a learner takes."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import EVERY_KIND

SCRIPTS = pytest.mark.parametrize(
    "options", [{}, {"java_script_enabled": False}], ids=["with script", "without script"]
)


@SCRIPTS
def test_broken_file_is_mended_previewed_and_published(
    open_page: OpenPage,
    instructor: models.User,
    learner: models.User,
    tmp_path: Path,
    options: dict[str, object],
) -> None:
    sound = EVERY_KIND.read_text("utf-8").replace("id: warm-up", f"id: set-{instructor.id}")
    sound = sound.replace("title: Warm-up", f"title: Set {instructor.id}")
    file = tmp_path / "questions.yaml"
    page = open_page(instructor, **options)

    file.write_text(sound.replace("points: 2", "points: many"), "utf-8")
    upload(page, file)
    expect(page.get_by_role("alert")).to_contain_text("1 error stops this set")
    expect(page.get_by_role("button", name="Publish 6 questions")).to_be_disabled()
    page.get_by_role("link", name="line 23").click()
    expect(page.locator("#L23")).to_be_in_viewport()
    expect(page.locator("#L23")).to_contain_text("Expected a number.")
    tabs = page.get_by_role("navigation", name="Questions in this set")
    tabs.get_by_role("link", name="2 error").click()
    expect(page.locator("#L23")).to_be_in_viewport()

    page.get_by_role("link", name="Upload again").click()
    file.write_text(sound, "utf-8")
    upload(page, file)
    expect(page.get_by_text("No fault found.")).to_be_visible()
    tabs.get_by_role("link", name="3").click()
    expect(page.get_by_text("Which of these are discrete?")).to_be_visible()
    page.get_by_role("button", name="Publish 6 questions").click()
    expect(page.get_by_text("is published: 6 new")).to_be_visible()

    take_quiz_of(open_page(learner, **options), instructor)


def upload(page: Page, file: Path) -> None:
    """The file has been sent, and what was found in it is shown."""
    page.goto("/question-sets")
    page.get_by_label("Question file").set_input_files(file)
    page.get_by_role("button", name="Check file").click()
    expect(page.get_by_role("heading", name="Check before publishing")).to_be_visible()


def take_quiz_of(page: Page, instructor: models.User) -> None:
    """The learner finds the published quiz and answers its first question."""
    page.goto("/quizzes")
    group = page.get_by_role("region", name=f"Set {instructor.id}, by {instructor.name}")
    group.get_by_role("link", name="A question of each kind", exact=True).click()
    page.get_by_role("button", name="Start").click()
    steps.expect_question(page, 1)
    steps.answer_by_mouse(page)
    steps.turn_by_mouse(page)
    steps.expect_question(page, 2)


def test_file_that_cannot_be_read_is_refused_at_the_field(
    open_page: OpenPage, instructor: models.User, tmp_path: Path
) -> None:
    page = open_page(instructor)
    file = tmp_path / "empty.yaml"
    file.write_text("", "utf-8")

    page.goto("/question-sets")
    page.get_by_label("Question file").set_input_files(file)
    page.get_by_role("button", name="Check file").click()

    expect(page.get_by_label("Question file")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#file-error")).to_contain_text("empty.yaml is empty.")


def test_chosen_file_is_named_and_measured_before_it_is_sent(
    open_page: OpenPage, instructor: models.User
) -> None:
    page = open_page(instructor)
    page.goto("/question-sets")

    page.get_by_label("Question file").set_input_files(EVERY_KIND)

    expect(page.locator("[data-chosen]").first).to_contain_text("every-kind.yaml, 2 kB")


def test_too_large_file_is_named_before_it_is_sent(
    open_page: OpenPage, instructor: models.User, tmp_path: Path
) -> None:
    page = open_page(instructor)
    file = tmp_path / "large.yaml"
    file.write_bytes(b"#" * 3_000_000)
    page.goto("/question-sets")

    page.get_by_label("Question file").set_input_files(file)

    expect(page.locator("[data-chosen]").first).to_contain_text("Too large: the limit is 2.0 MB.")


def test_learner_does_not_see_question_sets(open_page: OpenPage, learner: models.User) -> None:
    page = open_page(learner)

    answer = page.goto("/question-sets")

    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("link", name="Question sets")).to_have_count(0)
