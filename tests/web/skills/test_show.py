"""One skill: the estimate, the answers behind it, what comes before and after."""

import pytest
from flask.testing import FlaskClient

from quizapp.db import models
from tests.web.pages import Page

SKILL = "/skills/math.probability.distributions"


def test_an_untried_skill_says_so(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get(SKILL))

    assert page.heading == "Distributions"
    assert "No answers on this skill yet." in page.text
    assert "Families and moments. Asked from mid level." in page.text


def test_what_comes_before_and_after_is_linked(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get(SKILL))

    assert "Comes first Bayes" in page.text
    assert "Builds on this Tests" in page.text
    assert {"/skills/math.probability.bayes", "/skills/math.statistics.tests"} <= set(page.links)


def test_the_answers_behind_the_estimate_are_listed(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    pages = [
        Page(as_alice.get(f"/skills/{skill}"))
        for skill in ("math.probability.bayes", SKILL[8:], "math.statistics.tests")
    ]

    links = {link for page in pages for link in page.links}
    positions = range(1, 6)
    assert links >= {f"/attempts/{finished.id}#question-{position}" for position in positions}
    assert all("of typical questions on this you would answer right" in page.text for page in pages)


def test_the_answers_of_others_are_not(as_charlie: FlaskClient, finished: models.Attempt) -> None:
    page = Page(as_charlie.get(SKILL))

    assert "No answers on this skill yet." in page.text
    assert "Nothing yet." in page.text


def test_a_practice_set_is_one_click_away(as_alice: FlaskClient) -> None:
    form = Page(as_alice.get(SKILL)).form("/practice")

    answer = as_alice.post("/practice", data=form)

    assert answer.status_code == 302
    assert "Practice: Distributions" in as_alice.get(answer.location).text


@pytest.mark.parametrize("skill", ["unknown", "math", "math.probability", "'", "%00", "x" * 500])
def test_an_unknown_skill_is_not_there(as_alice: FlaskClient, skill: str) -> None:
    assert as_alice.get(f"/skills/{skill}").status_code == 404


def test_a_former_id_of_a_skill_leads_to_it(as_alice: FlaskClient) -> None:
    answer = as_alice.get("/skills/math.probability.conditional", follow_redirects=True)

    assert Page(answer).heading == "Bayes"


def test_what_to_do_is_said_with_what_it_adds(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    page = Page(as_alice.get(SKILL))

    assert "What to do" in page.text
    assert "points (" in page.text
    assert "/readiness" in page.links


def test_a_skill_that_the_role_is_not_asked_presses_nobody(as_alice: FlaskClient) -> None:
    page = Page(as_alice.get("/skills/system-design.serving.caching"))

    assert "interviews for your target role do not ask it" in page.text


def test_the_questions_on_it_are_counted_and_not_shown(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    page = Page(as_alice.get("/skills/math.probability.bayes"))

    assert "Questions on it" in page.text
    assert "which of" not in page.text.lower()


def test_the_estimate_over_time_begins_with_the_second_day(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    page = Page(as_alice.get("/skills/math.probability.bayes"))

    assert "Estimate over time" in page.text
