"""Lets every attack run behind several choices of walls, and says what came of each.

``python -m tests.load.attacks [--engine light] [FOLDER …]``; without folders, those that the tests
take too. On a quiet machine it takes some minutes.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests import runners
from tests.runner.attacking import (
    CANARY_TEXT,
    FOLDERS,
    QUESTIONS,
    Attack,
    Canaries,
    attacks,
    canaries,
    ending_of,
    is_next_one_right,
)

CHOICES = {
    "wasm and all walls": ("rlimits", "landlock", "seccomp"),
    "wasm and rlimits": ("rlimits",),
    "wasm alone": (),
}


def main() -> None:
    """Prints a table for each choice of walls, and a line for each attack that went too far."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=FOLDERS)
    parser.add_argument("--engine", choices=("full", "light"), default="full")
    given = parser.parse_args()
    found = [each for each in attacks(given.folders) if _can_run(given.engine, each)]
    for name, walls in CHOICES.items():
        with tempfile.TemporaryDirectory() as folder, canaries(Path(folder)) as laid:
            options = ("--engine", given.engine, "--walls", *walls)
            _report(name, options, found, laid)


def _can_run(engine: str, attack: Attack) -> bool:
    question = QUESTIONS[attack.question]
    return engine == "full" or question.library is None


def _report(name: str, options: Sequence[str], found: Sequence[Attack], laid: Canaries) -> None:
    endings: Counter[str] = Counter()
    faults = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        runners.ready(Path(folder) / "runner.sock", *options) as runner,
    ):
        print(f"{name}: {', '.join(runner.state().walls)}")
        for attack in found:
            status, told, took = ending_of(runner, attack, laid)
            endings[status] += 1
            wrong = _faults(attack, status, told, took, laid)
            if not is_next_one_right(runner):
                wrong.append("the next program was not graded right")
            faults += bool(wrong)
            for each in wrong:
                print(f"  {attack.name}: {each} ({attack.note}) {told[:300]}")
    print(f"  {len(found)} attacks, {faults} went too far; {dict(endings.most_common())}")


def _faults(attack: Attack, status: str, told: str, took: float, laid: Canaries) -> list[str]:
    checks = {
        f"ended as {status}": status in attack.allowed,
        f"took {took:.1f} s, which a busy machine explains": took <= attack.seconds,
        "told a canary": CANARY_TEXT not in told,
        "changed a file": laid.files() == laid.before,
        "called a port": not laid.calls,
        "left something": not laid.traces(),
    }
    return [what for what, is_fine in checks.items() if not is_fine]


if __name__ == "__main__":
    main()
