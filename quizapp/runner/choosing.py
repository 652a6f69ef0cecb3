"""Whether this machine can have the runner, and with which engine."""

import platform
import sys
from pathlib import Path

from quizapp.runner.engine import EngineName
from quizapp.runner.errors import OffError

MACHINES = {
    "linux": ("x86_64", "aarch64"),
    "darwin": ("x86_64", "arm64"),
}
COMPILE_BYTES = 3_000_000_000
"""What must be free to compile: 2.3 GB, and room for everybody else."""


def check_platform() -> None:
    """Raises OffError where nobody has tried this."""
    if platform.machine() not in MACHINES.get(sys.platform, ()):
        raise OffError(
            f"Programs cannot be run on {sys.platform} with {platform.machine()}: "
            "the code runner needs Linux or macOS, on x86-64 or ARM64."
        )


def free_bytes() -> int | None:
    """Memory that can still be had, by this machine or by this container; None if nobody knows."""
    known = [bytes_ for bytes_ in (_of_machine(), _of_group()) if bytes_ is not None]
    return min(known, default=None)


def _of_machine() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return None
    found = [line.split()[1] for line in lines if line.startswith("MemAvailable:")]
    return int(found[0]) * 1024 if found else None


def _of_group(folder: Path = Path("/sys/fs/cgroup")) -> int | None:
    try:
        bound = (folder / "memory.max").read_text().strip()
        used = int((folder / "memory.current").read_text())
    except (OSError, ValueError):
        return None
    return int(bound) - used if bound.isdigit() else None


__all__ = ["COMPILE_BYTES", "EngineName", "check_platform", "free_bytes"]
