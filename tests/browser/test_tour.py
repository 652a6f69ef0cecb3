"""The demonstration bank: every kind of question, from start to finish, by keyboard alone."""

from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.question_types import question_types
from quizapp.services import layouts
from tests import factories
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site
from tests.browser.test_pages import findings

TOUR = "demo-tour"
MOST_TABS = 150
SIZES = [(1280, "light"), (390, "dark")]
IS_FOCUSED = "(element) => element === document.activeElement"


def press_tab_until(page: Page, wanted: Locator) -> None:
    """The keyboard has led to one of ``wanted``."""
    for _ in range(MOST_TABS):
        if any(each.evaluate(IS_FOCUSED) for each in wanted.all()):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {wanted}")


def choose(page: Page, boxes: Locator, values: Sequence[str]) -> None:
    """Of ``boxes``, radio buttons or checkboxes, those of ``values`` are ticked."""
    for value in values:
        box = boxes.and_(page.locator(f'[value="{value}"]'))
        if box.get_attribute("type") == "checkbox":
            press_tab_until(page, box)
            page.keyboard.press("Space")
            continue
        press_tab_until(page, boxes)
        page.keyboard.press("Space")
        while not box.is_checked():
            page.keyboard.press("ArrowDown")


def choose_from_list(page: Page, lists: Locator, values: Sequence[str]) -> None:
    for chosen, value in zip(lists.all(), values, strict=True):
        press_tab_until(page, chosen)
        while chosen.input_value() != value:
            page.keyboard.press("ArrowDown")


def put_in_order(page: Page, fields: Locator, values: Sequence[str]) -> None:
    """The lines stand in the order of ``values``, moved by the arrow keys on their grips."""
    name = fields.first.get_attribute("name")
    for place, value in enumerate(values):
        grip = page.locator(f'li:has([name="{name}"][value="{value}"]) .grip')
        press_tab_until(page, grip)
        while [each.input_value() for each in fields.all()].index(value) != place:
            page.keyboard.press("ArrowUp")


def build(page: Page, values: Sequence[str]) -> None:
    """The program consists of the pieces ``values``, each with its level."""
    for value in values:
        piece, _, level = value.partition(":")
        row = page.locator(f'li:has([name="piece"][value^="{piece}:"])')
        press_tab_until(page, row.locator('[data-move="take"]'))
        page.keyboard.press("Enter")
        while (now := row.get_attribute("data-level") or "0") != level:
            page.keyboard.press("ArrowRight" if int(now) < int(level) else "ArrowLeft")


def write(page: Page, boxes: Locator, values: Sequence[str]) -> None:
    for box, value in zip(boxes.all(), values, strict=True):
        editor = page.locator(".cm-content")
        press_tab_until(page, editor if box.is_hidden() else box)
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(value)
        if box.is_hidden():
            page.keyboard.press("Escape")  # else Tab would indent


def enter(page: Page, name: str, values: Sequence[str]) -> None:
    """The fields of that name hold ``values``, by keyboard alone."""
    fields = page.locator(f'form#answer [name="{name}"]')
    kind = fields.first.evaluate("(field) => field.type")
    if kind in ("radio", "checkbox"):
        choose(page, fields, values)
    elif kind == "select-one":
        choose_from_list(page, fields, values)
    elif kind == "hidden" and name.endswith("line"):
        put_in_order(page, fields, values)
    elif kind == "hidden":
        build(page, values)
    else:
        write(page, fields, values)


def right_fields(session: Session, attempt_id: int, position: int) -> dict[str, list[str]]:
    attempt = session.get_one(models.Attempt, attempt_id)
    item = factories.item_at(session, attempt, position)
    shown = layouts.shown(item, attempt.seed, position)
    return factories.posted(shown, item.question.right_response())


def answer_rightly(page: Page, site: Site, attempt_id: int, position: int) -> None:
    """The question of the page has its right answer, by keyboard alone."""
    fields = site.stored(lambda session: right_fields(session, attempt_id, position))
    for name, values in fields.items():
        enter(page, name, values)


def kinds_asked(session: Session, attempt_id: int) -> list[str]:
    attempt = session.get_one(models.Attempt, attempt_id)
    return [each.item_revision.kind for each in attempt.responses]


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_every_kind_is_answered_by_keyboard_alone_and_reviewed(
    site: Site, open_page: OpenPage, learner: models.User, width: int, scheme: Any
) -> None:
    page = open_page(learner, viewport={"width": width, "height": 844}, color_scheme=scheme)
    page.goto(f"/quizzes/{TOUR}")
    press_tab_until(page, page.get_by_role("button", name="Start"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/1")
    attempt_id = steps.attempt_on(page)
    kinds = site.stored(lambda session: kinds_asked(session, attempt_id))
    assert set(kinds) == set(question_types())

    for position in range(1, len(kinds) + 1):
        page.wait_for_url(f"**/questions/{position}")
        assert findings(page) == [], f"question {position}"
        answer_rightly(page, site, attempt_id, position)
        press_tab_until(page, page.locator("[data-next]"))
        page.keyboard.press("Enter")

    page.wait_for_url("**/submission")
    press_tab_until(page, page.get_by_role("button", name="Finish quiz"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("await their scores").first).to_be_visible()
    outcomes = page.locator("article.item > .mark .visually-hidden").all_inner_texts()
    scored = [kind for kind in kinds if question_types()[kind].is_scored]
    later = {"open-answer": "Awaits a mark", "code": "Being checked"}
    assert outcomes == [later.get(kind, "Right") for kind in scored]
    assert findings(page) == []
