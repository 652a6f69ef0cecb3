"""A class hands in code at the same moment: how long it takes to grade, and who is kept waiting.

    python -m tests.load.grading [--database sqlite|postgresql] [--learners N] [--saves N]

Each learner hands in two programs, of Python, NumPy and SQL, within one second. Others save answers
meanwhile, at a steady rate, whatever the server does.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any, NamedTuple

from sqlalchemy import func, select, update

from quizapp.config import Config
from quizapp.db import db, models
from quizapp.db.transaction import transaction
from quizapp.domain.question_types.code import Code
from quizapp.runner.client import Runner
from quizapp.services import attempts, quizzes
from tests.factories import make_bank, make_item
from tests.load import operations, server
from tests.load.budgets import GRADING_SECONDS, SAVES_WHILE_GRADING_P99_MS, within
from tests.load.client import Address, Arrival, Sample, open_loop
from tests.load.learners import Crowd, School
from tests.programs import make_double
from tests.runners import CACHE
from tests.trial_runs import use_runner

LEARNERS, SAVERS, SAVES_A_SECOND = 300, 100, 30.0
WARM_UP_SAVES = 90
RUSH_SECONDS = 5.0
"""In which the class hands in: a storm of its own, which ``storm`` measures."""
READY_SECONDS = 300
PATIENCE_SECONDS = 600
RIGHT_SHARE = 2 / 3


SOFTMAX: dict[str, Any] = {
    "type": "code",
    "stem": "Write `softmax(x)`.",
    "library": "numpy",
    "function": "softmax",
    "groups": [
        {
            "name": "Sums",
            "visible": True,
            "cases": [{"call": "float(softmax(np.arange(3.0)).sum())", "gives": 1.0}],
        },
        {
            "name": "Large numbers",
            "cases": [{"call": "float(softmax(np.full(4, 1e3))[0])", "gives": 0.25}],
        },
    ],
    "solution": "import numpy as np\n\ndef softmax(x):\n    e = np.exp(x - x.max())\n"
    "    return e / e.sum()\n",
    "wrong_solutions": [
        {
            "why": "Overflows.",
            "source": "import numpy as np\n\ndef softmax(x):\n    e = np.exp(x)\n"
            "    return e / e.sum()\n",
        },
        {"why": "Is no softmax.", "source": "def softmax(x):\n    return x / x.sum()\n"},
    ],
}
COUNTS: dict[str, Any] = {
    "type": "code",
    "stem": "How many rows has each `n`?",
    "language": "sql",
    "tables": "CREATE TABLE t (n TEXT, x INTEGER);",
    "groups": [
        {
            "name": "Example",
            "visible": True,
            "cases": [{"setup": "INSERT INTO t VALUES ('a', 1), ('a', 2);", "gives": "[('a', 2)]"}],
        },
        {
            "name": "Others",
            "cases": [
                {
                    "setup": "INSERT INTO t VALUES ('b', 1), ('a', 2);",
                    "gives": "[('a', 1), ('b', 1)]",
                }
            ],
        },
    ],
    "solution": "SELECT n, count(*) FROM t GROUP BY n",
    "wrong_solutions": [
        {"why": "Does not group.", "source": "SELECT n, 2 FROM t LIMIT 1"},
        {"why": "Counts nothing.", "source": "SELECT n FROM t"},
    ],
}


class Class(NamedTuple):
    """Learners who are about to hand in, and the score that each of their programs deserves."""

    crowd: Crowd
    attempt_ids: Sequence[int]
    deserved: dict[tuple[int, int], bool]


def seat_class(school: School, learners: int) -> Class:
    """Each learner has answered two coding questions of three."""
    crowd, rng = school.enrol(learners), Random(5)
    ids: list[int] = []
    deserved: dict[tuple[int, int], bool] = {}
    use_runner(school.app)  # else no code is asked; what runs the programs starts later
    with school.app.app_context(), transaction() as stored:
        items = [make_double(), make_item("softmax", **SOFTMAX), make_item("counts", **COUNTS)]
        quiz = {"id": "code", "title": "Code", "questions": 2, "minutes": 60}
        make_bank(stored, items, "code", quizzes=[quiz])
        for user_id in crowd.ids:
            found = quizzes.find(stored, "code")
            attempt = quizzes.start(stored, user_id, found, datetime.now(UTC), rng)
            stored.flush()
            ids.append(attempt.id)
            deserved |= _answer(stored, attempt.id, rng)
    return Class(crowd, ids, deserved)


def _answer(stored: Any, attempt_id: int, rng: Random) -> dict[tuple[int, int], bool]:
    response = models.Response
    rows = stored.scalars(select(response).where(response.attempt_id == attempt_id)).all()
    deserved = {}
    for row in rows:
        question = attempts.item_of(row).question
        assert isinstance(question, Code)
        is_right = rng.random() < RIGHT_SHARE
        wrong = rng.choice(question.wrong_solutions).source
        given = {
            "value": question.solution if is_right else wrong,
            "saved_at": datetime.now(UTC),
            "save_count": 1,
        }
        place = (response.attempt_id == attempt_id, response.position == row.position)
        stored.execute(update(response).where(*place).values(given))
        deserved[attempt_id, row.position] = is_right
    return deserved


class Watch:
    """Looks on until every program has its verdict, for ten minutes at most."""

    def __init__(self, school: School, programs: int) -> None:
        self._school, self._programs = school, programs
        self.began, self.seconds = time.perf_counter(), float(PATIENCE_SECONDS)
        self.is_over = Event()
        Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while time.perf_counter() < self.began + PATIENCE_SECONDS:
            with self._school.app.app_context():
                done = db.session.scalar(select(func.count()).select_from(models.Verdict))
            if done == self._programs:
                self.seconds = time.perf_counter() - self.began
                break
            time.sleep(0.25)
        self.is_over.set()


def hand_in(
    address: Address, school: School, taken: Class, csrf_token: str, saves: float
) -> tuple[dict[str, Sample], float]:
    """What the class and the savers were answered, and the seconds until all was graded."""
    sitting = school.seat(school.enrol(SAVERS))
    made, rng = operations.Saves(sitting, csrf_token, Random(9)), Random(3)
    pairs = zip(taken.attempt_ids, taken.crowd.cookies, strict=True)
    finishes = [
        Arrival(rng.uniform(0, 1), "finish", partial(operations.finish, *pair, csrf_token))
        for pair in pairs
    ]
    warm_up = (Arrival(number / saves, "save", made.next) for number in range(WARM_UP_SAVES))
    asyncio.run(open_loop(address, warm_up, connections=SAVERS, expected={"save": 200}))
    watch = Watch(school, len(taken.deserved))

    def arrivals() -> Iterator[Arrival]:
        waiting = sorted(finishes, key=lambda arrival: arrival.at)
        for number in count():
            at = number / saves
            while waiting and waiting[0].at <= at:
                yield waiting.pop(0)
            if watch.is_over.is_set() and not waiting:
                return
            yield Arrival(at, "save" if at > RUSH_SECONDS else "rush", made.next)

    expected = {"save": 200, "rush": 200, "finish": 302}
    loop = open_loop(address, arrivals(), connections=len(finishes) + SAVERS, expected=expected)
    return asyncio.run(loop), watch.seconds


def report(school: School, taken: Class, samples: dict[str, Sample], seconds: float) -> str:
    """What came of it, as lines of text."""
    with school.app.app_context():
        rows = db.session.scalars(select(models.Verdict)).all()
        found = {(row.attempt_id, row.position): row.score == 1 for row in rows}
    wrong = [place for place, is_right in taken.deserved.items() if found.get(place) != is_right]
    truth = "each as it deserves" if not wrong else f"{len(wrong)} NOT as they deserve: FAILED"
    p99 = samples["save"].milliseconds(0.99)
    is_well = not samples["save"].errors
    return (
        f"Grading: {len(found)} of {len(taken.deserved)} programs of {len(taken.crowd)} learners "
        f"in {seconds:.0f} s; {truth}   {within(seconds, GRADING_SECONDS)}\n"
        f"  finishes: {_told(samples['finish'])}\n"
        f"  saves of others in these {RUSH_SECONDS:.0f} s: {_told(samples['rush'])}\n"
        f"  saves of others while code is graded: {_told(samples['save'])}   "
        f"{within(p99, SAVES_WHILE_GRADING_P99_MS) if is_well else 'FAILED'}"
    )


def _told(sample: Sample) -> str:
    p50, p99, worst = (sample.milliseconds(share) for share in (0.5, 0.99, 1.0))
    return (
        f"{sample.count}, p50 {p50:.0f}, p99 {p99:.0f}, max {worst:.0f} ms, {sample.errors} errors"
    )


def wait_until_ready(config: Config) -> None:
    """The code runner of that server runs programs."""
    until = time.monotonic() + READY_SECONDS
    while (state := Runner(config.runner_socket).state()).status != "ready":
        if time.monotonic() > until:
            raise SystemExit(f"The code runner is not ready: {state}")
        time.sleep(0.2)


def main(arguments: Sequence[str]) -> int:
    """Prints what was found; 1 when a budget is exceeded, or a program graded wrongly."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--learners", type=int, default=LEARNERS, metavar="N")
    parser.add_argument("--saves", type=float, default=SAVES_A_SECOND, metavar="N", help="a second")
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name, server.database(wanted.database, Path(name)) as url:
        config = server.settings(url, Path(name), runner="auto", runner_cache=CACHE)
        school = School(config)
        taken = seat_class(school, wanted.learners)
        with server.serving(config) as place:
            wait_until_ready(config)
            token = school.csrf_token()
            samples, seconds = hand_in(place.address, school, taken, token, wanted.saves)
        said = report(school, taken, samples, seconds)
    print(said)
    return int("OVER" in said or "FAILED" in said)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
