"""Pictures and wide tables: seen, described, within the page, light and dark, and uploaded."""

from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.images import EncodedImage, reencode
from quizapp.services import uploads
from tests import factories
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, finish
from tests.browser.test_pages import findings
from tests.pictures import picture, written

TABLE = """
      | model | accuracy | precision | recall | specificity | area under the curve | log loss |
      |:--|--:|--:|--:|--:|--:|--:|
      | logistic regression | 0.91 | 0.83 | 0.71 | 0.95 | 0.93 | $-\\frac{1}{n}\\sum_i \\log p_i$ |
      | boosted trees | 0.94 | 0.88 | 0.79 | 0.96 | 0.97 | 0.171 |
"""
SET = f"""\
id: NAME
title: NAME
items:
  - id: matrix
    type: multiple-choice
    skills: [ml.practice.classification-metrics]
    stem: |
      Two models were compared:
{TABLE}
      The confusion matrix of one of them is

      ![Confusion matrix: 50 and 10 in the first row, 5 and 35 in the second](confusion.png)

      Which model is it?
    options:
      - {{text: "![A curve that rises at once](curve.png)", correct: true}}
      - text: "Neither ![a disc](disc.png) of them"
        why: "It is on the list: ![a disc](disc.png)"
    explanation: |
      Compare the rows:
{TABLE}
      ![Confusion matrix: 50 and 10 in the first row, 5 and 35 in the second](confusion.png)
    references: [A book]
"""
_numbers = count(1)


def confusion() -> Image.Image:
    """A confusion matrix with a transparent ground, wider than a phone."""
    image = Image.new("RGBA", (900, 600), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for place, value in enumerate((50, 10, 5, 35)):
        left, top = 20 + place % 2 * 440, 20 + place // 2 * 290
        draw.rectangle((left, top, left + 420, top + 270), outline=(20, 32, 43), width=3)
        draw.text((left + 190, top + 110), str(value), fill=(20, 32, 43), font_size=48)
    return image


def curve() -> Image.Image:
    """A curve on white."""
    image = Image.new("RGB", (300, 200), "white")
    ImageDraw.Draw(image).line([(10, 190), (30, 60), (120, 25), (290, 10)], "#0d6083", 4)
    return image


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """The pictures as an instructor has them."""
    drawn = {"confusion.png": written(confusion(), "PNG"), "curve.png": written(curve(), "PNG")}
    for name, data in {**drawn, "disc.png": picture()}.items():
        (tmp_path / name).write_bytes(data)
    return sorted(tmp_path.glob("*.png"))


@pytest.fixture
def attempt_id(site: Site, learner: models.User, files: list[Path]) -> int:
    """An attempt of the learner at the one question."""
    name, now = f"pictures-{next(_numbers)}", datetime.now(UTC)
    pictures: dict[str, EncodedImage] = {each.name: reencode(each.read_bytes()) for each in files}

    def start(session: Session) -> int:
        text = SET.replace("NAME", name).encode()
        upload = uploads.receive(session, learner.id, "a.yaml", text, now, pictures)
        uploads.publish(session, uploads.checked(session, learner.id, upload.id), now)
        return factories.start_attempt(session, learner, name, now).id

    return site.stored(start)


def expect_pictures_loaded(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    for image in page.get_by_role("img").all():
        image.scroll_into_view_if_needed()
        expect(image).not_to_have_js_property("naturalWidth", 0)


def test_a_question_with_pictures_is_accessible_and_fits(
    open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{attempt_id}/questions/1")

    expect_pictures_loaded(page)
    expect(page.get_by_role("img", name="Confusion matrix")).to_be_visible()
    page.get_by_role("radio", name="A curve that rises at once").check()
    expect(page.get_by_text("Saved at")).to_be_visible()
    assert findings(page) == []


def test_the_place_of_a_picture_is_kept_before_it_comes(
    open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner, viewport={"width": 390, "height": 860})
    page.route("**/images/*", lambda route: route.abort())
    page.goto(f"/attempts/{attempt_id}/questions/1")

    box = page.get_by_role("img", name="Confusion matrix").bounding_box()

    assert box is not None
    assert box["height"] == pytest.approx(box["width"] * 600 / 900, abs=2)
    assert box["width"] <= 390


def test_a_wide_table_scrolls_by_itself_and_has_header_cells(
    open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner, viewport={"width": 390, "height": 860})
    page.goto(f"/attempts/{attempt_id}/questions/1")
    box = page.get_by_role("group", name="Table", exact=True)

    expect(page.get_by_role("columnheader")).to_have_count(7)
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")

    expect(box).not_to_have_js_property("scrollLeft", 0)


def test_the_review_shows_the_pictures_of_the_explanation_too(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    finish(site, attempt_id)
    page = open_page(learner)
    page.goto(f"/attempts/{attempt_id}")

    expect_pictures_loaded(page)
    expect(page.get_by_role("img", name="Confusion matrix")).to_have_count(2)
    assert findings(page) == []


@pytest.mark.parametrize(
    "options", [{}, {"java_script_enabled": False}], ids=["with script", "without script"]
)
def test_pictures_are_uploaded_with_a_file_and_after_it(
    open_page: OpenPage,
    instructor: models.User,
    files: list[Path],
    tmp_path: Path,
    options: dict[str, object],
) -> None:
    page, file = open_page(instructor, **options), tmp_path / "set.yaml"
    file.write_text(SET.replace("NAME", f"set-{instructor.id}"), "utf-8")
    page.goto("/question-sets")
    page.get_by_label("Question file").set_input_files(file)
    page.get_by_label("Pictures").set_input_files(files[:1])
    page.get_by_role("button", name="Check file").click()
    expect(page.get_by_role("alert")).to_contain_text("3 errors stop this set")

    page.get_by_label("More pictures").set_input_files(files[1:])
    page.get_by_role("button", name="Add pictures").click()

    expect(page.get_by_text("No fault found.")).to_be_visible()
    expect(page.get_by_role("img", name="A curve that rises at once")).to_be_visible()
    if not options:
        assert findings(page) == []
    page.get_by_role("button", name="Publish 1 question").click()
    expect(page.get_by_text("is published: 1 new")).to_be_visible()
