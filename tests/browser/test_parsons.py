"""Building a program: by keyboard alone, on a phone, without a script; two answers; a reload."""

from datetime import UTC, datetime
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.items import Item
from tests import factories
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, finish, stored_value
from tests.browser.test_pages import findings
from tests.browser.test_phone import PHONE, WITHOUT_SCRIPT

FIELDS = {
    "id": "countdown",
    "type": "parsons",
    "skills": ["math.probability.bayes"],
    "stem": "Build a countdown from 3.",
    "lines": ["n = 3", "while n:", "    print(n)", "    n -= 1"],
    "distractors": ["n += 1"],
}
PROGRAM = [[0, 0], [1, 0], [2, 1], [3, 1]]
CODE = ("n = 3", "while n:", "print(n)", "n -= 1")
_numbers = count(1)


@pytest.fixture
def address(site: Site, learner: models.User) -> str:
    """The page of the one question of an attempt of the learner."""
    name = f"parsons-{next(_numbers)}"

    def start(session: Session) -> int:
        factories.make_bank(session, [Item.parse(FIELDS)], name)
        return factories.start_attempt(session, learner, name, datetime.now(UTC)).id

    return f"/attempts/{site.stored(start)}/questions/1"


def button(page: Page, step: str, code: str) -> Locator:
    return page.get_by_role("button", name=f"{step}: {code}", exact=True)


def program(page: Page) -> list[str]:
    rows = page.locator("[data-program] > li")
    found: list[str] = rows.evaluate_all("(rows) => rows.map((row) => row.dataset.name)")
    return found


@pytest.mark.parametrize("options", [PHONE, WITHOUT_SCRIPT], ids=["phone", "without script"])
def test_a_program_is_built_on_a_phone_with_and_without_script(
    site: Site, open_page: OpenPage, learner: models.User, address: str, options: dict[str, object]
) -> None:
    page = open_page(learner, **options)
    page.goto(address)

    for code in ("n = 3", "print(n)", "n += 1", "while n:", "n -= 1"):
        button(page, "Take", code).click()
    button(page, "Put away", "n += 1").click()
    button(page, "Move up", "while n:").click()
    for code in ("print(n)", "n -= 1", "n -= 1"):
        button(page, "Indent", code).click()
    button(page, "Outdent", "n -= 1").click()
    expect(page.locator("[data-program] > li")).to_have_count(4)
    assert program(page) == [*CODE]
    page.get_by_role("button", name="Review and finish").click()
    page.get_by_role("button", name="Finish quiz").click()

    expect(page.get_by_text("1 of 1 points, 1 of 1 right")).to_be_visible()
    assert stored_value(site, steps.attempt_on(page), 1) == PROGRAM


def test_a_program_is_built_by_keyboard_alone(
    site: Site, open_page: OpenPage, learner: models.User, address: str
) -> None:
    page = open_page(learner)
    page.goto(address)

    for code in ("n = 3", "print(n)", "while n:", "n -= 1"):
        steps.press_by_keyboard(page, button(page, "Take", code))
    steps.tab_to(page, button(page, "Move up", "while n:"))
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-live]")).to_have_text("while n:: line 2 of 4, indented by 0")
    for code in ("print(n)", "n -= 1"):
        steps.tab_to(page, button(page, "Move down", code))
        page.keyboard.press("ArrowRight")
    steps.expect_saved(page)

    assert stored_value(site, *steps.place_of(page)) == PROGRAM
    page.reload()
    assert program(page) == [*CODE]


def test_two_programs_are_shown_beside_each_other(
    site: Site, open_page: OpenPage, learner: models.User, address: str
) -> None:
    page, other = open_page(learner), open_page(learner)
    for each in (page, other):
        each.goto(address)
    button(other, "Take", "n = 3").click()
    steps.expect_saved(other)

    button(page, "Take", "while n:").click()

    expect(page.locator("[data-mine] li")).to_have_text("while n:")
    expect(page.locator("[data-stored] li")).to_have_text("n = 3")
    page.get_by_role("button", name="Use mine").click()
    steps.expect_saved(page)
    assert stored_value(site, *steps.place_of(page)) == [[1, 0]]


def test_a_program_kept_on_the_device_is_put_back(
    site: Site, open_page: OpenPage, learner: models.User, address: str
) -> None:
    page = open_page(learner)
    page.goto(address)
    page.route("**/responses/*", lambda route: route.abort())
    button(page, "Take", "while n:").click()
    button(page, "Take", "n -= 1").click()
    button(page, "Indent", "n -= 1").click()
    steps.expect_kept(page)
    page.unroute("**/responses/*")

    page.reload()

    expect(page.locator("[data-program] > li")).to_have_count(2)
    steps.expect_saved(page)
    assert stored_value(site, *steps.place_of(page)) == [[1, 0], [3, 1]]


def test_the_page_and_its_review_are_accessible_and_fit(
    site: Site, open_page: OpenPage, learner: models.User, address: str
) -> None:
    page = open_page(learner)
    page.goto(address)
    for code in ("n = 3", "while n:"):
        button(page, "Take", code).click()
    steps.expect_saved(page)

    assert findings(page) == []
    finish(site, steps.attempt_on(page))
    page.goto(address.rpartition("/questions")[0])
    assert findings(page) == []


def drag(page: Page, grip: Locator, to: Locator, across: float = 0) -> None:
    """The line of ``grip`` was dragged onto ``to``, and moved ``across`` by so many pixels."""
    start, target = grip.bounding_box(), to.bounding_box()
    assert start
    assert target
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across / 2, target["y"] + 4, steps=4)
    page.mouse.move(x + across, target["y"] + 4, steps=2)
    page.mouse.up()


def test_a_program_is_built_by_dragging(
    site: Site, open_page: OpenPage, learner: models.User, address: str
) -> None:
    page = open_page(learner)
    page.goto(address)
    grip = {code: page.locator(f'.pieces > li[data-name="{code}"] .grip') for code in CODE}

    for code in ("n = 3", "while n:"):
        button(page, "Take", code).click()
    drag(page, grip["n -= 1"], page.locator("[data-program] > li").nth(1), across=32)
    drag(page, grip["while n:"], page.locator("[data-program] > li").nth(1))
    drag(page, grip["print(n)"], page.locator("[data-program] > li").nth(2), across=40)
    assert program(page) == [*CODE]
    drag(page, grip["n = 3"], page.locator("[data-pool] > li").first)
    assert program(page) == [*CODE[1:]]
    drag(page, grip["n = 3"], page.locator("[data-program] > li").first)

    page.get_by_role("button", name="Review and finish").click()
    page.get_by_role("button", name="Finish quiz").click()
    expect(page.get_by_text("1 of 1 points, 1 of 1 right")).to_be_visible()
    assert stored_value(site, steps.attempt_on(page), 1) == PROGRAM
