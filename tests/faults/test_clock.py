"""The clock of the server's machine is set."""

from pathlib import Path

from tests.faults.conftest import MustHold
from tests.load.faults import clock_jumps


def test_attempts_keep_their_time_when_the_machines_clock_is_set(
    tmp_path: Path, must_hold: MustHold
) -> None:
    must_hold(clock_jumps.run(tmp_path, jumps=("+1d", "-1h")))
