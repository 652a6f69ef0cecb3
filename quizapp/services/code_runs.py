"""Trying a program before it is handed in: on the tests that its learner may see, and for no score.

What is run is what is stored. A run outlives its request: its report is stored when it is there.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

from sqlalchemy import and_, bindparam, case, column, select, text, update
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.base import UtcDateTime
from quizapp.domain.errors import ConflictError, NotFoundError
from quizapp.domain.interactions import CodeEntry
from quizapp.domain.programs.verdicts import Verdict
from quizapp.domain.question_types.code import Code
from quizapp.runner.errors import RunnerBusyError, RunnerUnavailableError
from quizapp.services import programs, question_pages, run_allowances, runner_state
from quizapp.services.clocks import clock_of
from quizapp.services.programs import RunsJobs
from quizapp.services.responses import AttemptPausedError
from quizapp.services.run_allowances import Taken

LOST_AFTER = timedelta(seconds=30)
"""A run without a report for so long is lost, as its process may be gone; unless its tests may take
longer on a busy machine.
"""
BUSY_FACTOR = 4
"""How many times its limit a group may take on a busy machine."""

KEPT = "Your code is saved and counts without a run."
NO_SUCH_QUESTION = "There is no such question in your attempts."
WAITS = "Its verdict waits for a server that has it."

RunState: TypeAlias = Literal["running", "finished", "lost"]


@dataclass(frozen=True)
class Started:
    """A run that is under way, and all that it needs."""

    attempt_id: int
    position: int
    number: int
    user_id: int
    question: Code
    source: str
    taken: Taken


@dataclass(frozen=True)
class Report:
    """What a run came to: a verdict on the groups that its learner may see, or ``trouble``, a
    sentence on why there is none; if that was our fault, the run does not
    count among those of its minute.
    """

    verdict: Verdict | None = None
    trouble: str = ""
    is_fault_of_ours: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain data that ``from_json`` reads as the same."""
        return {"verdict": self.verdict and self.verdict.to_json(), "trouble": self.trouble}

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "Report":
        """The report in what is stored."""
        return Report(Verdict.from_json(stored.get("verdict")), str(stored.get("trouble", "")))


@dataclass(frozen=True)
class Run:
    """The latest run of one answer; ``report`` is there when it is finished."""

    number: int
    state: RunState
    source_digest: str
    report: Report

    def is_of(self, source: str) -> bool:
        """True when that program was run."""
        return self.source_digest == digest(source)


@dataclass(frozen=True)
class Latest:
    """The latest run of an answer, if any, and how many its learner has left this minute."""

    run: Run | None
    runs_left: int


class RunnerNotReadyError(ConflictError):
    """No program can be run now; the message says why."""


def why_not(session: Session, library: str | None = None) -> str:
    """Why no program that imports ``library`` can be run now, a sentence for learners; "" where
    one can.
    """
    state = runner_state.of(session)
    if state.status == "ready" and runner_state.runnable(session).has(library):
        return ""
    if state.status == "ready":
        return f"The code runner of this server lacks {library}. {KEPT} {WAITS}"
    if state.status == "off":
        return f"The code runner is off: {state.reason} {KEPT}"
    return f"{state.progress} {KEPT}"


def begin(
    session: Session, user_id: int, attempt_id: int, position: int, limit: int, now: datetime
) -> Started:
    """One of the person's ``limit`` runs a minute is used, for the program as it is stored; where
    nothing is, for what the page shows.

    Raises NotFoundError, AttemptClosedError, AttemptPausedError, StageClosedError, ConflictError
    for an answer that is final, RunnerNotReadyError, RunLimitError.
    """
    page = question_pages.question_page(session, user_id, attempt_id, position, now)
    question, interaction = page.item.question, page.interaction
    if not isinstance(question, Code) or not isinstance(interaction, CodeEntry):
        raise NotFoundError("There is no code to run in this question.")
    if page.given.checked_at is not None:
        raise ConflictError("You have seen what is right here, so this answer is final.")
    if why := why_not(session, question.library):
        raise RunnerNotReadyError(why)
    source = str(interaction.state(page.given.value)["text"])
    taken = run_allowances.take(session, user_id, limit, now)
    place = {"attempt_id": attempt_id, "position": position}
    number = session.execute(_BEGIN, {**place, "digest": digest(source), "now": now}).scalar_one()
    return Started(attempt_id, position, number, user_id, question, source, taken)


def report(runner: RunsJobs, started: Started) -> Report:
    """What became of the program; takes as long as the runner needs, and asks no database."""
    try:
        found = programs.verdict_of(
            runner,
            started.question,
            started.source,
            f"learner {started.user_id}",
            is_urgent=True,
            groups="visible",
        )
    except RunnerBusyError as error:  # to give it back would feed the flood that it comes from
        return Report(trouble=f"{error} {KEPT}")
    except RunnerUnavailableError as error:
        return Report(trouble=f"{error} {KEPT}", is_fault_of_ours=True)
    return Report(found)


def finish(session: Session, started: Started, found: Report, now: datetime) -> None:
    """The run has that report, unless a later one has begun; what was our fault is given back."""
    if found.is_fault_of_ours:
        run_allowances.give_back(session, started.user_id, started.taken.began_at)
    run = models.CodeRun
    is_there = (
        run.attempt_id == started.attempt_id,
        run.position == started.position,
        run.number == started.number,
        run.finished_at.is_(None),
    )
    not_before = case((run.started_at > now, run.started_at), else_=now)  # the clock was set back
    values = {"finished_at": not_before, "report": found.to_json()}
    session.execute(update(run).where(*is_there).values(values))


def latest(
    session: Session,
    user_id: int,
    attempt_id: int,
    position: int,
    limit: int,
    now: datetime,
    patience: timedelta = LOST_AFTER,
) -> Latest:
    """The latest run of the person's answer; without a report after ``patience`` it is lost.

    Raises NotFoundError, and AttemptPausedError during a pause, in which nothing is to be read.
    """
    place = {"user_id": user_id, "attempt_id": attempt_id, "position": position}
    row = session.execute(_LATEST, place).one_or_none()
    if row is None:
        raise NotFoundError(NO_SUCH_QUESTION)
    run: models.CodeRun | None = row[0]
    if clock_of(row[2]).is_paused(now):
        raise AttemptPausedError("This attempt is paused.")
    found = None if run is None else _run(run, now, patience)
    return Latest(found, run_allowances.left(row[1], limit, now))


def digest(source: str) -> str:
    """What tells programs apart: SHA-256, in hexadecimal."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()


def patience_with(question: Code) -> timedelta:
    """How long a run of that question is waited for."""
    visible = sum(group.visible for group in question.groups)
    return max(LOST_AFTER, timedelta(seconds=10 + visible * BUSY_FACTOR * question.seconds))


def _run(row: models.CodeRun, now: datetime, patience: timedelta) -> Run:
    state: RunState = "finished"
    if row.finished_at is None:
        state = "running" if now - row.started_at < patience else "lost"
    return Run(row.number, state, row.source_digest, Report.from_json(row.report or {}))


_BEGIN = (
    text(
        """
        INSERT INTO code_run (attempt_id, position, number, source_digest, started_at)
        VALUES (:attempt_id, :position, 1, :digest, :now)
        ON CONFLICT (attempt_id, position) DO UPDATE SET
            number = code_run.number + 1, source_digest = excluded.source_digest,
            started_at = excluded.started_at, finished_at = NULL, report = NULL
        RETURNING number
        """
    )
    .bindparams(bindparam("now", type_=UtcDateTime()))
    .columns(column("number"))
)
_LATEST = (
    select(models.CodeRun, models.RunAllowance, models.Attempt)
    .select_from(models.Response)
    .join(
        models.Attempt,
        and_(
            models.Attempt.id == models.Response.attempt_id,
            models.Attempt.user_id == bindparam("user_id"),
        ),
    )
    .outerjoin(
        models.CodeRun,
        and_(
            models.CodeRun.attempt_id == models.Response.attempt_id,
            models.CodeRun.position == models.Response.position,
        ),
    )
    .outerjoin(models.RunAllowance, models.RunAllowance.user_id == bindparam("user_id"))
    .where(
        models.Response.attempt_id == bindparam("attempt_id"),
        models.Response.position == bindparam("position"),
    )
    .execution_options(populate_existing=True)
)
