"""What each operation may cost, and whether it did."""

from collections.abc import Mapping
from typing import NamedTuple

POSTGRESQL_ALLOWANCE_MS = 0.8
"""What PostgreSQL may add to each request, its own CPU time included."""

PAGE_KILOBYTES = 30.0
PAGE_COMPRESSED_KILOBYTES = 6.0
WORKER_MEBIBYTES = 80.0
EXAM_P99_MS = 100.0
STARTS_P99_MS = 3_000.0
FINISHES_P99_MS = 5_000.0
GRADING_SECONDS = 120.0
"""Until the programs of 300 learners who hand in two each have their verdicts, on two cores."""
SAVES_WHILE_GRADING_P99_MS = 200.0
RUN_P50_MS = {"python": 60.0, "sql": 60.0, "numpy": 450.0}
"""From the request to the report of a run, on a quiet machine."""
FLOODED_P95_SHARE = 1.2
"""How much slower the slowest twentieth may be for others while one learner floods."""


class Budget(NamedTuple):
    """CPU milliseconds a request, and how often a bare Flask view in the same run; None: open."""

    milliseconds: float | None = None
    times_bare: float | None = None


BUDGETS: Mapping[str, Budget] = {
    "save": Budget(1.0, 7),
    "start": Budget(1.5, 12),
    "page": Budget(2.0, 18),
    "finish": Budget(2.0, 18),
    "review": Budget(2.5, 22),
    "history": Budget(2.0),
    "skills": Budget(2.5),
    "overview": Budget(),
    "readiness": Budget(4.0),
    "clock": Budget(),
}


def verdict(name: str, milliseconds: float, bare: float, database: str) -> str:
    """``ok``, or by how much the operation is over its budgets; blank where it has none."""
    budget = BUDGETS[name]
    allowance = POSTGRESQL_ALLOWANCE_MS if database == "postgresql" else 0.0
    shares = []
    if budget.milliseconds is not None:
        shares.append(milliseconds / (budget.milliseconds + allowance))
    if budget.times_bare is not None and bare > 0:
        shares.append(milliseconds / (budget.times_bare * bare + allowance))
    return within(max(shares), 1.0) if shares else ""


def within(value: float, limit: float) -> str:
    """``ok``, or how often the limit is exceeded."""
    return "ok" if value <= limit else f"OVER {value / limit:.2f} ×"
