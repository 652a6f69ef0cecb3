"""One attempt as its instructor sees it: the clock and the record."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.services import attempts
from tests.factories import GRACE, MINUTE, answer, save, start_attempt, stored
from tests.web.pages import Page


def address(attempt: models.Attempt) -> str:
    return f"/supervision/attempts/{attempt.id}"


def record(page: Page) -> list[str]:
    """The events of the record, without their times and the headings of days."""
    rows = [row.text.partition(" ") for row in page.all("tr")[1:]]
    return [event for time, _, event in rows if ":" in time]


def test_the_page_says_whose_attempt_it_is_and_how_it_stands(
    as_bob: FlaskClient, taught: models.Attempt
) -> None:
    page = Page(as_bob.get(address(taught)))

    assert page.heading == "Bob’s test"
    assert "Alice, alice@example.org." in page.text
    assert "State running Answered 1 of 3 Time left" in page.text


def test_the_record_says_what_was_answered_and_by_whom(
    app: Flask, as_bob: FlaskClient, taught: models.Attempt, now: datetime
) -> None:
    with stored(app) as session:
        save(session, taught, 1, None, now)

    page = Page(as_bob.get(address(taught)))

    started, answered, cleared = record(page)
    assert started == "Started Alice"
    assert answered.startswith("Answered question 1")
    assert answered.endswith("that Alice")
    assert cleared == "Removed the answer to question 1 Alice"


def test_what_came_in_the_grace_and_what_came_too_late_are_told_apart(
    app: Flask, as_bob: FlaskClient, alice: models.User, bobs_bank: None, now: datetime
) -> None:
    with stored(app) as session:
        attempt = start_attempt(session, alice, "small-timed", now - 20 * MINUTE)
        answer(session, attempt, 1, now - 9.5 * MINUTE)
        attempts.close_overdue(session, attempt.id, now - 9 * MINUTE, GRACE)
        answer(session, attempt, 2, now)

    page = Page(as_bob.get(address(attempt)))

    _, finished, graced, late = record(page)
    assert finished == "Finished the clock"
    assert graced.startswith("Answered question 1 in the grace, counts")
    assert late.startswith("Answered question 2 too late does not count")
    assert "1 answer came too late." in page.text


def test_a_record_of_several_days_names_the_days(
    app: Flask, as_bob: FlaskClient, alice: models.User, bobs_bank: None
) -> None:
    begun = datetime.fromisoformat("2026-11-04T23:59:00+00:00")
    with stored(app) as session:
        attempt = start_attempt(session, alice, "small-calm", begun)
        answer(session, attempt, 1, begun + 2 * MINUTE)

    page = Page(as_bob.get(address(attempt)))

    assert page.one("th", scope="rowgroup").text == "5 November 2026"


def test_a_finished_or_untimed_attempt_takes_no_more_time(
    app: Flask, as_bob: FlaskClient, alice: models.User, taught: models.Attempt, now: datetime
) -> None:
    with stored(app) as session:
        attempts.close(session, taught.id, now)
        untimed = start_attempt(session, alice, "small-calm", now)

    for attempt in (taught, untimed):
        assert Page(as_bob.get(address(attempt))).all("input", name="minutes") == []


def test_what_a_learner_typed_never_runs(
    app: Flask, as_bob: FlaskClient, alice: models.User, taught: models.Attempt
) -> None:
    with stored(app) as session:
        session.get_one(models.User, alice.id).name = "<script>alert(1)</script>"

    for path in (address(taught), "/supervision/attempts"):
        assert "<script>alert" not in as_bob.get(path).text


@pytest.mark.parametrize("end", ["", "/time-changes"])
def test_the_attempts_of_others_are_not_there(
    as_alice: FlaskClient,
    as_bob: FlaskClient,
    taught: models.Attempt,
    attempt: models.Attempt,
    end: str,
) -> None:
    for browser, which in ((as_alice, taught), (as_bob, attempt)):
        assert browser.get(f"{address(which)}{end}").status_code in (404, 405)
    assert as_bob.get(f"{address(attempt)}").status_code == 404
