"""How a runner is."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from quizapp.domain.programs.jobs import LIBRARIES

Status: TypeAlias = Literal["getting ready", "ready", "off"]


@dataclass(frozen=True)
class RunnerState:
    """What people and `flask doctor` may know of a runner."""

    status: Status
    progress: str = ""
    """What it does at present, a sentence for people; empty when there is nothing to say."""
    reason: str = ""
    """Why it is off, or runs the light engine, and what to do."""
    engine: str = ""
    """What runs programs: "full" or "light"; empty until that is known."""
    libraries: tuple[str, ...] = LIBRARIES
    """What programs may import beside the standard library; all until more is known."""
    walls: tuple[str, ...] = ()
    """The walls round a guest that are in force in every worker."""
    workers: int = 0
    waiting: int = 0
    """Jobs that have not begun."""
    cache: str = ""
    """The folder that holds what was compiled."""
    is_reached: bool = True
    """False where nobody answered: whether it is off or only starts is not known."""
