"""Each guest begins anew: nothing of one life reaches the next."""

import pytest

from quizapp.domain.programs.jobs import CaseInput, Job, Library, Outcome
from quizapp.runner.client import Runner

SECONDS = 10.0
DEEP = "def down(n):\n    return 0 if n == 0 else 1 + down(n - 1)\n"
LEFT_BEHIND = """
import builtins, json, math, os, random, sys, collections
builtins.left = math.left = json.left = 'left'
builtins.len = lambda x: 7
json.dumps = lambda *a, **k: '{}'
os.environ['LEFT'] = 'left'
sys.path.append('/left')
sys.setrecursionlimit(50)
random.seed(1)
sys.modules['left'] = sys
collections.Counter.left = 'left'
sys.stdout = sys.__stdout__ = None
held = bytearray(b'left-in-memory-7d1e' * 100_000)
"""
LOOK = """
import builtins, json, math, os, sys, collections
found = [name for name, there in {
    'builtins': hasattr(builtins, 'left') or hasattr(math, 'left') or hasattr(json, 'left'),
    'len': len('x') != 1,
    'environ': 'LEFT' in os.environ,
    'path': '/left' in sys.path,
    'limit': sys.getrecursionlimit() < 100,
    'modules': 'left' in sys.modules,
    'class': hasattr(collections.Counter, 'left'),
}.items() if there]
"""
MEMORY = """
import gc
needle = b'left-in-memory' + b'-7d1e'
found = any(needle in each for each in gc.get_objects() if isinstance(each, (bytes, bytearray)))
kept = [bytearray(1 << 20) for _ in range(100)]
found = found or any(needle in each for each in kept)
"""


def run(runner: Runner, source: str, *calls: str, library: Library | None = None) -> Outcome:
    cases = tuple(CaseInput("", call) for call in calls)
    return runner.run(Job("python", source, "", cases, SECONDS, library), "alice", is_urgent=True)


def values(
    runner: Runner, source: str, *calls: str, library: Library | None = None
) -> list[object]:
    outcome = run(runner, source, *calls, library=library)
    assert outcome.status == "ran", outcome
    return [outcome.claims[place].value for place in range(len(calls))]


def test_what_a_program_changes_is_gone_with_its_guest(runner: Runner) -> None:
    run(runner, LEFT_BEHIND, "1")

    for _ in range(4):  # whichever worker it is
        assert values(runner, LOOK, "found") == [[]]


def test_what_a_program_held_is_not_in_the_next_ones_memory(runner: Runner) -> None:
    run(runner, LEFT_BEHIND, "1")

    for _ in range(4):
        assert values(runner, MEMORY, "found") == [False]


def test_cases_of_a_group_share_their_guest_and_no_names(runner: Runner) -> None:
    source = "seen = []\ndef f(x):\n    seen.append(x)\n    return len(seen)\n"

    assert values(runner, source, "f(1)", "f(2)") == [1, 2]
    cases = (CaseInput("y = 1", "y"), CaseInput("", "y"))
    outcome = runner.run(Job("python", "", "", cases, SECONDS), "alice", is_urgent=True)
    assert outcome.claims[0].value == 1
    assert outcome.claims[1].message == "NameError: name 'y' is not defined"


def test_a_guest_has_all_of_its_stack_whatever_went_before(runner: Runner) -> None:
    for _ in range(4):
        run(runner, DEEP + "import sys\nsys.setrecursionlimit(10**6)\n", "down(10**6)")
        assert values(runner, DEEP, "down(900)") == [900]


@pytest.mark.parametrize("library", [None, "numpy", "pandas"])
def test_chance_differs_between_guests(runner: Runner, library: Library | None) -> None:
    source = "import random\n"
    calls = ["random.random()"]
    if library:
        source += "import numpy as np\n"
        calls += ["float(np.random.random())", "float(np.random.default_rng().random())"]

    drawn = [tuple(values(runner, source, *calls, library=library)) for _ in range(4)]

    for each in zip(*drawn, strict=True):
        assert len(set(each)) == len(drawn)


def test_chance_with_a_seed_is_as_everywhere(runner: Runner) -> None:
    calls = ["random.seed(7) or random.random()"]

    assert values(runner, "import random", *calls) == [0.32383276483316237]


def test_the_libraries_are_there(runner: Runner) -> None:
    numpy = "import numpy as np\ndef f(x):\n    return np.linalg.norm(np.array(x))\n"
    pandas = "import pandas as pd\ndef f(x):\n    return pd.Series(x).cumsum().tolist()\n"

    assert values(runner, numpy, "f([3, 4])", library="numpy") == [5.0]
    assert values(runner, pandas, "f([1, 2])", library="pandas") == [[1, 3]]


def test_there_is_nothing_of_this_machine(runner: Runner) -> None:
    calls = ["dict(os.environ)", "os.path.exists('/etc')", "os.getcwd()", "len(sys.argv)"]

    environment, exists, folder, _ = values(runner, "import os, sys", *calls)

    known = {"$": "dict", "v": [["HOME", "/nonexistent"], ["TMPDIR", "/tmp"], ["PYTHONTZPATH", ""]]}  # noqa: S108
    assert environment in (known, {"$": "dict", "v": []})
    assert exists is False
    assert folder == "/"
