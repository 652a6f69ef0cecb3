"""Where programs can be run."""

import pytest

from quizapp.runner import choosing
from quizapp.runner.errors import OffError

LITTLE = 1_200_000_000


def test_compiling_takes_no_memory_from_others() -> None:
    with pytest.raises(OffError, match=r"takes 3 GB of memory, and 1\.2 GB are free"):
        choosing.check_memory("auto", LITTLE)


@pytest.mark.parametrize(
    ("engine", "free"), [("full", LITTLE), ("auto", 4_000_000_000), ("auto", None)]
)
def test_otherwise_it_is_compiled(engine: str, free: int | None) -> None:
    choosing.check_memory(engine, free)


def test_memory_of_this_machine_is_known() -> None:
    free = choosing.free_bytes()

    assert free is None or free > 0


def test_an_unknown_machine_is_told_what_is_needed() -> None:
    with pytest.raises(OffError, match="needs Linux or macOS"):
        choosing.check_platform("win32", "AMD64")
