"""A program under a wrong clock differs from others in nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import faketime

PROGRAM = """
import time
began = time.monotonic()
time.sleep(0.2)
print(time.monotonic() - began)
"""


def test_a_program_with_another_clock_sleeps_as_long_as_it_wants_to(tmp_path: Path) -> None:
    library = faketime.find_library()
    if library is None:
        pytest.skip("libfaketime is not on this machine (Debian: libfaketime)")
    offset = tmp_path / "offset"
    offset.write_text("-1h")

    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, **faketime.environment(library, offset)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert 0.2 <= float(ran.stdout) < 5
