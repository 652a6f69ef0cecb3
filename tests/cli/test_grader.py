"""What graders make of programs, and of what befalls those that run them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from quizapp.cli.grader import MOST_TRIES, Readiness, judge_with
from quizapp.db import models
from quizapp.domain.programs.jobs import Job as Program
from quizapp.domain.programs.jobs import Outcome
from quizapp.runner.client import Runner, RunnerUnavailableError
from quizapp.services.grading_queue import Job
from tests.factories import MINUTE, NOW, make_bank, make_item, stored
from tests.programs import claim_one, make_double, take_programs
from tests.trusted_runner import TrustedRunner

CHECKED = {"checker": "def check(got, gives):\n    return got == gives\n"}
QUIZ = {"id": "programs", "title": "Programs", "questions": 2, "fixed_order": True}


class Failing(TrustedRunner):
    """The process of whatever defines ``name`` ends before it does."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def run(self, job: Program, owner: str, *, is_urgent: bool) -> Outcome:
        if job.name == self.name:
            return Outcome("crashed", {})
        return super().run(job, owner, is_urgent=is_urgent)


@pytest.mark.parametrize(("name", "fields"), [("double", {}), ("check", CHECKED)])
def test_a_process_that_ends_early_is_no_verdict_at_once(
    app: Flask, alice: models.User, name: str, fields: dict[str, Any]
) -> None:
    with stored(app) as session:
        items = [make_double("double-1", **fields), make_item("choice")]
        make_bank(session, items, "programs", quizzes=[QUIZ])
        take_programs(session, alice)
        job = claim_one(session, NOW + 5 * MINUTE)
    assert job is not None

    assert _found(app, Failing("nothing"), job) == 1.0
    with pytest.raises(RunnerUnavailableError):
        _found(app, Failing(name), job)
    assert _found(app, Failing(name), replace(job, tries=MOST_TRIES)) == 0.0


def _found(app: Flask, runner: TrustedRunner, job: Job) -> float:
    judge = judge_with(runner, Readiness(Runner(Path("nowhere")), is_patient=True))
    with app.app_context():
        return judge(job).score
