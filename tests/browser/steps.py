"""What people do on the pages, by mouse and by keyboard.

The questions are those of ``files/every-kind.yaml``.
"""

from collections.abc import Callable, Mapping

from playwright.sync_api import Locator, Page, expect

from quizapp.db import models
from quizapp.domain.items import Item
from tests import factories
from tests.browser.site import Site, find_person, position_of, start_attempt

QUESTIONS = 6
WORD = "bell-curve"
"""The question that takes a word."""
RIGHT: Mapping[str, str | tuple[str, ...]] = {
    "An urn is picked": ("Bayes",),
    "What is the posterior": "0.8",
    "Which of these are discrete": ("Poisson", "binomial"),
    "Which distribution": "normal",
    "A large p-value": ("False",),
}
LINES = (
    "state the hypothesis",
    "fix the level",
    "draw the sample",
    "compare with the threshold",
)
MOST_TABS = 120
PLACE_OF = "(rows, name) => rows.findIndex((row) => row.dataset.name === name)"

Press = Callable[[Page, Locator], None]
Do = Callable[[Page], None]


def register(page: Page, name: str) -> None:
    """The form of the page has made the account ``<name>@example.org``."""
    page.get_by_label("Name").fill(name.title())
    page.get_by_label("E-mail").fill(f"{name}@example.org")
    page.get_by_label("Password").fill("a long enough sentence")
    page.get_by_role("button", name="Create account").click()


def choose_in_navigation(page: Page, name: str) -> None:
    """The main navigation has led to the page of that name."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def open_history(page: Page) -> None:
    """The main navigation and the notebook's tabs have led to the history."""
    choose_in_navigation(page, "Notebook")
    page.get_by_role("navigation", name="Notebook").get_by_role("link", name="History").click()
    expect(page.get_by_role("heading", name="History", level=1)).to_be_visible()


def attempt_on(page: Page) -> int:
    """The id in the page's address."""
    return int(page.url.split("/attempts/")[1].split("/")[0])


def place_of(page: Page) -> tuple[int, int]:
    """The attempt and the position in the address of a question's page."""
    return attempt_on(page), int(page.url.partition("#")[0].rpartition("/")[2])


def open_question(site: Site, page: Page, learner: models.User) -> tuple[int, int]:
    """The learner sees the question that takes a word; attempt and position."""
    attempt_id = start_attempt(site, learner)
    position = position_of(site, attempt_id, WORD)
    page.goto(f"/attempts/{attempt_id}/questions/{position}")
    return attempt_id, position


def open_item(
    site: Site, page: Page, learner: models.User, fields: Mapping[str, object]
) -> tuple[int, int]:
    """The learner sees the only question of a quiz, made of ``fields``; attempt and position."""
    slug = f"only-{learner.id}"
    item = Item.parse({"id": slug, "skills": ["math.statistics.tests"], **fields})
    owner = find_person(site, "tomas").id
    site.stored(lambda session: factories.make_bank(session, [item], slug, owner))
    attempt_id = start_attempt(site, learner, slug)
    page.goto(f"/attempts/{attempt_id}/questions/1")
    return attempt_id, 1


def answer_elsewhere(page: Page, address: str) -> None:
    """The question at ``address`` was answered "theirs" on ``page``, perhaps another device."""
    page.goto(address)
    page.get_by_label("Your answer").fill("theirs")
    expect(page.locator("[data-save]")).to_contain_text("Saved at")


def turn_by_mouse(page: Page) -> None:
    """The button that leads on has been pressed."""
    page.get_by_role("button", name="Next").or_(
        page.get_by_role("button", name="Review and finish")
    ).click()


def turn_by_keyboard(page: Page) -> None:
    """The key that leads on has been pressed; after a text, the focus moves on first, by Tab."""
    if page.locator("#text:focus, #lines:focus").count():
        page.keyboard.press("Tab")
    page.keyboard.press("n")


def answer_all(page: Page, answer: Do, turn: Do = turn_by_mouse) -> None:
    """Every question is answered, one after the other, up to the page before finishing."""
    for position in range(1, QUESTIONS + 1):
        expect_question(page, position)
        answer(page)
        turn(page)
    expect(page.get_by_role("button", name="Finish quiz")).to_be_visible()


def right_answer(page: Page) -> str | tuple[str, ...] | None:
    """A text, the options to choose, or None where lines are to be ordered."""
    stem = page.locator("#stem").inner_text()
    return next((answer for start, answer in RIGHT.items() if start in stem), None)


def answer_by_mouse(page: Page) -> None:
    """The right answer is in the page."""
    answer = right_answer(page)
    if answer is None:
        order_lines(page, lambda _, button: button.click())
    elif isinstance(answer, str):
        page.get_by_label("Your answer").fill(answer)
    else:
        for text in answer:
            page.locator(".choice", has_text=text).click()


def answer_by_keyboard(page: Page) -> None:
    """The right answer is in the page: letters choose, the rest is reached with Tab."""
    answer = right_answer(page)
    if answer is None:
        order_lines(page, press_by_keyboard)
    elif isinstance(answer, str):
        tab_to(page, page.get_by_label("Your answer"))
        page.keyboard.type(answer)
    else:
        for text in answer:
            page.keyboard.press(
                page.locator(".choice", has_text=text).locator(".letter").inner_text()
            )


def order_lines(page: Page, press: Press) -> None:
    """The lines stand in the right order; each is moved up to its place."""
    for place, line in enumerate(LINES):
        rows = page.locator(".order li")
        while (now_at := rows.evaluate_all(PLACE_OF, line)) > place:
            press(page, rows.nth(now_at).get_by_role("button", name="Move up"))


def press_by_keyboard(page: Page, control: Locator) -> None:
    """The control has been reached with Tab and pressed with Enter."""
    tab_to(page, control)
    page.keyboard.press("Enter")


def tab_to(page: Page, control: Locator) -> None:
    """The control has the focus, after as many Tabs as that takes."""
    for _ in range(MOST_TABS):
        if control.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {control}")


def expect_saved(page: Page) -> None:
    """The state line says that the server has the answer."""
    expect(page.locator("[data-save]")).to_have_attribute("data-state", "saved")
    expect(page.locator("[data-save]")).to_contain_text("Saved")


def expect_kept(page: Page) -> None:
    """The state line says that this device has what the server has not."""
    expect(page.locator("[data-save]")).to_have_attribute("data-state", "kept")
    expect(page.locator("[data-save]")).to_contain_text("Saved on this device at")


def expect_question(page: Page, position: int) -> None:
    """The page of that question is shown, and its scripts have begun."""
    expect(page.get_by_text(f"Question {position} of {QUESTIONS}", exact=True)).to_be_visible()
    page.wait_for_load_state()


def drag(page: Page, start: Locator, end: Locator) -> None:
    """``start`` has been dragged past the middle of ``end`` with the mouse."""
    first, last = start.bounding_box(), end.bounding_box()
    assert first is not None
    assert last is not None
    page.mouse.move(first["x"] + 9, first["y"] + 9)
    page.mouse.down()
    page.mouse.move(last["x"] + 9, last["y"] + last["height"] - 4, steps=10)
    page.mouse.up()
