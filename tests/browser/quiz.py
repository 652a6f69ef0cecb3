"""What a learner does with the questions of ``files/every-kind.yaml``, by mouse and by keyboard."""

from collections.abc import Callable, Mapping

from playwright.sync_api import Locator, Page, expect

QUESTIONS = 6
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

Press = Callable[[Page, Locator], None]


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


PLACE_OF = "(rows, name) => rows.findIndex((row) => row.dataset.name === name)"


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


def expect_question(page: Page, position: int) -> None:
    """The page of that question is shown, and its scripts have begun."""
    expect(page.get_by_text(f"Question {position} of {QUESTIONS}", exact=True)).to_be_visible()
    page.wait_for_load_state()


def leave_text(page: Page) -> None:
    """No text is being typed: the focus has moved on to the next control, as Tab does."""
    if page.locator("#text:focus").count():
        page.keyboard.press("Tab")


def drag(page: Page, start: Locator, end: Locator) -> None:
    """``start`` has been dragged past the middle of ``end`` with the mouse."""
    first, last = start.bounding_box(), end.bounding_box()
    assert first is not None
    assert last is not None
    page.mouse.move(first["x"] + 9, first["y"] + 9)
    page.mouse.down()
    page.mouse.move(last["x"] + 9, last["y"] + last["height"] - 4, steps=10)
    page.mouse.up()
