"""How the runner of programs is, by what it said last."""

from dataclasses import replace

from flask import Flask

from quizapp.runner.states import RunnerState
from quizapp.services import runner_state
from quizapp.services.runner_state import KEPT_SECONDS, SILENT_SECONDS
from tests.factories import stored
from tests.trial_runs import READY, use_runner

SILENT = RunnerState("off", reason="The code runner is not running.", is_reached=False)
OFF = RunnerState("off", reason="This system has no walls.")


def test_a_runner_that_is_silent_for_a_moment_is_being_started(app: Flask) -> None:
    runner = use_runner(app, READY)
    with stored(app) as session:
        runner_state.of(session, lambda: 0.0)
        runner.now = SILENT

        assert runner_state.of(session, lambda: 1_000.0).status == "getting ready"
        assert runner_state.of(session, lambda: 999.0 + SILENT_SECONDS).status == "getting ready"
        assert runner_state.of(session, lambda: 1_001.0 + SILENT_SECONDS) == SILENT


def test_what_is_not_there_yet_is_being_started(app: Flask) -> None:
    use_runner(app, SILENT)
    with stored(app) as session:
        assert runner_state.of(session).status == "getting ready"
        assert runner_state.runnable(session).has("numpy")


def test_a_runner_that_starts_again_knows_no_more_than_before(app: Flask) -> None:
    runner = use_runner(app, replace(READY, libraries=()))
    with stored(app) as session:
        runner_state.of(session, lambda: 0.0)
        runner.now = SILENT

        assert runner_state.of(session, lambda: KEPT_SECONDS).libraries == ()


def test_a_runner_that_says_it_is_off_is_off_at_once(app: Flask) -> None:
    use_runner(app, OFF)
    with stored(app) as session:
        assert runner_state.of(session, lambda: 0.0) == OFF


def test_a_runner_that_answers_again_is_as_it_says(app: Flask) -> None:
    runner = use_runner(app, SILENT)
    with stored(app) as session:
        runner_state.of(session, lambda: 0.0)
        runner.now = READY

        assert runner_state.of(session, lambda: KEPT_SECONDS) == READY


def test_a_light_runner_that_is_silent_is_taken_for_light(app: Flask) -> None:
    runner = use_runner(app, RunnerState("ready", libraries=()))
    with stored(app) as session:
        runner_state.of(session, lambda: 0.0)
        runner.now = SILENT

        assert runner_state.of(session, lambda: 1_000.0).libraries == ()


def test_what_can_be_run_is_as_the_runner_says(app: Flask) -> None:
    use_runner(app, RunnerState("ready", libraries=("numpy",)))
    with stored(app) as session:
        runnable = runner_state.runnable(session)

    assert [runnable.has(each) for each in (None, "numpy", "pandas")] == [True, True, False]
