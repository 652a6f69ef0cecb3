"""What `flask doctor` finds out about what runs learners' programs."""

from collections.abc import Iterator
from pathlib import Path

from quizapp.cli.findings import Finding, ok, warning
from quizapp.config import Config
from quizapp.runner.client import Runner, RunnerState

WALLS = ("wasm", "rlimits", "landlock", "seccomp")
"""All that there are."""


def of_runner(config: Config) -> Iterator[Finding]:
    """Whether programs are run, behind which walls, and what that takes."""
    if config.runner == "off":
        yield ok("code runner: off, as QUIZAPP_RUNNER says; questions that need it wait")
        return
    state = Runner(config.runner_socket).state()
    yield _standing(state)
    if state.status == "ready":
        yield _walls(state)
    yield _cache(Path(config.runner_cache))


def _standing(state: RunnerState) -> Finding:
    if state.status == "ready":
        what = f"code runner: {state.engine} engine, {state.workers} workers"
        why = f". {state.reason}" if state.reason else ""
        return ok(f"{what}, {state.waiting} programs wait{why}")
    if state.status == "off":
        advice = "Programs are not graded until it runs. It starts with the server."
        return warning(f"code runner: off. {state.reason}", advice)
    return ok(f"code runner: {state.progress}")


def _walls(state: RunnerState) -> Finding:
    missing = [wall for wall in WALLS if wall not in state.walls]
    what = f"walls round programs: {', '.join(state.walls)}"
    if not missing:
        return ok(what)
    return warning(f"{what}; not {', '.join(missing)}", "This system does not offer the others.")


def _cache(folder: Path) -> Finding:
    files = [path for path in folder.glob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    return ok(f"code runner's cache: {folder}, {size:,.0f} MB")
