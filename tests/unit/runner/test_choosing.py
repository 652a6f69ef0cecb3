"""Where programs can be run."""

import pytest

from quizapp.runner import choosing
from quizapp.runner.builds import FULL, LIGHT, Build
from quizapp.runner.errors import OffError

LITTLE, MUCH = 1_200_000_000, 4_000_000_000


@pytest.mark.parametrize(
    ("wanted", "free", "is_full_compiled", "build"),
    [
        ("auto", MUCH, False, FULL),
        ("auto", None, False, FULL),
        ("auto", LITTLE, False, LIGHT),
        ("auto", LITTLE, True, FULL),
        ("full", LITTLE, False, FULL),
        ("light", MUCH, True, LIGHT),
    ],
)
def test_the_engine_is_as_wanted_or_as_memory_allows(
    wanted: str, free: int | None, is_full_compiled: bool, build: Build
) -> None:
    found, why = choosing.build_for(wanted, free, is_full_compiled=is_full_compiled)

    assert found is build
    assert bool(why) == (build is LIGHT)


def test_the_light_engine_says_why_it_is_light() -> None:
    _, why = choosing.build_for("auto", LITTLE, is_full_compiled=False)

    assert why.startswith("Light, because 1.2 GB of memory were free when it started")
    assert "takes 3 GB. Questions for NumPy and pandas are left out." in why


def test_compiling_takes_no_memory_from_others() -> None:
    with pytest.raises(OffError, match=r"even the light engine, once, takes 0\.6 GB"):
        choosing.check_memory(LIGHT, 500_000_000)


@pytest.mark.parametrize(("build", "free"), [(FULL, LITTLE), (LIGHT, LITTLE), (LIGHT, None)])
def test_otherwise_it_is_compiled(build: Build, free: int | None) -> None:
    choosing.check_memory(build, free)


def test_memory_of_this_machine_is_known() -> None:
    free = choosing.free_bytes()

    assert free is None or free > 0


def test_an_unknown_machine_is_told_what_is_needed() -> None:
    with pytest.raises(OffError, match="needs Linux or macOS"):
        choosing.check_platform("win32", "AMD64")
