"""Everybody at once: 500 starts in one second, and a deadline at which all hand in.

    python -m tests.load.storm [--database sqlite|postgresql] [--starts N] [--finishes N]

Nobody waits for the others: each request has its own connection. Some starts are clicked twice,
and three in ten finishes are sent again. What the database holds afterwards is checked.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from quizapp.db import db, models
from tests.load import operations, server
from tests.load.budgets import FINISHES_P99_MS, STARTS_P99_MS, within
from tests.load.client import Address, Arrival, Sample, open_loop
from tests.load.learners import QUESTIONS, Crowd, School, Sitting

STARTS = 500
FINISHES = {"sqlite": 1_000, "postgresql": 3_000}
SECONDS = 1.0
REPEATED_SHARE = 0.3


def starts(address: Address, school: School, crowd: Crowd, csrf_token: str) -> str:
    """What a crowd that starts in one second found, as a line of text."""
    sample = _storm(
        address, [partial(operations.start, cookie, csrf_token) for cookie in crowd.cookies]
    )
    with school.app.app_context():
        of_crowd = models.Attempt.user_id.between(crowd.ids[0], crowd.ids[-1])
        owners = Counter(db.session.scalars(select(models.Attempt.user_id).where(of_crowd)))
        db.session.rollback()
    is_right = len(owners) == len(crowd) and set(owners.values()) == {1}
    return _line("Starts", sample, len(crowd), STARTS_P99_MS, "one attempt each", is_right)


def finishes(address: Address, school: School, sitting: Sitting, csrf_token: str) -> str:
    """What a crowd that hands in within one second found, as a line of text."""
    pairs = zip(sitting.attempt_ids, sitting.crowd.cookies, strict=True)
    sample = _storm(address, [partial(operations.finish, *pair, csrf_token) for pair in pairs])
    is_right = _are_graded_once(school, sitting)
    count = len(sitting.crowd)
    return _line("Finishes", sample, count, FINISHES_P99_MS, "graded once each", is_right)


def _storm(address: Address, makers: Sequence[Callable[[], bytes]]) -> Sample:
    """All of ``makers`` within a second, in any order, some of them twice."""
    rng = Random(3)
    repeated = rng.sample(makers, round(REPEATED_SHARE * len(makers)))
    arrivals = [Arrival(rng.uniform(0, SECONDS), "storm", make) for make in (*makers, *repeated)]
    arrivals.sort(key=lambda arrival: arrival.at)
    loop = open_loop(address, arrivals, connections=len(arrivals), expected={"storm": 302})
    return asyncio.run(loop)["storm"]


def _are_graded_once(school: School, sitting: Sitting) -> bool:
    """Each attempt has ended, with one note of readiness, and its answers were counted once."""
    first, last = sitting.attempt_ids[0], sitting.attempt_ids[-1]
    ids = sitting.crowd.ids
    belief = models.SkillBelief
    ended = select(func.count()).where(
        models.Attempt.id.between(first, last),
        models.Attempt.finished_at.is_not(None),
        models.Attempt.points.is_not(None),
    )
    noted = select(func.count()).where(models.ReadinessRecord.attempt_id.between(first, last))
    learnt = select(func.count()).where(
        belief.user_id.between(ids[0], ids[-1]),
        belief.node == "",
        func.round(belief.wins + belief.fails) == QUESTIONS,
    )
    with school.app.app_context():
        counts = [db.session.scalar(query) for query in (ended, noted, learnt)]
        db.session.rollback()
    return counts == [len(sitting.crowd)] * len(counts)


def _line(name: str, sample: Sample, people: int, limit: float, claim: str, is_right: bool) -> str:
    p50, p99, worst = (sample.milliseconds(share) for share in (0.5, 0.99, 1.0))
    verdict = within(p99, limit) if is_right and not sample.errors else "FAILED"
    truth = claim if is_right else f"NOT {claim}"
    return (
        f"{name}: {people:,} people and {sample.count:,} requests in one second; p50 {p50:.0f}, "
        f"p99 {p99:.0f}, max {worst:.0f} ms; {sample.failures} server errors, {sample.errors} "
        f"other than expected; {truth}   {verdict}"
    )


def both(place: server.Server, school: School, count_starts: int, count_finishes: int) -> str:
    """Both storms on a running server, as lines of text."""
    token = school.csrf_token()
    started = starts(place.address, school, school.enrol(count_starts), token)
    sitting = school.seat(school.enrol(count_finishes), is_answered=True)
    return f"{started}\n{finishes(place.address, school, sitting, token)}"


def main(arguments: Sequence[str]) -> int:
    """Prints what both storms found; 1 when one of them is over its budget."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--starts", type=int, default=STARTS, metavar="N")
    parser.add_argument("--finishes", type=int, metavar="N")
    wanted = parser.parse_args(arguments)
    count_finishes = wanted.finishes or FINISHES[wanted.database]
    with tempfile.TemporaryDirectory() as name, server.database(wanted.database, Path(name)) as url:
        config = server.settings(url, Path(name))
        school = School(config)
        with server.serving(config) as place:
            report = both(place, school, wanted.starts, count_finishes)
    print(report)
    return int("OVER" in report or "FAILED" in report)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
