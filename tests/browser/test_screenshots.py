"""Pictures of the main pages, to look at: ``QUIZAPP_SCREENSHOTS=folder pytest -m browser``."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from quizapp.db import models
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import (
    EVERY_KIND,
    Site,
    add_time,
    allow_pause,
    attempts_of,
    end_in,
    find_person,
    finish,
    start_attempt,
)
from tests.browser.test_pages import BROKEN_FILE, longest_attempt
from tests.browser.test_tour import TOUR, answer_rightly, kinds_asked

FOLDER = Path(os.environ["QUIZAPP_SCREENSHOTS"])
Scheme = Literal["light", "dark"]
SIZES: Sequence[tuple[int, Scheme]] = list(product((1280, 390), ("light", "dark")))


@dataclass(frozen=True)
class Picture:
    """A page as one person sees it; in ``path``, ``{open}`` and ``{finished}`` are attempts."""

    person: str | None
    path: str
    width: int = 1280
    scheme: str = "light"


PICTURES: Mapping[str, Picture] = {
    "welcome-light-1280": Picture(None, "/"),
    "overview-light-1280": Picture("mara", "/"),
    "overview-dark-390": Picture("mara", "/", 390, "dark"),
    "overview-new-light-1280": Picture("tomas", "/"),
    "quizzes-light-1280": Picture("mara", "/quizzes"),
    "practice-light-1280": Picture("mara", "/practice?skills=ml.classical.regularisation"),
    "start-light-1280": Picture("mara", "/quizzes/ml-screen"),
    "quiz-light-1280": Picture("mara", "/attempts/{open}/questions/9"),
    "quiz-dark-1280": Picture("mara", "/attempts/{open}/questions/10", scheme="dark"),
    "quiz-light-390": Picture("mara", "/attempts/{open}/questions/11", 390),
    "summary-light-1280": Picture("mara", "/attempts/{open}/submission"),
    "result-light-1280": Picture("mara", "/attempts/{finished}"),
    "result-dark-390": Picture("mara", "/attempts/{finished}", 390, "dark"),
    "history-light-1280": Picture("mara", "/history"),
    "history-light-390": Picture("mara", "/history", 390),
    "notebook-light-1280": Picture("mara", "/notebook"),
    "notebook-dark-390": Picture("mara", "/notebook", 390, "dark"),
    "due-light-1280": Picture("mara", "/due"),
    "due-dark-390": Picture("mara", "/due", 390, "dark"),
    "skills-light-1280": Picture("mara", "/skills"),
    "skill-light-1280": Picture("mara", "/skills/ml.classical.regularisation"),
    "profile-light-1280": Picture("mara", "/profile"),
    "question-sets-light-1280": Picture("tomas", "/question-sets"),
    "people-light-1280": Picture("ada", "/people"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture_of_a_page(site: Site, open_page: OpenPage, name: str) -> None:
    picture = PICTURES[name]
    mara = find_person(site, "mara")
    running = next(each.id for each in attempts_of(site, mara) if each.finished_at is None)
    page = open_page(
        picture.person and find_person(site, picture.person),
        viewport={"width": picture.width, "height": 900},
        color_scheme=picture.scheme,
    )

    page.goto(picture.path.format(open=running, finished=longest_attempt(site, "mara")))

    take_picture(page, name)


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_pictures_of_every_kind(
    site: Site, open_page: OpenPage, learner: models.User, width: int, scheme: Scheme
) -> None:
    page = open_page(learner, viewport={"width": width, "height": 900}, color_scheme=scheme)
    attempt_id = start_attempt(site, learner, TOUR)
    kinds = site.stored(lambda session: kinds_asked(session, attempt_id))
    for position, kind in enumerate(kinds, start=1):
        page.goto(f"/attempts/{attempt_id}/questions/{position}")
        answer_rightly(page, site, attempt_id, position)
        take_picture(page, f"{kind}-{scheme}-{width}")
    finish(site, attempt_id)
    page.goto(f"/attempts/{attempt_id}")
    take_picture(page, f"every-kind-reviewed-{scheme}-{width}")


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_pictures_of_what_a_quiz_says(
    site: Site, open_page: OpenPage, learner: models.User, width: int, scheme: Scheme
) -> None:
    page = open_page(learner, viewport={"width": width, "height": 900}, color_scheme=scheme)
    attempt_id, _ = steps.open_question(site, page, learner)
    allow_pause(site, attempt_id)
    page.reload()
    steps.expect_saved(page)
    page.get_by_label("Your answer").fill("normal")
    page.locator("[data-save]", has_text="Saved at").wait_for()
    take_picture(page, f"saved-{scheme}-{width}")
    page.get_by_role("button", name="Hide the time").click()
    page.context.set_offline(True)
    page.get_by_label("Your answer").fill("normal, or Gaussian")
    steps.expect_kept(page)
    take_picture(page, f"kept-{scheme}-{width}")
    page.context.set_offline(False)
    page.get_by_role("button", name="Show the time").click()
    page.locator("[data-save]", has_text="Saved at").wait_for()
    steps.answer_elsewhere(open_page(learner), page.url)
    add_time(site, attempt_id, 10)
    page.get_by_label("Your answer").fill("normal")
    page.get_by_role("region", name="Two different answers").wait_for()
    page.locator("[data-notice=time]").wait_for(timeout=15_000)
    take_picture(page, f"conflict-{scheme}-{width}")
    page.get_by_role("button", name="Use mine").click()
    page.locator("[data-save]", has_text="Saved at").wait_for()
    finish(site, attempt_id)
    page.get_by_label("Your answer").fill("too late")
    page.get_by_role("link", name="See the result").wait_for()
    take_picture(page, f"closed-{scheme}-{width}")


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_pictures_of_a_pause_and_of_time_up(
    site: Site, open_page: OpenPage, learner: models.User, width: int, scheme: Scheme
) -> None:
    page = open_page(learner, viewport={"width": width, "height": 900}, color_scheme=scheme)
    attempt_id, position = steps.open_question(site, page, learner)
    allow_pause(site, attempt_id)
    page.goto(f"/attempts/{attempt_id}/submission")
    take_picture(page, f"summary-{scheme}-{width}")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("heading", name="Paused").wait_for()
    take_picture(page, f"paused-{scheme}-{width}")
    page.get_by_role("button", name="Go on").click()
    steps.expect_question(page, 1 if position > 1 else 2)
    end_in(site, attempt_id, timedelta(seconds=-5))
    page = open_page(
        learner,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        java_script_enabled=False,
    )
    page.goto(f"/attempts/{attempt_id}/submission")
    page.screenshot(path=FOLDER / f"time-up-{scheme}-{width}.png", full_page=True)


def test_pictures_of_an_upload(site: Site, open_page: OpenPage, tmp_path: Path) -> None:
    file = tmp_path / EVERY_KIND.name
    file.write_text(BROKEN_FILE, "utf-8")
    for width, scheme in ((1280, "light"), (390, "dark")):
        page = open_page(
            find_person(site, "tomas"),
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )
        page.goto("/question-sets")
        page.get_by_label("Question file").set_input_files(file)
        page.get_by_role("button", name="Check file").click()
        page.get_by_role("alert").wait_for()
        take_picture(page, f"upload-{scheme}-{width}")


def take_picture(page: Page, name: str) -> None:
    """The whole page is in the folder as ``<name>.png``."""
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready")
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
