"""Whether this machine can have the runner."""

import platform
import sys
from pathlib import Path

from quizapp.runner.errors import OffError

MACHINES = {
    "linux": ("x86_64", "aarch64"),
    "darwin": ("x86_64", "arm64"),
}
COMPILE_BYTES = 3_000_000_000
"""What must be free to compile: 2.3 GB, and room for everybody else."""


def check_platform(system: str = sys.platform, machine: str = platform.machine()) -> None:
    """Raises OffError where nobody has tried this."""
    if machine not in MACHINES.get(system, ()):
        raise OffError(
            f"Programs cannot be run on {system} with {machine}: "
            "the code runner needs Linux or macOS, on x86-64 or ARM64."
        )


def check_memory(engine: str, free: int | None) -> None:
    """Raises OffError where compiling would take memory from everybody else: where ``free`` bytes
    can be had, if that is known. The engine "full" insists.
    """
    if engine != "full" and free is not None and free < COMPILE_BYTES:
        raise OffError(
            f"To compile Python, once, takes {COMPILE_BYTES / 1e9:.0f} GB of memory, and "
            f"{free / 1e9:.1f} GB are free. Add memory or swap for a minute, copy the runner's "
            "cache from a machine of the same kind, or set QUIZAPP_RUNNER=full to try all the same."
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
    known = ("MemAvailable:", "SwapFree:")
    found = [int(line.split()[1]) * 1024 for line in lines if line.startswith(known)]
    return sum(found) if found else None


def _of_group(folder: Path = Path("/sys/fs/cgroup")) -> int | None:
    try:
        bound = (folder / "memory.max").read_text().strip()
        used = int((folder / "memory.current").read_text())
    except (OSError, ValueError):
        return None
    return int(bound) - used if bound.isdigit() else None
