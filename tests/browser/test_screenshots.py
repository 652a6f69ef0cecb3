"""Pictures of the main pages, to look at: ``QUIZAPP_SCREENSHOTS=folder pytest -m browser``."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import EVERY_KIND, UNTIMED, Site, attempts_of, find_person, start_attempt
from tests.browser.test_pages import BROKEN_FILE, longest_attempt

FOLDER = Path(os.environ["QUIZAPP_SCREENSHOTS"])


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


def test_pictures_of_questions(site: Site, open_page: OpenPage) -> None:
    ivo = find_person(site, "ivo")
    attempt_id = start_attempt(site, ivo, UNTIMED)
    for width, scheme in ((1280, "light"), (390, "dark")):
        page = open_page(ivo, viewport={"width": width, "height": 900}, color_scheme=scheme)
        for position in range(1, steps.QUESTIONS + 1):
            page.goto(f"/attempts/{attempt_id}/questions/{position}")
            take_picture(page, f"question-{position}-{scheme}-{width}")


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
