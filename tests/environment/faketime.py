"""libfaketime: a library under which a process takes the machine's clock to be wrong."""

from collections.abc import Mapping
from pathlib import Path

SLEEPING = Path(__file__).parent / "faked_time"
PLACES = ("usr/lib/*/faketime/libfaketimeMT.so.1", "usr/lib*/faketime/libfaketimeMT.so.1")


def find_library() -> Path | None:
    """Its form for programs with threads; None where it is not installed."""
    return next((path for place in PLACES for path in Path("/").glob(place)), None)


def environment(library: Path, offset: Path) -> Mapping[str, str]:
    """What makes a Python program take the clock of the machine to be off by what ``offset`` says.

    Only the clock: it waits and sleeps as long as it wants to.
    """
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(offset),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "PYTHONPATH": str(SLEEPING),
    }
