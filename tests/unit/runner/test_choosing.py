"""Where programs can be run."""

import pytest

from quizapp.runner import choosing
from quizapp.runner.errors import OffError


@pytest.fixture
def little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "free_bytes", lambda: 1_200_000_000)


def test_compiling_takes_no_memory_from_others(little_memory: None) -> None:
    with pytest.raises(OffError, match=r"takes 3 GB of memory, and 1\.2 GB are free"):
        choosing.check_memory("auto")


def test_who_insists_compiles_anyway(little_memory: None) -> None:
    choosing.check_memory("full")


def test_memory_of_this_machine_is_known() -> None:
    free = choosing.free_bytes()

    assert free is None or free > 0


def test_an_unknown_machine_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "MACHINES", {})

    with pytest.raises(OffError, match="needs Linux or macOS"):
        choosing.check_platform()
