"""Sleeping for programs under libfaketime, whose own refuses it: Python finds this at its start.

As long as libfaketime leaves the monotonic clock alone, it gets the end of ``time.sleep`` wrong,
which is told by that clock (clock_nanosleep with TIMER_ABSTIME), and the system says EINVAL.
"""

import select
import time
from typing import SupportsIndex


def _sleep(seconds: float | SupportsIndex, /) -> None:
    select.select((), (), (), float(seconds))


time.sleep = _sleep
