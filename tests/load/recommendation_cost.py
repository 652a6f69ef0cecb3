"""Benchmark: what recommendations for one learner with 5,000 answers cost. Budget: 5 ms CPU.

    .venv/bin/python -m tests.load.recommendation_cost

Over the real banks in a temporary SQLite file: from stored beliefs and answers to the four reasons,
as the overview asks for them, in one process. 1 when the median is over the budget.
"""

import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import event, func, select

from quizapp.db import db, models
from quizapp.services import pools, recommendations, skills, taxonomies
from tests.load import filling, server
from tests.load.learners import School

BUDGET_MILLISECONDS = 5.0
ROUNDS = 200


def main() -> int:
    """Prints the CPU time, and how often the database was asked."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'cost.sqlite'}"
        school = School(server.settings(url, folder))
        user_id = filling.fill(school, url, 1).first_id
        with school.app.app_context():
            return measured(user_id)


def measured(user_id: int) -> int:
    """What it takes once the process knows the pool and the taxonomy."""
    user = db.session.get_one(models.User, user_id)
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    advise(user)
    statements.clear()
    advise(user)
    queries = len(statements)
    spent = [_milliseconds(user) for _ in range(ROUNDS)]
    answers = db.session.scalar(
        select(func.count())
        .select_from(models.Response)
        .join(models.Attempt)
        .where(models.Attempt.user_id == user_id, models.Response.score.is_not(None))
    )
    print(f"{answers} answers, {queries} queries, load {os.getloadavg()[0]:.1f}")
    fast, *_, slow = quantiles(spent, n=10)
    print(f"CPU {median(spent):.2f} ms of {BUDGET_MILLISECONDS}; tenths {fast:.2f} and {slow:.2f}")
    return int(median(spent) > BUDGET_MILLISECONDS)


def advise(user: models.User) -> recommendations.Advice:
    """What the overview asks for."""
    now, taxonomy = datetime.now(UTC), taxonomies.current(db.session)
    seen, pool = skills.outlook(db.session, user.id, now), pools.items(db.session)
    return recommendations.advice(db.session, taxonomy, seen, pool, user, now)


def _milliseconds(user: models.User) -> float:
    began = time.process_time()
    advise(user)
    return 1_000 * (time.process_time() - began)


if __name__ == "__main__":
    sys.exit(main())
