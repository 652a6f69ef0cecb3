"""What a guest is asked to run, and what it claims in return: plain data that travels as JSON.

No expected value is in a job, so none can reach a learner's program. What comes back is a claim,
made by an interpreter that the learner's program shares; a verdict is made of it elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

Language: TypeAlias = Literal["python", "sql"]
Library: TypeAlias = Literal["numpy", "pandas"]
LIBRARIES: tuple[Library, ...] = get_args(Library)

LONGEST_SOURCE = 64 * 1024
"""Bytes of a program in UTF-8."""
LONGEST_OUTPUT = 512 * 1024
"""Bytes that a guest may write in one job; then it is stopped."""
LONGEST_SHOWN_OUTPUT = 20_000
"""Characters of what a program prints that are kept to be shown."""
MOST_ROWS = 5_000
"""Rows of a query's result."""

ClaimStatus: TypeAlias = Literal["returned", "runtime_error", "bad_result", "memory_limit"]
JobStatus: TypeAlias = Literal[
    "ran",
    "compile_error",
    "runtime_error",
    "time_limit",
    "memory_limit",
    "output_limit",
    "crashed",
    "protocol_violation",
    "too_long",
]


@dataclass(frozen=True)
class CaseInput:
    """One case of a test without what it expects.

    Python: ``setup`` are statements that run after the program, in a namespace of their own that
    knows what the program defines; ``call`` is the expression whose value is claimed.
    SQL: ``setup`` are statements that run on an empty database before the program; ``call`` is a
    query that runs after it, or empty where the program is itself the query.
    """

    setup: str
    call: str


@dataclass(frozen=True)
class Job:
    """One group of cases over one program, run in a fresh guest that is closed afterwards."""

    language: Language
    source: str
    name: str
    """The function or class that the program must define; empty for SQL."""
    cases: tuple[CaseInput, ...]
    seconds: float
    """The time limit of the whole group."""
    library: Library | None = None
    """What is imported before the clock starts; pandas brings NumPy along."""
    shows_output: bool = False
    """Whether what the program prints is wanted."""


@dataclass(frozen=True)
class Claim:
    """What a guest says of one case.

    ``value`` is the value of ``call`` in the encoding of ``domain.programs.values``, None unless
    the status is "returned". ``message`` names the error with the program's own lines; ``output``
    is what was printed during the case; ``milliseconds`` are measured by the guest itself. All
    three are the program's word, for its author's eyes alone.
    """

    status: ClaimStatus
    value: Any = None
    message: str = ""
    output: str = ""
    milliseconds: float | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a job: "ran" when the guest came to its end, whatever it then claimed.

    ``claims`` are by the place of the case, from 0; one may be missing, which is no pass.
    ``message`` and ``output`` are of what happened before the first case; ``milliseconds`` are the
    host's.
    """

    status: JobStatus
    claims: Mapping[int, Claim]
    message: str = ""
    output: str = ""
    milliseconds: float = 0.0
