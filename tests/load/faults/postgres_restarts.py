"""PostgreSQL crashes and recovers in the middle of an exam."""

import time
from pathlib import Path
from random import Random

from tests.load.faults import aftermath, clients, exam, postgres_cluster, server
from tests.load.faults.clients import Crowd
from tests.load.faults.postgres_cluster import Cluster
from tests.load.faults.verdicts import HOPELESS_SECONDS, Verdict, skip, within

FAULT = "PostgreSQL immediate restart"
BUDGET_SECONDS = 5.0


def run(folder: Path, learners: int, restarts: int) -> list[Verdict]:
    """So many restarts at random moments while learners save."""
    if not postgres_cluster.is_possible():
        return [skip(FAULT, "PostgreSQL's initdb and pg_ctl are not on this machine")]
    with postgres_cluster.running() as cluster:
        made = exam.make(cluster.url, folder, learners)
        with (
            server.running(cluster.url, folder) as target,
            clients.saving(target.port, made.seats) as crowd,
        ):
            crowd.wait_until_all_save(time.monotonic(), HOPELESS_SECONDS)
            rng = Random(7)
            times = [_restart(cluster, crowd, rng) for _ in range(restarts)]
        checked = aftermath.inspect(FAULT, made, crowd)
    return [*checked, within(FAULT, "all save again in 5 s", times, BUDGET_SECONDS)]


def _restart(cluster: Cluster, crowd: Crowd, rng: Random) -> float:
    """Seconds from the crash until every client had a save acknowledged again."""
    time.sleep(rng.uniform(0, 0.5))
    began = time.monotonic()
    cluster.restart_at_once()
    recovered = time.monotonic()
    waited = crowd.wait_until_all_save(recovered, HOPELESS_SECONDS)
    return recovered - began + (HOPELESS_SECONDS if waited is None else waited)
