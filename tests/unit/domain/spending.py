"""How long something takes, whatever else the machine does."""

import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds, the best of three: now and then Python tidies up after other tests."""
    spent = []
    for _ in range(3):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)
