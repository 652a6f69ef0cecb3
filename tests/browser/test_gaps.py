"""A text with gaps: filled by keyboard, kept, and filled without scripts."""

from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from quizapp.db import models
from tests import factories
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import Site, finish, start_attempt, stored_value
from tests.browser.test_pages import findings

QUIZ = "gaps"
TEXT = """
A test finds 8 of 10 sick people and raises 2 false alarms, so that

- its recall is [[gap:recall]] and its precision is [[gap:precision]],
- their harmonic mean is called [[gap:mean]], with $F = 2PR / (P + R)$.

```python
def recall(hits, misses):
    return hits / [[gap:code]]  # of all the sick
```
"""
FIELDS: dict[str, Any] = {
    "type": "cloze",
    "skills": ["ml.practice.classification-metrics"],
    "stem": "Complete the statements.",
    "text": TEXT,
    "gaps": {
        "recall": {"answer": "0.8", "tolerance": 0.01, "why": "It is $8/10$."},
        "precision": {"options": ["0.2", "0.8", "1"], "answer": "0.8", "why": "8 of 10 alarms."},
        "mean": {"accepted": ["F1", "F1 score"]},
        "code": {"accepted": ["(hits + misses)"], "why": "All the sick are hits or misses."},
    },
    "explanation": "Recall looks at the sick, precision at the alarms.",
}


@pytest.fixture(scope="module")
def quiz(site: Site) -> str:
    """A quiz whose one question is a text with four gaps."""
    item = factories.make_item("rates", **FIELDS)
    site.stored(lambda session: factories.make_bank(session, [item], QUIZ))
    return QUIZ


@pytest.fixture
def attempt_id(site: Site, learner: models.User, quiz: str) -> int:
    return start_attempt(site, learner, quiz)


def fill_in(page: Page) -> None:
    """Every gap is filled: three rightly, the last one wrongly."""
    page.get_by_label("Gap 1 of 4").fill("4/5")
    page.get_by_label("Gap 2 of 4").select_option("0.8")
    page.get_by_label("Gap 3 of 4").fill("f1 score")
    page.get_by_label("Gap 4 of 4").fill("hits")


def values(page: Page) -> Sequence[str]:
    """What the gaps show."""
    shown: Sequence[str] = page.locator("[data-part]").evaluate_all(
        "(all) => all.map((each) => each.selectedOptions?.[0].text ?? each.value)"
    )
    return shown


def test_gaps_are_filled_by_keyboard_alone_and_all_are_saved(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{attempt_id}/questions/1")

    steps.tab_to(page, page.get_by_label("Gap 1 of 4"))
    page.keyboard.type("4/5")
    steps.tab_to(page, page.get_by_label("Gap 2 of 4"))
    page.keyboard.type("0.8")
    steps.tab_to(page, page.get_by_label("Gap 3 of 4"))
    page.keyboard.type("fnp")
    steps.tab_to(page, page.get_by_label("Gap 4 of 4"))
    page.keyboard.type("hits")
    expect(page.locator("[data-save]")).to_contain_text("Saved at")

    assert stored_value(site, attempt_id, 1) == ["4/5", 1, "fnp", "hits"]
    page.reload()
    assert values(page) == ["4/5", "0.8", "fnp", "hits"]


def test_each_gap_is_saved_by_itself(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{attempt_id}/questions/1")

    with page.expect_response("**/responses/1"):
        page.get_by_label("Gap 2 of 4").select_option("0.2")
    assert stored_value(site, attempt_id, 1) == [None, 0, None, None]
    with page.expect_response("**/responses/1"):
        page.get_by_label("Gap 2 of 4").select_option("Choose")

    assert stored_value(site, attempt_id, 1) is None


def test_gaps_are_filled_without_scripts(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner, java_script_enabled=False)
    page.goto(f"/attempts/{attempt_id}/questions/1")

    fill_in(page)
    page.get_by_role("button", name="Review and finish").click()
    page.get_by_role("button", name="Finish quiz").click()

    expect(page.get_by_text("Gap 4", exact=True).first).to_be_visible()
    assert stored_value(site, attempt_id, 1) == ["4/5", 1, "f1 score", "hits"]


def test_gaps_that_had_not_reached_the_server_are_put_back(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{attempt_id}/questions/1")
    page.context.set_offline(True)
    fill_in(page)
    steps.expect_kept(page)
    other = page.context.new_page()
    page.close()
    other.context.set_offline(False)

    other.goto(f"/attempts/{attempt_id}/questions/1")

    expect(other.locator("[data-notice=restored]")).to_be_visible()
    assert values(other) == ["4/5", "0.8", "f1 score", "hits"]
    steps.expect_saved(other)


def test_two_different_fillings_are_laid_side_by_side(
    open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    first, second = open_page(learner), open_page(learner)
    for page in (first, second):
        page.goto(f"/attempts/{attempt_id}/questions/1")
    fill_in(first)
    expect(first.locator("[data-save]")).to_contain_text("Saved at")

    second.get_by_label("Gap 2 of 4").select_option("1")

    region = second.get_by_role("region", name="Two different answers")
    expect(region.locator("[data-mine] li")).to_have_text(["Gap 2: 1"])
    expect(region.locator("[data-stored] li").first).to_have_text("Gap 1: 4/5")


def test_gaps_of_a_finished_attempt_cannot_be_changed(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)
    page.goto(f"/attempts/{attempt_id}/questions/1")
    finish(site, attempt_id)

    page.get_by_label("Gap 1 of 4").fill("too late")
    page.get_by_role("link", name="See the result").wait_for()

    expect(page.get_by_label("Gap 1 of 4")).not_to_be_editable()
    expect(page.get_by_label("Gap 2 of 4").locator("option:not(:disabled)")).to_have_count(1)


def test_gaps_and_their_review_are_accessible(
    site: Site, open_page: OpenPage, learner: models.User, attempt_id: int
) -> None:
    page = open_page(learner)

    page.goto(f"/attempts/{attempt_id}/questions/1")
    assert findings(page) == []
    finish(site, attempt_id)
    page.goto(f"/attempts/{attempt_id}")
    assert findings(page) == []
