"""Trying programs: what a run takes from request to report, and whether one learner slows others.

    python -m tests.load.runs [--seconds S]

A learner runs programs of Python, SQL and NumPy one after the other. Then others save answers, turn
pages and run programs at a steady rate, first alone, then beside a learner whose script runs an
endless loop twenty times a second, with the highest limit of runs a minute that can be set.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import count, cycle, repeat
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.db import models
from quizapp.db.transaction import transaction
from quizapp.domain.question_types.code import Code
from quizapp.services import attempts, quizzes
from tests.factories import make_bank, make_item
from tests.load import operations, server
from tests.load.budgets import FLOODED_P95_SHARE, RUN_P50_MS, within
from tests.load.client import Address, Arrival, Sample, closed_loop, open_loop, post
from tests.load.grading import COUNTS, SOFTMAX, wait_until_ready
from tests.load.learners import School
from tests.programs import make_double
from tests.runners import CACHE
from tests.trial_runs import use_runner

RUNS, SECONDS, SAVERS = 60, 30.0, 100
SAVES_A_SECOND, PAGES_A_SECOND, RUNS_A_SECOND, FLOOD_A_SECOND = 20.0, 5.0, 2.0, 20.0
MOST_RUNS_A_MINUTE = 600
ENDLESS = "def double(x):\n    while True:\n        pass\n"


class Coder(NamedTuple):
    """A learner with an open attempt at programs, and where in it each kind of program stands."""

    cookie: str
    attempt_id: int
    positions: dict[str, int]

    def run(self, name: str, csrf_token: str) -> bytes:
        """The tests of that program, please."""
        path = f"/attempts/{self.attempt_id}/runs/{self.positions[name]}"
        return post(path, self.cookie, {"csrf_token": csrf_token})


def seat_coders(school: School, count: int) -> list[Coder]:
    """Each has answered all three questions rightly; the last one loops for ever in Python."""
    crowd, coders = school.enrol(count), []
    use_runner(school.app)  # else no code is asked
    with school.app.app_context(), transaction() as stored:
        items = [make_double(), make_item("numpy", **SOFTMAX), make_item("sql", **COUNTS)]
        quiz = {"id": "code", "title": "Code", "questions": 3, "minutes": 60}
        make_bank(stored, items, "code", quizzes=[quiz])
        for user_id, cookie in zip(crowd.ids, crowd.cookies, strict=True):
            found = quizzes.find(stored, "code")
            attempt = quizzes.start(stored, user_id, found, datetime.now(UTC), Random(user_id))
            stored.flush()
            coders.append(Coder(cookie, attempt.id, _answer(stored, attempt.id)))
    with school.app.app_context(), transaction() as stored:
        last = coders[-1]
        of_row = models.Response.attempt_id == last.attempt_id
        place = models.Response.position == last.positions["python"]
        stored.execute(update(models.Response).where(of_row, place).values(value=ENDLESS))
    return coders


def _answer(stored: Session, attempt_id: int) -> dict[str, int]:
    """All questions are answered rightly; where each kind of program stands."""
    positions: dict[str, int] = {}
    rows = select(models.Response).where(models.Response.attempt_id == attempt_id)
    for row in stored.scalars(rows):
        question = attempts.item_of(row).question
        assert isinstance(question, Code)
        positions[question.library or question.language] = row.position
        row.value, row.save_count = question.solution, 1
    return positions


def latencies(address: Address, coder: Coder, csrf_token: str) -> Iterator[str]:
    """How long a run takes, by the kind of its program."""
    for name in ("python", "sql", "numpy"):
        make = partial(coder.run, name, csrf_token)
        for times in (5, RUNS):  # the first ones warm up
            asked = repeat(make(), times)
            loop = closed_loop(address, asked, clients=1, seconds=60.0, expected=200)
            sample = asyncio.run(loop)
        p50 = sample.milliseconds(0.5)
        verdict = "FAILED" if sample.errors else within(p50, RUN_P50_MS[name])
        yield f"Run, {name}: {_told(sample)}   {verdict}"


def life(
    address: Address, school: School, coders: Sequence[Coder], csrf_token: str, seconds: float
) -> dict[str, Sample]:
    """What others are answered meanwhile, at a steady rate."""
    sitting = school.seat(school.enrol(SAVERS))
    saves, rng = operations.Saves(sitting, csrf_token, Random(9)), Random(3)
    turns = cycle([partial(each.run, "python", csrf_token) for each in coders])
    makers: Mapping[str, tuple[float, Callable[[], bytes]]] = {
        "save": (SAVES_A_SECOND, saves.next),
        "page": (PAGES_A_SECOND, partial(operations.page, sitting, rng)),
        "run": (RUNS_A_SECOND, lambda: next(turns)()),
    }
    arrivals = [
        Arrival(number / rate, name, make)
        for name, (rate, make) in makers.items()
        for number in range(int(rate * seconds))
    ]
    arrivals.sort(key=lambda arrival: arrival.at)
    loop = open_loop(address, arrivals, connections=SAVERS, expected=dict.fromkeys(makers, 200))
    return asyncio.run(loop)


@contextmanager
def flooded(address: Address, coder: Coder, csrf_token: str) -> Iterator[Sample]:
    """Meanwhile ``coder`` runs an endless loop, FLOOD_A_SECOND times a second."""
    flood, is_over = Sample(), Event()

    def requests() -> Iterator[Arrival]:
        for number in count():
            if is_over.is_set():
                return
            yield Arrival(number / FLOOD_A_SECOND, "run", partial(coder.run, "python", csrf_token))

    def work() -> None:
        loop = open_loop(address, requests(), connections=4, expected={"run": 202})
        flood.statuses.update(asyncio.run(loop)["run"].statuses)

    thread = Thread(target=work)
    thread.start()
    try:
        yield flood
    finally:
        is_over.set()
        thread.join()


def compared(alone: dict[str, Sample], beside: dict[str, Sample], flood: Sample) -> Iterator[str]:
    """The others with and without the flood."""
    yield f"Flood: {flood.count} requests for a run of an endless loop: {dict(flood.statuses)}"
    for name, sample in beside.items():
        before, after = alone[name].milliseconds(0.95), sample.milliseconds(0.95)
        verdict = "FAILED" if sample.failures else within(after / before, FLOODED_P95_SHARE)
        yield f"  {name} of others, alone:  {_told(alone[name])}"
        yield f"  {name} of others, beside: {_told(sample)}, p95 × {after / before:.2f}   {verdict}"


def _told(sample: Sample) -> str:
    p50, p95, worst = (sample.milliseconds(share) for share in (0.5, 0.95, 1.0))
    return f"{sample.count}, p50 {p50:.0f}, p95 {p95:.0f}, max {worst:.0f} ms, " + (
        f"{sample.errors} not as expected"
    )


def main(arguments: Sequence[str]) -> int:
    """Prints what was found; 1 when a budget is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=SECONDS, metavar="S")
    seconds = parser.parse_args(arguments).seconds
    with tempfile.TemporaryDirectory() as name, server.database("sqlite", Path(name)) as url:
        config = server.settings(
            url, Path(name), runner="full", runner_cache=CACHE, runs_per_minute=MOST_RUNS_A_MINUTE
        )
        school = School(config)
        *others, flooder = seat_coders(school, 11)
        with server.serving(config) as place:
            wait_until_ready(config)
            token = school.csrf_token()
            said = [*latencies(place.address, others[0], token)]
            alone = life(place.address, school, others, token, seconds)
            with flooded(place.address, flooder, token) as flood:
                beside = life(place.address, school, others, token, seconds)
            said += compared(alone, beside, flood)
    report = "\n".join(said)
    print(report)
    return int("OVER" in report or "FAILED" in report)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
