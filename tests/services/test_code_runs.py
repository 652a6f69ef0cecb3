"""Trying programs: what is run, how often, and what becomes of the report."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.domain.errors import ConflictError, NotFoundError, QuizError
from quizapp.domain.question_types.code import Code
from quizapp.runner.errors import RunnerBusyError, RunnerUnavailableError
from quizapp.runner.states import RunnerState
from quizapp.services import attempts, code_runs, pools, practice_sizes, quizzes, run_allowances
from quizapp.services.code_runs import Latest, Report, RunnerNotReadyError, Started
from quizapp.services.responses import AttemptPausedError
from quizapp.services.run_allowances import RunLimitError
from tests.factories import (
    NOW,
    in_parallel,
    make_bank,
    make_item,
    position_of,
    save,
    start_attempt,
)
from tests.trial_runs import RIGHT, STARTER, WRONG, ReadyRunner, make_code, use_runner

LIMIT = 3
SECOND = timedelta(seconds=1)


@pytest.fixture
def runner(app: Flask) -> ReadyRunner:
    """What runs programs."""
    return use_runner(app)


@pytest.fixture
def attempt(session: Session, alice: models.User, runner: ReadyRunner) -> models.Attempt:
    """Alice's open attempt at one question for code and one that is not."""
    make_bank(session, [make_code(), make_item("choice")])
    return start_attempt(session, alice, "small")


def place(session: Session, attempt: models.Attempt) -> int:
    return position_of(session, attempt, "longest-run")


def begin(session: Session, attempt: models.Attempt, now: datetime = NOW) -> Started:
    position = place(session, attempt)
    return code_runs.begin(session, attempt.user_id, attempt.id, position, LIMIT, now)


def latest(session: Session, attempt: models.Attempt, now: datetime = NOW) -> Latest:
    position = place(session, attempt)
    return code_runs.latest(session, attempt.user_id, attempt.id, position, LIMIT, now)


def test_what_is_stored_is_what_is_run_on_the_visible_cases(
    session: Session, attempt: models.Attempt, runner: ReadyRunner
) -> None:
    save(session, attempt, place(session, attempt), WRONG)

    started = begin(session, attempt)
    code_runs.finish(session, started, code_runs.report(runner, started), NOW + SECOND)

    run = latest(session, attempt).run
    assert run is not None
    assert run.state == "finished"
    assert run.is_of(WRONG)
    assert not run.is_of(RIGHT)
    assert run.report.verdict is not None
    (group,) = run.report.verdict.groups
    assert [(case.status, case.got) for case in group.cases] == [
        ("accepted", "3"),
        ("wrong_answer", "None"),
    ]
    ((_, owner, is_urgent),) = runner.jobs
    assert owner == f"learner {attempt.user_id}"
    assert is_urgent


def test_without_an_answer_the_starter_is_run(session: Session, attempt: models.Attempt) -> None:
    assert begin(session, attempt).source == STARTER


def test_a_run_changes_neither_answer_nor_score(
    session: Session, attempt: models.Attempt, runner: ReadyRunner
) -> None:
    started = begin(session, attempt)
    code_runs.finish(session, started, code_runs.report(runner, started), NOW)

    row = session.get_one(models.Response, (attempt.id, place(session, attempt)))
    assert (row.value, row.score, row.save_count) == (None, None, 0)


def test_a_minute_has_so_many_runs_and_the_next_one_has_them_again(
    session: Session, attempt: models.Attempt
) -> None:
    found = [begin(session, attempt, NOW + n * SECOND).taken.left for n in range(LIMIT)]

    assert found == [2, 1, 0]
    with pytest.raises(RunLimitError, match="run it in 50 seconds") as refusal:
        begin(session, attempt, NOW + 10 * SECOND)
    assert refusal.value.seconds == 50
    assert latest(session, attempt, NOW + 59 * SECOND).runs_left == 0
    assert latest(session, attempt, NOW + 60 * SECOND).runs_left == LIMIT
    assert begin(session, attempt, NOW + 60 * SECOND).taken.left == 2


def test_runs_at_once_never_exceed_the_allowance(app: Flask, alice: models.User) -> None:
    def take(session: Session) -> int:
        return run_allowances.take(session, alice.id, 2, NOW).left

    found = in_parallel(app, [take] * 4)

    assert sorted(each for each in found if isinstance(each, int)) == [0, 1]
    assert [type(each) for each in found if not isinstance(each, int)] == [RunLimitError] * 2


@pytest.mark.parametrize(
    ("error", "left"), [(RunnerUnavailableError, LIMIT), (RunnerBusyError, LIMIT - 1)]
)
def test_a_run_is_given_back_unless_earlier_ones_were_in_its_way(
    session: Session,
    attempt: models.Attempt,
    runner: ReadyRunner,
    error: type[QuizError],
    left: int,
) -> None:
    started = begin(session, attempt)
    runner.trouble = error("Too many programs wait.")

    code_runs.finish(session, started, code_runs.report(runner, started), NOW)

    found = latest(session, attempt)
    assert found.runs_left == left
    assert found.run is not None
    assert found.run.report.trouble == (
        "Too many programs wait. Your code is saved and counts without a run."
    )


def test_an_earlier_run_does_not_replace_a_later_one(
    session: Session, attempt: models.Attempt
) -> None:
    first, second = begin(session, attempt), begin(session, attempt)

    code_runs.finish(session, first, Report(trouble="first"), NOW)

    run = latest(session, attempt).run
    assert run is not None
    assert (run.number, run.state) == (second.number, "running")


def test_a_run_has_its_report_though_the_clock_was_set_back(
    session: Session, attempt: models.Attempt
) -> None:
    started = begin(session, attempt)

    code_runs.finish(session, started, Report(trouble="none"), NOW - SECOND)

    run = latest(session, attempt).run
    assert run is not None
    assert (run.state, run.report.trouble) == ("finished", "none")


def test_a_run_without_a_report_is_lost_after_a_while(
    session: Session, attempt: models.Attempt
) -> None:
    begin(session, attempt)

    states = [latest(session, attempt, NOW + n * SECOND).run for n in (0, 29, 30)]

    assert [run and run.state for run in states] == ["running", "running", "lost"]


def test_slow_tests_are_waited_for_as_long_as_a_busy_machine_may_take() -> None:
    quick, slow = make_code().question, make_code(time_limit=10).question
    assert isinstance(quick, Code)
    assert isinstance(slow, Code)

    found = [code_runs.patience_with(each) for each in (quick, slow)]

    assert found == [30 * SECOND, 50 * SECOND]


def test_nobody_else_can_run_it_or_see_a_run(
    session: Session, attempt: models.Attempt, charlie: models.User
) -> None:
    position = place(session, attempt)
    begin(session, attempt)

    for ask in (code_runs.begin, code_runs.latest):
        with pytest.raises(NotFoundError):
            ask(session, charlie.id, attempt.id, position, LIMIT, NOW)


def test_in_a_pause_nothing_is_run_or_read(session: Session, attempt: models.Attempt) -> None:
    begin(session, attempt)
    attempt.paused_at, attempt.pause_left_seconds = NOW, 60
    session.flush()

    for look in (begin, latest):
        with pytest.raises(AttemptPausedError):
            look(session, attempt, NOW + SECOND)


def test_what_is_no_code_or_is_finished_cannot_be_run(
    session: Session, attempt: models.Attempt
) -> None:
    other = position_of(session, attempt, "choice")
    with pytest.raises(NotFoundError):
        code_runs.begin(session, attempt.user_id, attempt.id, other, LIMIT, NOW)

    attempts.close(session, attempt.id, NOW)

    with pytest.raises(ConflictError):
        begin(session, attempt)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (RunnerState("off", reason="It was switched off."), "The code runner is off: It was"),
        (RunnerState("getting ready", progress="It compiles."), "^It compiles. Your code is saved"),
    ],
)
def test_a_runner_that_is_not_ready_costs_no_run(
    app: Flask, session: Session, attempt: models.Attempt, state: RunnerState, told: str
) -> None:
    use_runner(app, state)

    with pytest.raises(RunnerNotReadyError, match=told):
        begin(session, attempt)

    assert latest(session, attempt) == Latest(None, LIMIT)


def test_code_is_asked_only_while_programs_can_be_run(
    app: Flask, session: Session, alice: models.User
) -> None:
    make_bank(session, [make_code(), make_item("choice")])
    quiz = quizzes.find(session, "small")
    off = RunnerState("off", reason="It was switched off.")

    found = {}
    for state in (off, RunnerState("getting ready"), RunnerState("ready")):
        use_runner(app, state)
        offer = quizzes.offer(session, alice.id, quiz, NOW)
        found[state.status] = (offer.size.questions, offer.without_programs)

    assert found == {
        "off": (1, "Code questions are switched off: It was switched off."),
        "getting ready": (2, ""),
        "ready": (2, ""),
    }


def test_a_light_runner_leaves_out_what_needs_a_library(
    app: Flask, session: Session, alice: models.User
) -> None:
    make_bank(session, [make_code(), make_code("arrays", library="numpy"), make_item("choice")])
    quiz = quizzes.find(session, "small")

    found = []
    for libraries in (("numpy", "pandas"), ()):
        use_runner(app, RunnerState("ready", libraries=libraries))
        offer = quizzes.offer(session, alice.id, quiz, NOW)
        asked = practice_sizes.of_banks(session)["small"].items
        found.append((offer.size.questions, asked, offer.without_programs))

    why = "Some code questions are left out: the code runner of this server lacks numpy and pandas."
    assert found == [(3, 3, ""), (2, 2, why)]


def test_what_needs_a_library_waits_where_there_is_none(
    app: Flask, session: Session, alice: models.User
) -> None:
    use_runner(app)
    make_bank(session, [make_code(library="numpy")], "arrays")
    attempt = start_attempt(session, alice, "arrays", NOW)
    use_runner(app, RunnerState("ready", libraries=()))

    with pytest.raises(RunnerNotReadyError, match=r"lacks numpy\. Your code is saved"):
        begin(session, attempt)


def test_what_needs_no_runner_is_asked_without_one(session: Session, app: Flask) -> None:
    use_runner(app, RunnerState("off"))

    assert pools.supply(session).left_out == ()
