"""The two builds of the interpreter: all of it, and what a small machine can compile.

The light one is the same CPython with SQLite, less the functions of NumPy, pandas and all others
that its builders linked in (``trimming``). So programs run as fast, and mean the same, in both.
"""

import re
from dataclasses import dataclass

from quizapp.domain.programs.jobs import LIBRARIES, Job, Library
from quizapp.runner.harness import Flavour

CORE = (range(43, 8_433), range(84_540, 84_583), range(85_806, 89_103))
"""Of the functions of the pinned module: CPython; zlib; bzip2, lzma, SQLite, expat and the C
library. They call no function of others, but to start a module that is one of those."""


@dataclass(frozen=True)
class Build:
    """What is compiled, and what it takes."""

    name: str
    """What people call its engine."""
    libraries: tuple[Library, ...]
    kept: tuple[range, ...] | None
    """The functions that are left of the module; None for all."""
    compile_bytes: int
    """What must be free to compile it, with room for everybody else."""

    @property
    def flavours(self) -> tuple[Flavour, ...]:
        """Which guests it makes ready."""
        return ("light",) if self.kept else ("plain", *self.libraries)

    def flavour_of(self, job: Job) -> Flavour:
        """The guest that ``job`` runs in."""
        return job.library or self.flavours[0]

    def missing_for(self, job: Job) -> tuple[Library, ...]:
        """What ``job`` needs and this build lacks: by its question, or as its program says."""
        needed = {job.library}
        if job.language == "python":
            needed |= {name for line in _IMPORT.findall(job.source) for name in _WORD.findall(line)}
        lacking = (name for name in LIBRARIES if name not in self.libraries)
        return tuple(name for name in lacking if name in needed)


_IMPORT = re.compile(r"^[ \t]*(?:import|from)[ \t]+([^\n#;]{1,200})", re.MULTILINE)
_WORD = re.compile(r"\w+")

FULL = Build("full", LIBRARIES, kept=None, compile_bytes=3_000_000_000)
LIGHT = Build("light", (), kept=CORE, compile_bytes=600_000_000)
BUILDS = (FULL, LIGHT)
