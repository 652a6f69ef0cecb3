"""Faults in their short form: minutes of `make faults` in a few seconds each.

What takes long on a busy machine is no failure here; what never ends, or loses something, is.
"""

from collections.abc import Callable, Iterable

import pytest

from tests.load.faults.verdicts import SKIPPED, Verdict, breaches

MustHold = Callable[[Iterable[Verdict]], None]


@pytest.fixture
def database_kind() -> str:
    """One kind, but for tests that say ``on_every_kind``."""
    return "sqlite"


@pytest.fixture
def must_hold() -> MustHold:
    """Fails with what was breached; skips what cannot be tried on this machine."""

    def check(found: Iterable[Verdict]) -> None:
        verdicts = list(found)
        assert breaches(each for each in verdicts if not each.is_timed) == []
        if all(each.outcome == SKIPPED for each in verdicts):
            pytest.skip(verdicts[0].measured)

    return check
