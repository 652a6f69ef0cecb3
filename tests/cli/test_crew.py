"""A crew of graders: each program once, whatever becomes of the runner and of the database."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

import pytest
from flask import Flask
from sqlalchemy import update

from quizapp.cli import crew
from quizapp.cli.closing import clock_of
from quizapp.cli.crew import Crew, Judge
from quizapp.db import models
from quizapp.domain.errors import QuizError
from quizapp.runner.client import RunnerUnavailableError
from quizapp.services import grading_queue, invariants
from quizapp.services.grading_queue import Job
from quizapp.services.verdicts import Found
from tests.essays import totals
from tests.factories import GRACE, locked_by_another_program, make_person, rows, stored
from tests.programs import ALL, RIGHT, WRONG, take_programs

PATIENCE_SECONDS = 20


@pytest.fixture
def waiting(app: Flask, alice: models.User) -> Flask:
    """Six programs of two learners wait."""
    with stored(app) as session:
        for learner in (alice, make_person(session, "dora")):
            take_programs(session, learner, [RIGHT, WRONG, RIGHT])
    return app


def judged(job: Job) -> Found:
    return Found(float(job.source == RIGHT), [], "a test")


def grade_once(app: Flask, judge: Judge = judged, threads: int = 2) -> None:
    Crew(app, judge, threads).work(lambda: True, is_once=True)


@contextmanager
def working(app: Flask, judge: Judge, threads: int = 2) -> Iterator[Crew]:
    """A crew at work beside the test, which it ends."""
    at_work = Crew(app, judge, threads)
    thread = Thread(target=at_work.work, args=(lambda: True,))
    thread.start()
    try:
        yield at_work
    finally:
        at_work.stop()
        thread.join(PATIENCE_SECONDS)


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


def breaches(app: Flask) -> list[str]:
    with stored(app) as session:
        return invariants.breaches(session, clock_of(app).now(), GRACE)


def test_all_that_waits_is_graded_each_by_its_program(waiting: Flask) -> None:
    grade_once(waiting)

    assert [row.score for row in rows(waiting, models.Verdict)] == [1.0, 0.0, 1.0] * 2
    assert [totals(each) for each in rows(waiting, models.Attempt)] == [(5.0, 7.0, 0, 0.0)] * 2
    assert breaches(waiting) == []


def test_what_waits_for_a_runner_waits_unclaimed(waiting: Flask) -> None:
    at_work = Crew(waiting, judged, 2)
    thread = Thread(target=at_work.work, args=(lambda: False,))
    thread.start()
    time.sleep(0.2)
    at_work.stop()
    thread.join(PATIENCE_SECONDS)

    assert {row.tries for row in rows(waiting, models.GradingJob)} == {0}


@pytest.mark.parametrize("error", [RunnerUnavailableError("It is away."), ZeroDivisionError()])
def test_our_own_fault_is_nobodys_zero(waiting: Flask, error: Exception) -> None:
    def fail(job: Job) -> Found:
        raise error

    grade_once(waiting, fail)

    assert rows(waiting, models.Verdict) == []
    assert [row.awaiting_count for row in rows(waiting, models.Attempt)] == [3, 3]
    assert {(row.claim, row.tries) for row in rows(waiting, models.GradingJob)} == {(None, 1)}
    assert breaches(waiting) == []


def test_one_program_that_cannot_be_graded_keeps_up_no_other(waiting: Flask) -> None:
    def fail_once(job: Job) -> Found:
        if (job.attempt_id, job.position) == first:
            raise ZeroDivisionError
        return judged(job)

    first = next((row.attempt_id, row.position) for row in rows(waiting, models.GradingJob))
    grade_once(waiting, fail_once)

    assert [(row.attempt_id, row.position) for row in rows(waiting, models.GradingJob)] == [first]


def test_a_long_run_keeps_its_claim(waiting: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "LEASE", crew.LEASE / 10)
    monkeypatch.setattr(crew, "IDLE_SECONDS", 0.05)
    runs: list[Job] = []
    lock = Lock()

    def take_long(job: Job) -> Found:
        with lock:
            runs.append(job)
        time.sleep(1.5 if len(runs) <= 2 else 0)
        return judged(job)

    with working(waiting, take_long), working(waiting, take_long):
        wait_until(lambda: not rows(waiting, models.GradingJob))

    assert len(runs) == 6
    assert breaches(waiting) == []


def test_a_crew_that_ends_gives_back_what_it_has_not_done(
    waiting: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "LAST_SECONDS", 0.1)
    begun, go_on = Event(), Event()

    def hang(job: Job) -> Found:
        begun.set()
        go_on.wait(PATIENCE_SECONDS)
        return ALL

    with working(waiting, hang):
        begun.wait(PATIENCE_SECONDS)
    assert {row.claim for row in rows(waiting, models.GradingJob)} == {None}
    go_on.set()
    grade_once(waiting)

    assert [row.score for row in rows(waiting, models.Verdict)] == [1.0, 0.0, 1.0] * 2
    assert breaches(waiting) == []


def test_a_crew_gives_up_when_a_run_never_ends(
    waiting: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "HOPELESS_SECONDS", 0.2)
    go_on = Event()

    def hang(job: Job) -> Found:
        go_on.wait(PATIENCE_SECONDS)
        raise RunnerUnavailableError("It has ended.")

    with pytest.raises(QuizError, match="hangs"):
        grade_once(waiting, hang)

    go_on.set()
    wait_until(lambda: {row.claim for row in rows(waiting, models.GradingJob)} == {None})


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_a_database_that_is_busy_is_waited_for(waiting: Flask) -> None:
    begun = Event()

    def tell(job: Job) -> Found:
        begun.set()
        return judged(job)

    with working(waiting, tell, threads=6):
        begun.wait(PATIENCE_SECONDS)
        with locked_by_another_program(waiting):
            time.sleep(3)
        wait_until(lambda: not rows(waiting, models.GradingJob))

    assert [row.score for row in rows(waiting, models.Verdict)] == [1.0, 0.0, 1.0] * 2
    assert breaches(waiting) == []


def test_a_job_that_a_dead_grader_held_is_taken_over(waiting: Flask) -> None:
    now = clock_of(waiting).now()
    with stored(waiting) as session:
        grading_queue.claim(session, now, crew.LEASE, 6)
    grade_once(waiting)
    assert rows(waiting, models.Verdict) == []
    with stored(waiting) as session:
        ended = {"leased_until": now, "retry_at": now}
        session.execute(update(models.GradingJob).values(ended))

    grade_once(waiting)

    assert len(rows(waiting, models.Verdict)) == 6
