"""A question for code, and a runner that is ready for it."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from quizapp.db import db
from quizapp.domain.errors import QuizError
from quizapp.domain.items import Item
from quizapp.domain.programs.jobs import Job, Outcome
from quizapp.domain.question_types.code import Code
from quizapp.runner.states import RunnerState
from quizapp.services import banks, grading_queue, programs, runner_state, verdicts
from quizapp.services.verdicts import Found
from tests.factories import make_item
from tests.trusted_runner import TrustedRunner

SKILL = "coding.data.joins"
READY = RunnerState("ready", engine="light", workers=1)
RIGHT = """def longest_run(items):
    seen, best, start = {}, 0, 0
    for place, item in enumerate(items):
        start = max(start, seen.get(item, -1) + 1)
        seen[item] = place
        best = max(best, place - start + 1)
    return best
"""
WRONG = RIGHT.replace("return best", "return best if items else None")
"""It fails the second example, and one of the hidden groups."""
STARTER = "def longest_run(items):\n    ...\n"
LONGEST_RUN: dict[str, Any] = {
    "type": "code",
    "skills": [SKILL],
    "points": 2,
    "stem": "Write `longest_run(items)`, which returns the length of the longest contiguous part of"
    " `items` in which no value occurs twice.",
    "function": "longest_run",
    "starter": STARTER,
    "groups": [
        {
            "name": "Examples",
            "visible": True,
            "cases": [
                {"call": "longest_run([3, 1, 4, 1, 5])", "gives": "3"},
                {"call": "longest_run([])", "gives": "0"},
            ],
        },
        {
            "name": "Repeated values",
            "cases": [
                {"call": "longest_run([2, 2, 2])", "gives": "1"},
                {"call": "longest_run('abba')", "gives": "2"},
            ],
        },
        {"name": "Nothing at all", "cases": [{"call": "longest_run(())", "gives": "0"}]},
    ],
    "solution": RIGHT,
    "wrong_solutions": [
        {"why": "Gives None where there is nothing.", "source": WRONG},
        {
            "why": "Counts different values.",
            "source": "def longest_run(items):\n    return len(set(items))\n",
        },
    ],
}


def make_code(slug: str = "longest-run", **fields: Any) -> Item:
    """A question for code with two visible cases and three hidden ones, but for ``fields``."""
    return make_item(slug, **{**LONGEST_RUN, **fields})


class ReadyRunner(TrustedRunner):
    """It is as ``now`` says, and refuses with ``trouble``, if there is any."""

    def __init__(self) -> None:
        super().__init__()
        self.now = READY
        self.trouble: QuizError | None = None

    def state(self) -> RunnerState:
        return self.now

    def run(self, job: Job, owner: str, *, is_urgent: bool) -> Outcome:
        if self.trouble is not None:
            raise self.trouble
        return super().run(job, owner, is_urgent=is_urgent)


def use_runner(app: Flask, now: RunnerState = READY) -> ReadyRunner:
    """Programs of the app are run by the runner that this returns."""
    runner = ReadyRunner()
    runner.now = now
    with app.app_context():
        runner_state.use(db.engine, runner)
    return runner


def grade_waiting(session: Session, attempt_id: int, now: datetime) -> None:
    """A grader has run every program of that attempt."""
    for job in grading_queue.claim(session, now, timedelta(minutes=1), most=1_000):
        if job.attempt_id != attempt_id:
            continue
        question = banks.item_of(session, job.content_hash, job.draw).question
        assert isinstance(question, Code)
        runner = TrustedRunner()
        found = programs.verdict_of(runner, question, job.source, "grader", is_urgent=False)
        groups = found.to_json()["groups"]
        verdicts.settle(session, job, Found(found.score, groups, "a test"), now)
