"""Whether this machine can have the runner, and which engine."""

import platform
import sys
from pathlib import Path

from quizapp.runner.builds import FULL, LIGHT, Build
from quizapp.runner.errors import OffError

MACHINES = {
    "linux": ("x86_64", "aarch64"),
    "darwin": ("x86_64", "arm64"),
}
LEFT_OUT = "Questions for NumPy and pandas are left out."
ADVICE = (
    "For the full one add memory or swap for a minute, copy the runner's cache from a machine of "
    "the same kind, or set QUIZAPP_RUNNER=full to try all the same."
)


def check_platform(system: str = sys.platform, machine: str = platform.machine()) -> None:
    """Raises OffError where nobody has tried this."""
    if machine not in MACHINES.get(system, ()):
        raise OffError(
            f"Programs cannot be run on {system} with {machine}: "
            "the code runner needs Linux or macOS, on x86-64 or ARM64."
        )


def build_for(wanted: str, free: int | None, *, is_full_compiled: bool) -> tuple[Build, str]:
    """The build for a machine with ``free`` bytes, if that is known, and why it is not the full
    one. ``wanted`` is "full" or "light", whatever is free, or "auto".
    """
    if wanted == "light":
        return LIGHT, f"Light, as QUIZAPP_RUNNER says. {LEFT_OUT}"
    if wanted == "full" or is_full_compiled or free is None or free >= FULL.compile_bytes:
        return FULL, ""
    why = (
        f"Light, because {free / 1e9:.1f} GB of memory were free when it started, and to compile "
        f"the full engine, once, takes {FULL.compile_bytes / 1e9:.0f} GB."
    )
    return LIGHT, f"{why} {LEFT_OUT} {ADVICE}"


def check_memory(build: Build, free: int | None) -> None:
    """Raises OffError where to compile even the light engine would take memory from others."""
    if build is LIGHT and free is not None and free < build.compile_bytes:
        raise OffError(
            f"To compile even the light engine, once, takes {build.compile_bytes / 1e9:.1f} GB of "
            f"memory, and {free / 1e9:.1f} GB are free. {ADVICE}"
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
