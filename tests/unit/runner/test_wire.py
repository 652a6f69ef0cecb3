"""What travels between the processes arrives as it was, and nothing else is taken."""

import json
from dataclasses import replace
from typing import Any

import pytest

from quizapp.domain.programs.jobs import CaseInput, Claim, Job, Outcome
from quizapp.runner import wire
from quizapp.runner.states import RunnerState

JOB = Job("python", "x = 1", "x", (CaseInput("y = 2", "x + y"),), 2.0, "numpy", shows_output=True)
REQUEST = {"ask": "run", "job": wire.job_data(JOB), "owner": "alice", "is_urgent": True}


def test_a_job_arrives_as_it_was() -> None:
    asked = wire.request_of(wire.line(REQUEST))

    assert asked == wire.RunRequest(JOB, "alice", is_urgent=True)


def test_an_outcome_arrives_as_it_was() -> None:
    claims = {0: Claim("returned", [1, "\ud800"], "", "out", 1.5), 2: Claim("bad_result")}
    outcome = Outcome("ran", claims, "message", "output", 12.0)

    assert wire.outcome_of(json.loads(json.dumps(wire.outcome_data(outcome)))) == outcome


def test_a_state_arrives_as_it_was() -> None:
    state = RunnerState("ready", engine="full", walls=("wasm", "seccomp"), libraries=("numpy",))

    assert wire.state_of(json.loads(json.dumps(wire.state_data(state)))) == state


@pytest.mark.parametrize(
    "changed",
    [
        {"seconds": "2"},
        {"seconds": 0},
        {"seconds": 1e9},
        {"seconds": float("nan")},
        {"source": None},
        {"name": 5},
        {"language": "perl"},
        {"library": "os"},
        {"shows_output": 1},
        {"cases": [{"setup": "", "call": 1}]},
        {"cases": [{"setup": ""}]},
        {"cases": [{"setup": "", "call": ""}] * 1_000},
        {"more": 1},
    ],
)
def test_a_job_that_nobody_asks_for_is_refused(changed: dict[str, Any]) -> None:
    request = {**REQUEST, "job": {**wire.job_data(JOB), **changed}}

    with pytest.raises(ValueError, match="no "):
        wire.request_of(wire.line(request))


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b'"state"', b'{"ask": "run"}'])
def test_what_is_no_request_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"no request|Expecting value"):
        wire.request_of(data)


def test_every_field_of_a_job_travels() -> None:
    other = replace(JOB, language="sql", library=None, shows_output=False, seconds=1)

    assert wire.job_of(wire.job_data(other) | {"cases": wire.job_data(other)["cases"]}) == other
