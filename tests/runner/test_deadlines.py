"""A guest that ends about when its time does, and the one after it."""

import time
from collections import Counter

from quizapp.domain.programs.jobs import CaseInput, Job, JobStatus
from quizapp.runner.client import Runner

SECONDS = 0.1
AMPLE_SECONDS = 5.0
STEP = 0.002
EASY = "x = sum(range(1000))"
SLEEPING = "import time\ntime.sleep({})"
BUSY = "import time\nend = time.process_time() + {}\nwhile time.process_time() < end: pass"


def ending(runner: Runner, source: str, seconds: float = SECONDS) -> JobStatus:
    job = Job("python", source, "", (CaseInput("", "1"),), seconds)
    return runner.run(job, "alice", is_urgent=True).status


def test_a_guest_is_not_stopped_in_place_of_the_one_before(runner: Runner) -> None:
    """The bell that stops a guest rings for its whole process."""
    endings: Counter[JobStatus] = Counter()
    for number in range(40):
        source = (SLEEPING if number % 2 else BUSY).format(SECONDS + (number - 25) * STEP)
        endings[ending(runner, source)] += 1

        assert ending(runner, EASY, AMPLE_SECONDS) == "ran"

    assert set(endings) <= {"ran", "time_limit"}


def test_a_guest_that_answers_no_exception_is_stopped(runner: Runner) -> None:
    began = time.monotonic()

    assert ending(runner, "while True:\n    try:\n        f()\n    except: pass") == "time_limit"
    assert time.monotonic() - began < 20
