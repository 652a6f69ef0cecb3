"""From nothing to a runner that has shown that it keeps programs in."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from quizapp.runner import artefacts, choosing, folder
from quizapp.runner.compiling import Compiled, compiled_in
from quizapp.runner.errors import OffError
from quizapp.runner.workers import ROOT

COMPILE_SECONDS = 1_200
COMPILING = "The code runner is getting ready: compiling Python, once, about a minute."

Report = Callable[[str], None]
"""Takes a sentence for people about what is being done."""
Children = list[subprocess.Popen[bytes]]
"""Processes to end with this one."""


def prepare(cache: Path, engine: str, report: Report, children: Children) -> Compiled:
    """What workers run is there and is what it should be. Raises OffError."""
    choosing.check_platform()
    folder.open_folder(cache)
    found = artefacts.find()
    compiled = compiled_in(cache)
    if not compiled.is_complete:
        if not compiled.module.exists():
            choosing.check_memory(engine, choosing.free_bytes())
            report(COMPILING)
        _compile(cache, children)
    else:
        artefacts.verify(found)
    if not compiled.is_complete:
        raise OffError("Python was compiled, and cannot be found: empty the runner's cache.")
    for path in (compiled.module, *compiled.images.values()):
        folder.check_file(path)
    return compiled


def _compile(cache: Path, children: Children) -> None:
    """In another process, whose memory is given back when it ends."""
    process = subprocess.Popen(
        [sys.executable, "-s", "-m", "quizapp.runner.compiling", str(cache)],
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
