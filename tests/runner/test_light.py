"""The light engine: the same Python and SQL, without NumPy and pandas."""

import hashlib
import os
from pathlib import Path

import pytest

from quizapp.domain.programs.jobs import CaseInput, Job, Library
from quizapp.runner import artefacts, choosing
from quizapp.runner.builds import CORE, LIGHT
from quizapp.runner.client import Runner, RunnerUnavailableError
from quizapp.runner.compiling import compiled_in
from quizapp.runner.service import Service
from quizapp.runner.trimming import trimmed
from tests import runners

SECONDS = 5.0
STANDARD = (
    "array ast bisect bz2 calendar cmath collections contextlib copy csv ctypes dataclasses "
    "datetime decimal difflib enum fractions functools gzip hashlib heapq hmac inspect io "
    "itertools json lzma math operator pickle pprint queue random re secrets sqlite3 statistics "
    "string struct textwrap threading time traceback typing unicodedata unittest uuid weakref "
    "xml.etree.ElementTree zipfile zlib zoneinfo"
).split()
USES = {
    "str(decimal.Decimal(1) / 7)": "0.1428571428571428571428571429",
    "zlib.decompress(zlib.compress(b'x' * 999)).count(b'x')": 999,
    "bz2.decompress(bz2.compress(b'x' * 999)).count(b'x')": 999,
    "lzma.decompress(lzma.compress(b'x' * 999)).count(b'x')": 999,
    "hashlib.sha256(b'').hexdigest()[:8]": "e3b0c442",
    "hashlib.blake2b(b'').hexdigest()[:8]": "786a02f7",
    "pickle.loads(pickle.dumps([1, {2}]))[0]": 1,
    "xml.etree.ElementTree.fromstring('<a>b</a>').text": "b",
    "unicodedata.normalize('NFC', 'e\\u0301')": "é",
    "random.seed(7) or random.random()": 0.32383276483316237,
    "statistics.stdev([1, 2, 4])": 1.5275252316519468,
    "datetime.date(2024, 2, 28).isoformat()": "2024-02-28",
    "re.sub('(a+)', lambda m: str(len(m[1])), 'aaab')": "3b",
    "'x'.encode('shift_jis').decode('gb18030')": "x",
    "math.gamma(5.0) + math.fsum([0.1] * 10)": 25.0,
    "sorted(ast.dump(ast.parse('1')))[0]": "(",
    "sqlite3.connect(':memory:').execute('select sum(1) over ()').fetchall()[0][0]": 1,
}


def job(source: str, *calls: str, library: Library | None = None) -> Job:
    cases = tuple(CaseInput("", call) for call in calls)
    return Job("python", source, "", cases, SECONDS, library)


def test_it_says_what_it_is_and_why(light_runner: Runner) -> None:
    state = light_runner.state()

    assert (state.status, state.engine, state.libraries) == ("ready", "light", ())
    assert state.reason.startswith("Light, as QUIZAPP_RUNNER says.")


def test_the_full_one_has_all_libraries(full_runner: Runner) -> None:
    state = full_runner.state()

    assert (state.engine, state.libraries, state.reason) == ("full", ("numpy", "pandas"), "")


@pytest.mark.parametrize(
    "asked",
    [
        job("x = 1", "x", library="numpy"),
        job("x = 1", "x", library="pandas"),
        job("import numpy as np", "float(np.ones(3).sum())"),
    ],
)
def test_what_needs_a_library_is_not_run(light_runner: Runner, asked: Job) -> None:
    with pytest.raises(RunnerUnavailableError, match="which the light code runner of this server"):
        light_runner.run(asked, "alice", is_urgent=True)


def test_a_library_that_is_sought_in_secret_is_not_there(light_runner: Runner) -> None:
    call = "__import__('numpy').ones(3)"

    outcome = light_runner.run(job("", call), "alice", is_urgent=True)

    assert outcome.claims[0].status == "runtime_error"
    assert "numpy is not here: the light engine has the standard" in outcome.claims[0].message


def test_a_module_that_is_forced_ends_its_guest_alone(light_runner: Runner) -> None:
    source = "import sys\nsys.meta_path.pop(0)\nimport numpy._core._multiarray_umath"
    forced = job(f"exec({source!r})", "1")

    assert light_runner.run(forced, "alice", is_urgent=True).status in ("crashed", "runtime_error")
    assert light_runner.run(job("", "6 * 7"), "bob", is_urgent=True).claims[0].value == 42


@pytest.mark.parametrize("runner", ["full_runner", "light_runner"], indirect=True)
def test_the_standard_library_is_whole(runner: Runner) -> None:
    usual = f"import {', '.join(STANDARD)}"
    outcome = runner.run(job(usual, *USES), "alice", is_urgent=True)

    assert outcome.status == "ran", outcome
    assert {call: outcome.claims[place].value for place, call in enumerate(USES)} == USES


def test_what_is_compiled_is_what_was_tested() -> None:
    part = trimmed(artefacts.find().snapshot.read_bytes(), CORE)

    assert hashlib.sha256(part).hexdigest() == artefacts.DIGESTS[artefacts.TRIMMED]


def test_it_is_taken_where_memory_is_short(
    light_runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o700)
    compiled = compiled_in(runners.CACHE, LIGHT)
    for path in (compiled.module, *compiled.images.values()):
        os.link(path, cache / path.name)
    monkeypatch.setattr(choosing, "free_bytes", lambda: 2_100_000_000)
    service = Service(cache, "auto", 1)

    service.get_ready()
    state = service.state()
    service.switch_off("")

    assert (state.status, state.engine) == ("ready", "light")
    assert state.reason.startswith("Light, because 2.1 GB of memory were free when it started")
