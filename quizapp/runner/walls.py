"""The second wall: what a worker may do on this machine, should a guest ever break out of wasm.

Each part is raised where the system offers it, without root; what could not be raised is missing
from the answer, and no reason not to run guests: the first wall is WebAssembly.
"""

import resource
import sys

from quizapp.runner import landlock, seccomp

DATA_BYTES = 1 << 30
"""A guest's memory, the images it is laid over, the stacks, the interpreter."""
MOST_DESCRIPTORS = 64
ALL = ("rlimits", "landlock", "seccomp")


def raise_walls(wanted: list[str]) -> list[str]:
    """Those of ``wanted`` that stand now, for the rest of this process. There is no way back."""
    raisers = {"rlimits": _limit, "landlock": landlock.shut, "seccomp": seccomp.shut}
    return [name for name in ALL if name in wanted and raisers[name]()]


def _limit() -> bool:
    """No file grows, no core is written, and memory and descriptors are bounded."""
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: MOST_DESCRIPTORS,
    }
    if sys.platform == "linux":  # elsewhere it does not count what it is meant to
        limits[resource.RLIMIT_DATA] = DATA_BYTES
    try:
        for name, bound in limits.items():
            resource.setrlimit(name, (bound, bound))
    except (ValueError, OSError):
        return False
    return True
