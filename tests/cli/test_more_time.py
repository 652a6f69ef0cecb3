"""More time for all who sit a quiz, by command."""

from datetime import UTC, datetime, timedelta

from click.testing import Result
from flask import Flask

from quizapp.db import models
from tests.factories import MINUTE, find_person, rows, start_attempt, stored, take_attempt


def run(app: Flask, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["attempts", "add-time", *options])


def test_all_timed_attempts_that_run_end_later(app: Flask) -> None:
    begun, day = datetime.now(UTC), timedelta(days=1)
    alice, charlie = find_person(app, "alice"), find_person(app, "charlie")
    with stored(app) as session:
        take_attempt(session, charlie, "coding", begun - day)
        start_attempt(session, alice, "math-screen", begun)
        start_attempt(session, alice, "math-whole", begun - day)
        start_attempt(session, charlie, "ml", begun).ends_at = None

    said = run(app, "7", "--by", "admin@example.org", "--reason", "A power cut")

    assert said.output == "2 attempts end 7 minutes later\n"
    assert {each.reason for each in rows(app, models.TimeChange)} == {"A power cut"}
    overdue, running = sorted(each.new_ends_at or begun for each in rows(app, models.TimeChange))
    assert running == begun + 17 * MINUTE
    assert begun + 7 * MINUTE <= overdue < begun + 8 * MINUTE


def test_an_instructor_gives_time_at_their_own_quizzes_alone(app: Flask) -> None:
    with stored(app) as session:
        start_attempt(session, find_person(app, "alice"), "math-screen", datetime.now(UTC))

    assert run(app, "7", "--by", "Bob@example.org").output == "0 attempts end 7 minutes later\n"


def test_a_learner_gives_no_time(app: Flask) -> None:
    said = run(app, "7", "--by", "alice@example.org")

    assert said.exit_code == 1
    assert "Error: alice@example.org is no instructor or administrator." in said.output
