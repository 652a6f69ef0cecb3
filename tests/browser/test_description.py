"""A case before its questions: by keyboard on a phone, without scripts, accessible."""

from playwright.sync_api import Page, expect

from quizapp.db import models
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, find_person, finish, start_attempt
from tests.browser.test_pages import findings
from tests.browser.test_phone import PHONE, WITHOUT_SCRIPT
from tests.descriptions import make_description
from tests.factories import make_bank, make_item

CASE = """\
A shop sends an offer to each of its **40,000** customers.

| | bought | did not |
|---|---|---|
| had bought before | 300 | 9,700 |
| had not | 100 | 29,900 |

The next two questions are about this shop.
"""


def open_case(site: Site, page: Page, learner: models.User) -> int:
    """The learner sees the first page of a quiz: a case, two questions, a case, a question."""
    slug = f"case-{learner.id}"
    items = [
        make_description("shop", CASE),
        *(make_item(name) for name in ("first", "second")),
        make_description("later", "One year later, half of them have left."),
        make_item("third"),
    ]
    quiz = {"id": "all", "title": "The shop", "questions": 3, "fixed_order": True, "minutes": 20}
    owner = find_person(site, "tomas").id
    site.stored(lambda session: make_bank(session, items, slug, owner, quizzes=[quiz]))
    attempt_id = start_attempt(site, learner, f"{slug}-all")
    page.goto(f"/attempts/{attempt_id}")
    return attempt_id


def test_by_keyboard_on_a_phone_from_the_case_to_the_result(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner, **PHONE)
    open_case(site, page, learner)
    expect(page.get_by_role("heading", name="Information at 1", level=1)).to_be_attached()
    expect(page.get_by_role("button", name="Flag")).to_have_count(0)

    page.keyboard.press("f")
    page.keyboard.press("a")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Question 2", level=1)).to_be_attached()
    page.keyboard.press("b")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Question 3", level=1)).to_be_attached()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Information at 4", level=1)).to_be_attached()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Question 5", level=1)).to_be_attached()
    page.keyboard.press("b")
    page.keyboard.press("n")

    expect(page.get_by_role("heading", name="Finish with 1 open question?")).to_be_visible()
    expect(page.get_by_text("2 of 3 are answered and saved.")).to_be_visible()
    page.get_by_role("button", name="Finish quiz").press("Enter")
    expect(page.locator("#question-1")).to_contain_text("A shop sends an offer")
    expect(page.locator(".facts").get_by_text("2 of 3")).to_be_visible()


def test_without_scripts_one_reads_and_goes_on(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner, **WITHOUT_SCRIPT)
    open_case(site, page, learner)

    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Question 2", level=1)).to_be_attached()
    page.get_by_role("button", name="Information at 4").click()
    expect(page.locator("#stem")).to_contain_text("One year later")
    page.get_by_role("button", name="Previous").click()
    expect(page.get_by_role("heading", name="Question 3", level=1)).to_be_attached()


def test_the_strip_keeps_its_state_while_one_moves(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    open_case(site, page, learner)
    strip = page.get_by_role("navigation", name="Questions")
    expect(strip.locator("[data-count=open]")).to_have_text("3")

    page.get_by_role("button", name="Next").click()
    page.locator(".choice").first.click()
    page.get_by_role("button", name="Information at 1").click()

    expect(page.get_by_role("heading", name="Information at 1", level=1)).to_be_attached()
    expect(strip.locator("[data-count=open]")).to_have_text("2")
    expect(strip.get_by_role("button", name="Question 2, answered")).to_be_visible()
    expect(strip.get_by_role("button", name="Information at 1", exact=True)).to_be_visible()


def test_its_pages_are_accessible_and_fit(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id = open_case(site, page, learner)
    for path in ("/questions/1", "/questions/2", "/submission"):
        page.goto(f"/attempts/{attempt_id}{path}")
        assert findings(page) == [], path
    finish(site, attempt_id)
    page.goto(f"/attempts/{attempt_id}")
    assert findings(page) == []
