"""Every page is accessible and fits, on a desktop and a phone, light and dark."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.assembly import MAXIMUM_QUESTIONS, PlanSection, QuizPlan
from quizapp.services import attempts, mistakes, quizzes, uploads
from quizapp.services.mistakes import Filter
from tests import factories
from tests.browser import steps
from tests.browser.conftest import OpenPage
from tests.browser.site import (
    EVERY_KIND,
    TIMED,
    UNTIMED,
    Site,
    add_time,
    allow_pause,
    attempts_of,
    end_in,
    find_person,
    finish,
)

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# To axe a formula is no text. A cell without any is no header: see tests/unit/markup.
NO_RULES = {"empty-table-header": {"enabled": False}}
WIDTHS = (1280, 390)
SCHEMES: Sequence[Literal["light", "dark"]] = ("light", "dark")

BROKEN_FILE = (
    EVERY_KIND.read_text("utf-8")
    .replace("points: 2", "points: many")
    .replace("Bayes, correct", "Bayes, corect")
    .replace("explanation: The normal one.", "")
)

MISSING = "missing page"

# Who looks at what; names in braces are those of `places`.
PAGES: Mapping[str, tuple[str | None, str]] = {
    "welcome": (None, "/"),
    "sign-in": (None, "/sign-in"),
    "registration": (None, "/register"),
    "overview": ("mara", "/"),
    "overview of a newcomer": ("newcomer", "/"),
    "plan": ("mara", "/plan"),
    "plan without a date": ("newcomer", "/plan"),
    "quizzes": ("mara", "/quizzes"),
    "start of a timed quiz": ("ivo", "/quizzes/ml-screen"),
    "start of today’s set": ("ivo", "/quizzes/todays-set"),
    "practice": ("mara", "/practice?skills=ml.classical.regularisation"),
    "question with one answer": ("newcomer", "/attempts/{running}/questions/{two-urns}"),
    "question with many answers": ("newcomer", "/attempts/{running}/questions/{discrete-families}"),
    "question on a statement": ("newcomer", "/attempts/{running}/questions/{null-is-proved}"),
    "question with a number": ("newcomer", "/attempts/{running}/questions/{posterior-value}"),
    "question with a word": ("newcomer", "/attempts/{running}/questions/{bell-curve}"),
    "question with lines": ("newcomer", "/attempts/{running}/questions/{steps-of-a-test}"),
    "untimed question": ("newcomer", "/attempts/{untimed}/questions/1"),
    "summary": ("newcomer", "/attempts/{running}/submission"),
    "result": ("mara", "/attempts/{finished}"),
    "missed questions of a result": ("mara", "/attempts/{finished}?show=missed"),
    "history": ("mara", "/history?span=all"),
    "history of a newcomer": ("newcomer", "/history"),
    "notebook": ("mara", "/notebook"),
    "mistakes without a cause": ("mara", "/notebook?cause=none&page=2"),
    "notebook of a newcomer": ("newcomer", "/notebook"),
    "mistake": ("mara", "/notebook/{missed}"),
    "due": ("mara", "/due"),
    "due of a newcomer": ("newcomer", "/due"),
    "readiness": ("mara", "/readiness"),
    "readiness at another level": ("mara", "/readiness?level=senior"),
    "rounds over time": ("mara", "/readiness/rounds"),
    "readiness of a newcomer": ("newcomer", "/readiness"),
    "skills": ("mara", "/skills"),
    "skills as squares": ("mara", "/skills?view=squares"),
    "skills, the weakest first": ("mara", "/skills?view=table"),
    "skill": ("mara", "/skills/ml.classical.regularisation"),
    "skill of a newcomer": ("newcomer", "/skills/ml.classical.regularisation"),
    "profile": ("mara", "/profile"),
    "question sets": ("tomas", "/question-sets"),
    "kinds of question": ("tomas", "/question-sets/guide"),
    "findings": ("tomas", "/question-sets/{broken}"),
    "preview": ("tomas", "/question-sets/{sound}?question=2"),
    "people": ("ada", "/people"),
    MISSING: ("mara", "/nothing-here"),
}


@pytest.fixture(scope="module")
def places(site: Site) -> dict[str, int]:
    """The numbers in the addresses of pages."""
    tomas, mara = (find_person(site, name) for name in ("tomas", "mara"))
    now = datetime.now(UTC)

    def make(session: Session) -> dict[str, int]:
        newcomer = factories.make_person(session, "newcomer")
        running = factories.start_attempt(session, newcomer, TIMED, now)
        factories.answer(session, running, 1, now)
        untimed = factories.start_attempt(session, newcomer, UNTIMED, now)
        sound = uploads.uploads_of(session, tomas.id)[0]
        broken = uploads.receive(session, tomas.id, "broken.yaml", BROKEN_FILE.encode(), now)
        return {
            **{factories.item_at(session, running, each).slug: each for each in range(1, 7)},
            "missed": mistakes.notebook(session, mara.id, Filter()).entries[0].item_id,
            "running": running.id,
            "untimed": untimed.id,
            "sound": sound.id,
            "broken": broken.id,
        }

    return {**site.stored(make), "finished": longest_attempt(site, "mara")}


def longest_attempt(site: Site, name: str) -> int:
    """The finished attempt with the most points to be had, which has the most questions."""
    found = attempts_of(site, find_person(site, name))
    return max((each for each in found if each.finished_at), key=lambda each: each.max_points).id


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_fits(
    site: Site, open_page: OpenPage, places: dict[str, int], name: str
) -> None:
    person, path = PAGES[name]
    page = open_page(person and find_person(site, person))

    answer = page.goto(path.format_map(places))

    assert answer is not None
    assert answer.status == (404 if name == MISSING else 200)
    assert findings(page) == []


def test_forms_with_errors_are_accessible_and_fit(open_page: OpenPage) -> None:
    page = open_page()
    for path, button in (("/register", "Create account"), ("/sign-in", "Sign in")):
        page.goto(path)
        page.get_by_role("main").get_by_role("button", name=button).click()
        page.get_by_role("alert").wait_for()

        assert findings(page) == []


def test_list_of_keys_is_accessible_and_fits(
    site: Site, open_page: OpenPage, places: dict[str, int]
) -> None:
    page = open_page(find_person(site, "newcomer"))
    page.goto(f"/attempts/{places['running']}/questions/1")

    page.keyboard.press("?")

    page.get_by_role("heading", name="Keyboard").wait_for()
    assert findings(page) == []


def test_two_answers_and_notices_are_accessible_and_fit(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, _ = steps.open_question(site, page, learner)
    allow_pause(site, attempt_id)
    add_time(site, attempt_id, 5)
    steps.answer_elsewhere(open_page(learner), page.url)
    page.get_by_label("Your answer").fill("mine")
    page.get_by_role("region", name="Two different answers").wait_for()
    page.locator("[data-notice=time]").wait_for(timeout=15_000)

    assert findings(page) == []
    finish(site, attempt_id)
    page.get_by_role("button", name="Use mine").click()
    page.get_by_role("link", name="See the result").wait_for()
    assert findings(page) == []


def test_pause_and_time_up_are_accessible_and_fit(
    site: Site, open_page: OpenPage, learner: models.User
) -> None:
    page = open_page(learner)
    attempt_id, _ = steps.open_question(site, page, learner)
    allow_pause(site, attempt_id)
    page.reload()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("heading", name="Paused").wait_for()
    assert findings(page) == []

    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Question").wait_for()
    end_in(site, attempt_id, timedelta(seconds=-5))
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"/attempts/{attempt_id}/submission")
    page.get_by_role("heading", name="Time is up").wait_for()
    assert findings(page) == []


@pytest.mark.parametrize("bank", ["coding", "math", "ml", "system-design"])
def test_every_question_and_explanation_of_a_bank_fits_a_phone(
    site: Site, open_page: OpenPage, learner: models.User, bank: str
) -> None:
    page = open_page(learner, viewport={"width": 390, "height": 860})
    plan = QuizPlan(sections=(PlanSection(questions=MAXIMUM_QUESTIONS, bank=bank),))
    now = datetime.now(UTC)

    def finish(session: Session) -> int:
        attempt = quizzes.practise(session, learner.id, plan, "All", now, Random(1))
        return attempts.close(session, attempt.id, now).id

    page.goto(f"/attempts/{site.stored(finish)}")
    open_details(page)

    assert not scrolls_sideways(page)


def findings(page: Page) -> list[str]:
    """What is wrong with the page at every width and in both schemes, with all details open."""
    open_details(page)
    found = []
    for width, scheme in product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 860})
        page.emulate_media(color_scheme=scheme)
        place = f"{width} {scheme}"
        if scrolls_sideways(page):
            found.append(f"{place}: scrolls sideways")
        options = {"runOnly": RULES, "rules": NO_RULES, "resultTypes": ["violations"]}
        report = Axe().run(page, options=options)
        if report.violations_count:
            found.append(f"{place}: {report.generate_report()}")
    return found


def open_details(page: Page) -> None:
    """Nothing on the page is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")


def scrolls_sideways(page: Page) -> bool:
    """Whether something on the page is wider than the window."""
    is_wider: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return is_wider
