"""Running the tests of a program, with and without a script."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.db import models
from quizapp.domain.programs.examples import VISITS
from quizapp.runner.preparing import COMPILING
from quizapp.runner.states import RunnerState
from tests.databases import on_every_kind
from tests.factories import MINUTE, make_bank, make_item, row_at, save, start_attempt, stored
from tests.trial_runs import RIGHT, WRONG, ReadyRunner, grade_waiting, make_code, use_runner
from tests.web.pages import JSON, Page, post

HOSTILE = """def longest_run(items):
    print("</pre><script>alert(1)</script>\\x1b[31m\\u202e")
    raise ValueError("<img src=x onerror=alert(1)>")
"""


@pytest.fixture
def runner(app: Flask) -> ReadyRunner:
    """What runs programs."""
    return use_runner(app)


@pytest.fixture
def coding(
    app: Flask,
    alice: models.User,
    now: datetime,
    runner: ReadyRunner,
) -> models.Attempt:
    """Alice's open attempt at a question for code."""
    with stored(app) as session:
        make_bank(session, [make_code()], "code-only")
        return start_attempt(session, alice, "code-only", now - MINUTE)


def question(attempt: models.Attempt) -> str:
    return f"/attempts/{attempt.id}/questions/1"


def runs(attempt: models.Attempt) -> str:
    return f"/attempts/{attempt.id}/runs/1"


def run_by_form(browser: FlaskClient, attempt: models.Attempt, code: str) -> str:
    """The page that a browser without scripts shows after the button was pressed."""
    answer = post(browser, f"/attempts/{attempt.id}/responses/1", {"code": code, "go": "run"})
    assert answer.location == f"{question(attempt)}#runs"
    return browser.get(question(attempt)).text


def run_by_script(browser: FlaskClient, attempt: models.Attempt) -> Any:
    """What the server says once the run is finished."""
    answer = post(browser, runs(attempt), headers=JSON)
    for _ in range(100):
        if answer.status_code != 202:
            break
        answer = browser.get(runs(attempt), headers=JSON)
    return answer.json


@on_every_kind
def test_without_a_script_the_answer_is_saved_then_run_then_shown(
    app: Flask, as_alice: FlaskClient, coding: models.Attempt
) -> None:
    page = run_by_form(as_alice, coding, WRONG)

    with stored(app) as session:
        attempt = session.get_one(models.Attempt, coding.id)
        assert row_at(session, attempt, 1).value == WRONG
    assert "expected <code>0</code>, got <code>None</code>" in page
    assert "3 hidden tests run when you finish" in page
    assert "9 runs left this minute" in page


@on_every_kind
def test_a_script_gets_the_report_and_what_to_say(
    app: Flask, as_alice: FlaskClient, coding: models.Attempt
) -> None:
    with stored(app) as session:
        save(session, session.get_one(models.Attempt, coding.id), 1, RIGHT, coding.started_at)

    told = run_by_script(as_alice, coding)

    assert (told["state"], told["words"]) == ("finished", "2 of 2 tests passed")
    assert told["runs_left"] == "9 runs left this minute"
    assert "longest_run([3, 1, 4, 1, 5])" in told["html"]


def test_whatever_a_program_prints_is_text(as_alice: FlaskClient, coding: models.Attempt) -> None:
    page = run_by_form(as_alice, coding, HOSTILE)

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "\x1b" not in page


def test_no_hidden_case_and_no_key_is_on_the_page(
    as_alice: FlaskClient, coding: models.Attempt
) -> None:
    page = run_by_form(as_alice, coding, WRONG)

    assert "abba" not in page
    assert "Nothing at all" not in page
    assert "seen.get(item, -1)" in page  # which was posted
    assert "Counts different values" not in page


def test_a_program_that_cannot_be_read_is_told_once(
    as_alice: FlaskClient, coding: models.Attempt
) -> None:
    page = run_by_form(as_alice, coding, "def longest_run(items:\n")

    assert page.count("Cannot be run") == 1


def test_results_of_other_code_say_so(
    app: Flask, as_alice: FlaskClient, coding: models.Attempt, now: datetime
) -> None:
    note = "data-stale-note>"
    assert note not in run_by_form(as_alice, coding, WRONG)

    with stored(app) as session:
        save(session, session.get_one(models.Attempt, coding.id), 1, RIGHT, now)

    assert note in as_alice.get(question(coding)).text


def test_when_the_minute_is_used_up_the_page_says_how_long_to_wait(
    as_alice: FlaskClient, coding: models.Attempt
) -> None:
    answers = [post(as_alice, runs(coding), headers=JSON) for _ in range(11)]

    assert answers[-1].status_code == 409
    assert "All runs of this minute are used." in answers[-1].text
    assert "No runs left this minute" in as_alice.get(question(coding)).text


def test_a_runner_that_is_not_ready_is_no_reason_not_to_answer(
    as_alice: FlaskClient, coding: models.Attempt, runner: ReadyRunner, app: Flask
) -> None:
    use_runner(app, RunnerState("getting ready", progress=COMPILING))

    page = run_by_form(as_alice, coding, RIGHT)

    assert f"<p>{COMPILING} Your code is saved" in page
    assert "10 runs left this minute" in page
    assert runner.jobs == []


def test_the_start_page_says_why_code_is_left_out(
    as_charlie: FlaskClient, coding: models.Attempt, app: Flask
) -> None:
    path, start = "/quizzes/code-only", ">Start</button>"
    before = as_charlie.get(path).text
    assert start in before
    assert "switched off" not in before

    use_runner(app, RunnerState("off", reason="It needs more memory."))

    after = as_charlie.get(path).text
    assert "Code questions are switched off: It needs more memory." in after
    assert "This quiz has no others." in after
    assert start not in after


def test_the_result_shows_a_verdict_for_each_group_and_no_hidden_case(
    app: Flask, as_alice: FlaskClient, coding: models.Attempt, now: datetime
) -> None:
    run_by_form(as_alice, coding, WRONG)
    post(as_alice, f"/attempts/{coding.id}/submission")
    waiting = Page(as_alice.get(f"/attempts/{coding.id}"))
    assert "This program is being checked." in waiting.text

    with stored(app) as session:
        grade_waiting(session, coding.id, now + MINUTE)

    page = as_alice.get(f"/attempts/{coding.id}").text
    assert "Repeated values" in page
    assert "passed, 2 of 2" in page
    assert "wrong result, 0 of 1" in page
    assert "being checked" not in page
    assert "abba" not in page


def test_the_record_keeps_every_space_of_a_program_and_says_how_it_was_tested(
    app: Flask, as_alice: FlaskClient, coding: models.Attempt, now: datetime
) -> None:
    run_by_form(as_alice, coding, WRONG)
    post(as_alice, f"/attempts/{coding.id}/submission")
    with stored(app) as session:
        grade_waiting(session, coding.id, now + MINUTE)

    record = as_alice.get(f"/attempts/{coding.id}/record").text

    assert "\n    seen, best, start = {}, 0, 0\n    for place" in record
    assert "Program of 7 lines" in record
    assert "Repeated values: 2 of 2" in record
    assert "the runner" in record


def test_others_cannot_tell_where_an_attempt_asks_for_code(
    app: Flask, alice: models.User, as_bob: FlaskClient, runner: ReadyRunner, now: datetime
) -> None:
    with stored(app) as session:
        items = [make_code(), make_item("choice")]
        quizzes = [{"id": "mixed", "title": "Mixed", "questions": 2, "fixed_order": True}]
        make_bank(session, items, "mixed", quizzes=quizzes)
        attempt = start_attempt(session, alice, "mixed", now - MINUTE)

    answers = [as_bob.get(f"/attempts/{attempt.id}/runs/{at}", headers=JSON) for at in (1, 2, 3)]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


def test_a_result_says_why_its_programs_wait(
    app: Flask, as_alice: FlaskClient, coding: models.Attempt
) -> None:
    run_by_form(as_alice, coding, WRONG)
    post(as_alice, f"/attempts/{coding.id}/submission")
    path = f"/attempts/{coding.id}"
    assert "checked later" not in as_alice.get(path).text

    use_runner(app, RunnerState("off", reason="It needs more memory."))

    page = as_alice.get(path).text
    assert "Programs that cannot be run now are checked later. It needs more memory." in page


def test_the_rows_of_a_query_are_shown_before_it_is_run(
    app: Flask, as_alice: FlaskClient, alice: models.User, now: datetime, runner: ReadyRunner
) -> None:
    with stored(app) as session:
        make_bank(session, [make_item("visits", type="code", **VISITS.fields)], "sql-only")
        attempt = start_attempt(session, alice, "sql-only", now - MINUTE)

    page = as_alice.get(question(attempt)).text

    assert 'aria-label="The tables of case 1"' in page
    assert page.count("INSERT INTO") == 1
