import os
import time


def solve(xs):
    while True:
        os.urandom(1 << 26)
        for _ in range(10_000):
            time.time_ns()
            time.monotonic_ns()
        if hasattr(os, "sched_yield"):
            os.sched_yield()
