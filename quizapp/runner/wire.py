"""Jobs, outcomes and states as lines of JSON between the processes."""

import json
from dataclasses import asdict
from typing import Any

from quizapp.domain.programs.jobs import CaseInput, Claim, Job, Outcome
from quizapp.runner.states import RunnerState

LONGEST_LINE = 8 << 20
"""Bytes of a request."""


def line(message: dict[str, Any]) -> bytes:
    """``message`` as one line."""
    return json.dumps(message).encode() + b"\n"


def job_data(job: Job) -> dict[str, Any]:
    """``job`` as JSON."""
    return asdict(job)


def job_of(data: dict[str, Any]) -> Job:
    """The job that ``data`` was made of."""
    cases = tuple(CaseInput(**case) for case in data["cases"])
    return Job(**{**data, "cases": cases})


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """``outcome`` as JSON; its claims are a list, as keys of JSON are texts."""
    claims = [[place, vars(claim)] for place, claim in outcome.claims.items()]
    return {**vars(outcome), "claims": claims}


def outcome_of(data: dict[str, Any]) -> Outcome:
    """The outcome that ``data`` was made of."""
    claims = {place: Claim(**claim) for place, claim in data["claims"]}
    return Outcome(**{**data, "claims": claims})


def state_data(state: RunnerState) -> dict[str, Any]:
    """``state`` as JSON."""
    return asdict(state)


def state_of(data: dict[str, Any]) -> RunnerState:
    """The state that ``data`` was made of."""
    return RunnerState(**{**data, "walls": tuple(data["walls"])})
