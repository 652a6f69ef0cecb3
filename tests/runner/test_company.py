"""Honest programs are graded rightly while hostile ones run beside them."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from quizapp.runner.client import Runner
from tests.runner.attacking import Attack, Canaries, attacks, canaries, ending_of, is_next_one_right

HOSTILE, PROGRAMS, HONEST = 4, 6, 12


def too_far(runner: Runner, chosen: Sequence[Attack], laid: Canaries, owner: str) -> list[str]:
    """Those that ended as they may not; being stopped in a crowd is always allowed."""
    endings = [(each, ending_of(runner, each, laid, owner)[0]) for each in chosen]
    return [
        f"{attack.name}: {status}"
        for attack, status in endings
        if status not in attack.allowed | {"time_limit"}
    ]


def test_honest_programs_are_right_in_bad_company(runner: Runner, tmp_path: Path) -> None:
    rng, known = random.Random(7), list(attacks())
    with canaries(tmp_path) as laid, ThreadPoolExecutor(HOSTILE) as crowd:
        running = [
            crowd.submit(too_far, runner, rng.sample(known, PROGRAMS), laid, f"mallory {number}")
            for number in range(HOSTILE)
        ]

        assert all(is_next_one_right(runner) for _ in range(HONEST))
        assert [attack for each in running for attack in each.result()] == []
