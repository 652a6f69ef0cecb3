"""libfaketime: a library under which a process takes the machine's clock to be wrong."""

from pathlib import Path

PLACES = ("usr/lib/*/faketime/libfaketimeMT.so.1", "usr/lib*/faketime/libfaketimeMT.so.1")


def find_library() -> Path | None:
    """Its form for programs with threads; None where it is not installed."""
    return next((path for place in PLACES for path in Path("/").glob(place)), None)
