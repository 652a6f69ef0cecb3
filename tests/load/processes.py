"""What processes have cost, from ``/proc``: CPU time and memory of whole trees."""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
_PARENT, _TIMES = 1, slice(11, 15)
"""Fields of ``/proc/<pid>/stat`` behind the name: parent; own and reaped children's ticks."""


class Memory(NamedTuple):
    """What one process holds, in MiB: resident, and resident without what others share."""

    pid: int
    resident: float
    unshared: float


def tree(roots: Iterable[int]) -> list[int]:
    """``roots`` and all that they have started, as far as it runs."""
    children: dict[int, list[int]] = defaultdict(list)
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            children[int(fields[_PARENT])].append(int(folder.name))
    found, waiting = [], list(roots)
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children[pid]
    return found


def cpu_seconds(roots: Sequence[int]) -> float:
    """CPU time that the trees below ``roots`` have used, children that ended included."""
    ticks = sum(sum(map(int, _stat(pid)[_TIMES])) for pid in tree(roots))
    return ticks / TICKS_PER_SECOND


def busy_seconds() -> float:
    """CPU time that the whole machine has used."""
    values = list(map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9]))
    return (sum(values) - values[3] - values[4]) / TICKS_PER_SECOND


def memory(pid: int) -> Memory:
    """What the process holds now."""
    sizes: dict[str, float] = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, _, rest = line.partition(":")
        sizes[name] = int(rest.split()[0]) / 1024
    return Memory(pid, sizes["Rss"], sizes["Private_Clean"] + sizes["Private_Dirty"])


def command(pid: int) -> str:
    """The command line of the process, with blanks between words."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def parent(pid: int) -> int:
    """The process that started it."""
    return int(_stat(pid)[_PARENT])


def _stat(pid: int) -> list[str]:
    """Fields behind the process's name; none where it has ended."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return text[text.rindex(")") + 2 :].split()
