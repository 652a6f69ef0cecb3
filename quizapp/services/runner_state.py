"""How the runner of programs is: asked once in a while, since pages ask often."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from quizapp.runner import client
from quizapp.runner.states import RunnerState
from quizapp.services.programs import RunsJobs

KEPT_SECONDS = 2.0
SILENT_SECONDS = 60.0
"""A runner that does not answer is being started, perhaps again; after so long it is off. An exam
that begins in such a moment has its questions for code all the same.
"""
STARTING = RunnerState(
    "getting ready", progress="The code runner is getting ready.", is_reached=False
)
OFF = RunnerState("off", reason="This server runs no code.")


class Runner(RunsJobs, Protocol):
    """What runs jobs and says how it is."""

    def state(self) -> RunnerState:
        """How it is now; off where it cannot be reached."""
        ...


@dataclass
class _Watched:
    """A runner, and how it was when it was last asked."""

    runner: Runner
    state: RunnerState = OFF
    asked_at: float | None = None
    silent_since: float | None = None
    lock: Lock = field(default_factory=Lock)

    def current(self, seconds: float) -> RunnerState:
        """The state, at most KEPT_SECONDS old; who comes while it is asked gets the one before."""
        if self._is_old(seconds) and self.lock.acquire(blocking=self.asked_at is None):
            try:
                if self._is_old(seconds):
                    self.state, self.asked_at = self._asked(seconds), seconds
            finally:
                self.lock.release()
        return self.state

    def _asked(self, seconds: float) -> RunnerState:
        state = self.runner.state()
        if state.is_reached:
            self.silent_since = None
            return state
        if self.silent_since is None:
            self.silent_since = seconds
        is_starting = seconds - self.silent_since < SILENT_SECONDS
        return replace(STARTING, libraries=self.state.libraries) if is_starting else state

    def _is_old(self, seconds: float) -> bool:
        return self.asked_at is None or seconds - self.asked_at >= KEPT_SECONDS


_watched: WeakKeyDictionary[Engine, _Watched] = WeakKeyDictionary()


def use(engine: Engine, runner: Runner) -> None:
    """From now on programs of the database of ``engine`` are run by ``runner``."""
    _watched[engine] = _Watched(runner)


def use_socket(engine: Engine, path: Path) -> None:
    """The same for the runner that listens at ``path``, now or later."""
    use(engine, client.Runner(path))


def runner_of(session: Session) -> Runner | None:
    """What runs programs of this database; None where nothing does."""
    watched = _watched.get(session.get_bind().engine)
    return None if watched is None else watched.runner


def of(session: Session, seconds: Callable[[], float] = time.monotonic) -> RunnerState:
    """How that runner is, by what it said in the last KEPT_SECONDS; off where there is none."""
    watched = _watched.get(session.get_bind().engine)
    return OFF if watched is None else watched.current(seconds())


@dataclass(frozen=True)
class Runnable:
    """Which programs can be run now or soon: questions for others are not asked."""

    is_any: bool
    libraries: tuple[str, ...]
    """What they may import beside the standard library."""

    def has(self, library: str | None) -> bool:
        """Whether a program that imports it can be run; None is no library."""
        return self.is_any and (library is None or library in self.libraries)


def hindrance(session: Session, libraries: Collection[str | None]) -> str:
    """Why programs with some of these libraries are not run for now; "" where they are."""
    can_run = runnable(session)
    return "" if all(map(can_run.has, libraries)) else of(session).reason


def runnable(session: Session) -> Runnable:
    """By the state of the runner of this database."""
    state = of(session)
    return Runnable(state.status != "off", state.libraries)
