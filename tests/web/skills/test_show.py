"""One skill: the estimate, the answers behind it, what comes before and after."""

import pytest
from flask.testing import FlaskClient

from quizapp.db import models
from tests.web.foreign_places import FOREIGN_PLACES
from tests.web.pages import Page, post

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
    form = Page(as_alice.get(SKILL)).form(f"{SKILL}/practice")

    answer = as_alice.post(f"{SKILL}/practice", data=form)

    assert answer.status_code == 302
    assert "Practice: Distributions" in as_alice.get(answer.location).text


@pytest.mark.parametrize("skill", ["unknown", "math", "math.probability", "'", "%00", "x" * 500])
def test_an_unknown_skill_is_not_there(as_alice: FlaskClient, skill: str) -> None:
    assert as_alice.get(f"/skills/{skill}").status_code == 404


def test_a_former_id_of_a_skill_leads_to_it(as_alice: FlaskClient) -> None:
    answer = as_alice.get("/skills/math.probability.conditional", follow_redirects=True)

    assert Page(answer).heading == "Bayes"


def test_a_running_set_comes_first(as_alice: FlaskClient) -> None:
    running = post(as_alice, f"{SKILL}/practice").location
    post(as_alice, running.replace("questions", "responses"), {"choice": "0", "text": "1"})

    answer = post(as_alice, "/skills/math.probability.bayes/practice")

    assert answer.location == "/practice?skills=math.probability.bayes"
    assert "“Practice: Distributions” is still open." in as_alice.get(answer.location).text


# --- The answers behind a number -----------------------------------------------------------------


def test_only_the_answers_asked_for_are_listed_with_a_way_to_all(
    as_alice: FlaskClient, finished: models.Attempt
) -> None:
    skill = "/skills/math.probability.bayes"
    every = reviews(Page(as_alice.get(skill)))
    position = every[0].rpartition("-")[2]

    page = Page(as_alice.get(f"{skill}?answer={finished.id}.{position}"))

    assert reviews(page) == every[:1] != every
    assert f"1 of your latest {len(every)}. Show all" in page.text
    assert f"{skill}#answers" in page.links


@pytest.mark.parametrize("asked", ["1", "a.b", "1.1.1", "9" * 30 + ".1", "-1.2", "%00.1", "٣.١"])
def test_whoever_asks_for_nonsense_sees_all(
    as_alice: FlaskClient, finished: models.Attempt, asked: str
) -> None:
    skill = "/skills/math.probability.bayes"

    assert reviews(Page(as_alice.get(f"{skill}?answer={asked}"))) == reviews(
        Page(as_alice.get(skill))
    )


def test_answers_of_others_cannot_be_asked_for(
    as_charlie: FlaskClient, finished: models.Attempt
) -> None:
    query = "&".join(f"answer={finished.id}.{position}" for position in range(1, 7))

    assert reviews(Page(as_charlie.get(f"/skills/math.probability.bayes?{query}"))) == []


def reviews(page: Page) -> list[str]:
    """Where the listed answers lead."""
    return [link for link in page.links if link.startswith("/attempts/")]


# --- What the learner says -----------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "words"), [("not-now", "Not now, until"),
                                             ("known", "You know this, until")])  # fmt: skip
def test_the_word_of_a_learner_is_shown_and_can_be_taken_back(
    as_alice: FlaskClient, kind: str, words: str
) -> None:
    post(as_alice, f"{SKILL}/claim", {"kind": kind})
    said = Page(as_alice.get(SKILL))

    answer = as_alice.post(f"{SKILL}/claim/withdrawal", data=said.form(f"{SKILL}/claim/withdrawal"))

    assert words in said.text
    assert answer.location == SKILL
    assert "Distributions may be recommended again." in Page(as_alice.get(SKILL)).text
    assert words not in Page(as_alice.get(SKILL)).text


@pytest.mark.parametrize("kind", ["", "perhaps"])
def test_any_other_word_is_refused(as_alice: FlaskClient, kind: str) -> None:
    assert post(as_alice, f"{SKILL}/claim", {"kind": kind}).status_code == 400


def test_nobody_is_led_to_another_site(as_alice: FlaskClient) -> None:
    for path in FOREIGN_PLACES:
        fields = {"kind": "known", "next": path}
        assert post(as_alice, f"{SKILL}/claim", fields).location == SKILL


# --- What to do, and what there is ---------------------------------------------------------------


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
