"""Jobs, outcomes and states as lines of JSON between the processes."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from quizapp.domain.programs.jobs import CaseInput, Claim, Job, Language, Library, Outcome
from quizapp.runner.states import RunnerState

LONGEST_LINE = 8 << 20
"""Bytes of a request."""
MOST_CASES = 200
LONGEST_SECONDS = 60


@dataclass(frozen=True)
class RunRequest:
    """A client wants a program to be run."""

    job: Job
    owner: str
    is_urgent: bool


def request_of(data: bytes) -> RunRequest | Literal["state"]:
    """What a client wants. Raises ValueError for what no client of ours asks."""
    try:
        request = json.loads(data)
    except RecursionError:
        raise ValueError("no request: too deep") from None
    if request == {"ask": "state"}:
        return "state"
    _check(isinstance(request, dict))
    try:
        job, owner, is_urgent = job_of(request["job"]), request["owner"], request["is_urgent"]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no request: {error!r}") from None
    _check(isinstance(owner, str) and isinstance(is_urgent, bool))
    return RunRequest(job, owner, is_urgent)


def line(message: dict[str, Any]) -> bytes:
    """``message`` as one line."""
    return json.dumps(message).encode() + b"\n"


def job_data(job: Job) -> dict[str, Any]:
    """``job`` as JSON."""
    return asdict(job)


def job_of(data: dict[str, Any]) -> Job:
    """The job that ``data`` was made of. Raises ValueError for one that nobody may ask for, and
    KeyError or TypeError for what is no job."""
    cases = tuple(CaseInput(**case) for case in data["cases"])
    job = Job(**{**data, "cases": cases})
    texts = [job.source, job.name, *(text for case in cases for text in (case.setup, case.call))]
    _check(all(isinstance(text, str) for text in texts))
    _check(job.language in get_args(Language))
    _check(job.library is None or job.library in get_args(Library))
    _check(type(job.seconds) in (int, float) and 0 < job.seconds <= LONGEST_SECONDS)
    _check(len(cases) <= MOST_CASES and isinstance(job.shows_output, bool))
    return job


def _check(is_right: bool) -> None:  # noqa: FBT001 - the question itself
    if not is_right:
        raise ValueError("no request that is answered")


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
    lists = {name: tuple(data[name]) for name in ("walls", "libraries")}
    return RunnerState(**{**data, **lists})
