"""Runs of programs go on outside of the request that began them: see decision 26."""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import BoundedSemaphore

from flask import Flask, current_app

from quizapp.db.transaction import transaction
from quizapp.services import code_runs
from quizapp.services.code_runs import Report, Started
from quizapp.services.programs import RunsJobs
from quizapp.web import signing_in

THREADS = 32
"""Runs that this process hands to the runner at once. They only wait there, and the runner is fair
among the people that it knows of: few of them would let some learners hold up all others."""
PATIENCE_SECONDS = 0.4
"""How long a request waits for its run: most take a tenth of that."""

_waiting = BoundedSemaphore(1)
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="code-run")
"""Begins no thread before the first run, so each process of the server has its own."""


def hand_over(runner: RunsJobs, started: Started) -> None:
    """The run is under way, and perhaps finished. One request of this process at a time waits for
    its run, and not for long: so another thread always answers.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    _wait_a_little(_threads.submit(_work, app, runner, started))


def _wait_a_little(run: Future[None]) -> None:
    if not _waiting.acquire(blocking=False):
        return
    try:
        wait([run], PATIENCE_SECONDS)
    finally:
        _waiting.release()


def _work(app: Flask, runner: RunsJobs, started: Started) -> None:
    """The run has its report; where that cannot be stored, pages soon say that it is lost."""
    with app.app_context():
        try:
            report = _report(runner, started)
            with transaction() as session:
                code_runs.finish(session, started, report, signing_in.now())
        except Exception:
            current_app.logger.exception("a run could not be stored")


def _report(runner: RunsJobs, started: Started) -> Report:
    try:
        return code_runs.report(runner, started)
    except Exception:
        current_app.logger.exception("a run failed")
        return Report(trouble="The run failed on our side. Run it again.", is_fault_of_ours=True)
