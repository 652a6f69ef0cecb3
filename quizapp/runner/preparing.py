"""From nothing to a runner that has shown that it keeps programs in."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from quizapp.runner import artefacts, choosing, folder
from quizapp.runner.builds import FULL, Build
from quizapp.runner.compiling import Compiled, compiled_in
from quizapp.runner.errors import OffError
from quizapp.runner.workers import ROOT

COMPILE_SECONDS = 1_200
COMPILING = "The code runner is getting ready: compiling Python, once, {length}."
LENGTHS = {"full": "about a minute", "light": "some ten seconds"}

Report = Callable[[str], None]
"""Takes a sentence for people about what is being done."""
Children = list[subprocess.Popen[bytes]]
"""Processes to end with this one."""


def choose(cache: Path, wanted: str) -> tuple[Build, str]:
    """What is run here, and why that is not the full engine. Raises OffError."""
    choosing.check_platform()
    folder.open_folder(cache)
    is_there = compiled_in(cache, FULL).module.exists()
    return choosing.build_for(wanted, choosing.free_bytes(), is_full_compiled=is_there)


def prepare(cache: Path, build: Build, report: Report, children: Children) -> Compiled:
    """What workers run is there and is what it should be. Raises OffError."""
    found = artefacts.find()
    compiled = compiled_in(cache, build)
    if not compiled.is_complete:
        if not compiled.module.exists():
            choosing.check_memory(build, choosing.free_bytes())
            report(COMPILING.format(length=LENGTHS[build.name]))
        _compile(cache, build, children)
    else:
        artefacts.verify(found)
    if not compiled.is_complete:
        raise OffError("Python was compiled, and cannot be found: empty the runner's cache.")
    for path in (compiled.module, *compiled.images.values()):
        folder.check_file(path)
    return compiled


def _compile(cache: Path, build: Build, children: Children) -> None:
    """In another process, whose memory is given back when it ends."""
    process = subprocess.Popen(
        [sys.executable, "-s", "-m", "quizapp.runner.compiling", str(cache), build.name],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
        cwd=cache,
    )
    children.append(process)
    try:
        _, said = process.communicate(timeout=COMPILE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise OffError("Python could not be compiled within 20 minutes.") from None
    if process.returncode:
        reason = said.decode("utf-8", "replace").strip()[-500:]
        raise OffError(f"Python could not be compiled: {reason or _ended(process.returncode)}")


def _ended(code: int) -> str:
    return "too little memory" if code == -9 else f"the compiler ended with {code}"
