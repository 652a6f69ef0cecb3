"""A steady exam, open loop: each taker saves, loads pages and asks for the clock by and by."""

import asyncio
import gc
import time
from collections.abc import Iterator
from random import Random

from tests.load import operations, processes
from tests.load.budgets import EXAM_P99_MS, within
from tests.load.client import Address, Arrival, Sample, open_loop
from tests.load.learners import Sitting
from tests.load.server import Server

SECONDS_BETWEEN = {"save": 20.0, "page": 60.0, "clock": 16.2}
"""What each taker does, and how long after the last time, in the mean.

A page asks for the clock when it has heard nothing for 11 s. Saves and pages come every 15 s in the
mean, as a Poisson process does, so it asks 1 / (exp(11 / 15) - 1) times in each 15 s.
"""

WARM_UP_SECONDS = 3.0


def sit(
    server: Server, sitting: Sitting, csrf_token: str, *, seconds: float, has_clock: bool
) -> str:
    """What the exam found, as lines of text."""
    rng = Random(7)
    saves = operations.Saves(sitting, csrf_token, rng)
    kinds = [name for name in SECONDS_BETWEEN if name != "clock" or has_clock]
    makers = {
        "save": saves.next,
        "page": lambda: operations.page(sitting, rng),
        "clock": lambda: operations.clock(sitting, rng),
    }

    def arrivals(duration: float) -> Iterator[Arrival]:
        """Poisson: whenever the last one came, the next is as likely at once as later."""
        rates = [len(sitting.crowd) / SECONDS_BETWEEN[name] for name in kinds]
        at = rng.expovariate(sum(rates))
        while at < duration:
            name = rng.choices(kinds, rates)[0]
            yield Arrival(at, name, makers[name])
            at += rng.expovariate(sum(rates))

    expected = dict.fromkeys(kinds, 200)
    count = len(sitting.crowd)
    _load(server.address, arrivals(WARM_UP_SECONDS), count, expected)
    before, busy = processes.cpu_seconds(server.pids), processes.busy_seconds()
    began = time.perf_counter()
    samples = _load(server.address, arrivals(seconds), count, expected)
    elapsed = time.perf_counter() - began
    cores = (processes.cpu_seconds(server.pids) - before) / elapsed
    machine = (processes.busy_seconds() - busy) / elapsed
    return "\n".join(
        [
            f"Steady exam: {len(sitting.crowd):,} takers, {seconds:.0f} s, answered in "
            f"{elapsed:.0f} s; the server took {cores:.2f} cores, all together {machine:.2f}",
            *(_line(name, sample, seconds) for name, sample in samples.items()),
        ]
    )


def _load(
    address: Address, arrivals: Iterator[Arrival], takers: int, expected: dict[str, int]
) -> dict[str, Sample]:
    """Each taker's browser keeps a connection open."""
    loop = open_loop(address, arrivals, connections=takers, expected=expected)
    gc.collect()
    gc.disable()  # with so many connections, one collection holds every answer up for 0.1 s
    try:
        return asyncio.run(loop)
    finally:
        gc.enable()


def _line(name: str, sample: Sample, seconds: float) -> str:
    p50, p95, p99, worst = (sample.milliseconds(share) for share in (0.5, 0.95, 0.99, 1.0))
    verdict = within(p99, EXAM_P99_MS) if not sample.errors else f"{sample.errors} ERRORS"
    return (
        f"  {name:9} {sample.count / seconds:7.0f} a second  p50 {p50:7.1f}  p95 {p95:7.1f}  "
        f"p99 {p99:7.1f}  max {worst:7.1f} ms   {verdict}"
    )
